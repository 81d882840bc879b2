"""Compounds and their due days from orders and rounds in the database; who was missed twice."""

from datetime import datetime, timedelta
from uuid import UUID

from muster.apps.audit.actions import act_as, as_system
from muster.apps.communities.models import Residence
from muster.apps.screening.actions import Record, note_absence, open_round, record_batch
from muster.apps.screening.actions.devices import enrol_device
from muster.apps.screening.models import Round, Tube
from muster.apps.screening.queries.calendar import day_of, due_of, missed_twice
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.rhythm import State
from tests.support.city import HERE, SmallCity
from tests.support.life import seal


def round_on(city: SmallCity, at: datetime, people: list[UUID]) -> Round:
    """A round of that moment in which `people` were tested, over by now."""
    with as_system("test"):  # they have lived there all the while
        Residence.objects.update(since=at - timedelta(days=30))
    with clock.travel(at):
        with act_as(city.secretary):
            opened = open_round(
                area=HERE, places=city.estates, title="轮", starts_at=at,
                ends_at=at + timedelta(hours=6), shifts=[(at, at + timedelta(hours=6))], tables=2,
            ).round  # fmt: skip
            table = opened.tables.order_by("number").first()
            assert table
            _, token = enrol_device(table=table.id, label="1")
        for start in range(0, len(people), 10):
            record_batch(
                token=token,
                records=[
                    Record(new_id(), f"LC{start:010d}", clock.now(), person)
                    for person in people[start : start + 10]
                ],
            )
    return opened


def test_a_sealed_estate_is_due_by_its_zone(city: SmallCity) -> None:
    seal(city)
    now = clock.now()
    today = day_of(now - timedelta(hours=1))  # the order took effect an hour ago
    with act_as(city.secretary):
        found = due_of(HERE, first=today, last=today + timedelta(days=13), at=now)
    assert [each.place.id for each in found] == city.estates
    days = [(due.day - today).days + 1 for due in found[0].due]
    assert days == [1, 4, 7, 10, 14]
    assert {due.reason for due in found[0].due} == {"lockdown"}


def test_a_round_makes_a_due_day_done_and_the_next_one_due(city: SmallCity) -> None:
    now = clock.now()
    yesterday = now - timedelta(days=1)
    held = round_on(city, yesterday, city.residents[:10])
    with as_system("test"):
        Tube.objects.filter(round=held.id).update(result="positive")
    with act_as(city.secretary):
        found = due_of(HERE, first=day_of(yesterday), last=day_of(now), at=now)
    assert [(due.reason, due.state) for due in found[0].due] == [("case_in_last_rounds", State.DUE)]
    assert found[0].due[0].day == day_of(yesterday) + timedelta(days=1)


def test_who_was_missing_in_both_of_the_last_two_rounds(city: SmallCity) -> None:
    now = clock.now()
    first = [p for n, p in enumerate(city.residents) if n not in {0, 1, 2, 5, 9}]
    second = [p for n, p in enumerate(city.residents) if n not in {0, 1, 3, 5, 9}]
    round_on(city, now - timedelta(days=3), first)
    last = round_on(city, now - timedelta(days=1), second)
    with act_as(city.secretary):
        note_absence(round_id=last.id, person=city.residents[9], outcome="away")
        found = missed_twice(HERE, at=now)
    assert [(door.label, door.estate) for door in found] == [
        ("1-1-101", "晨光花园"), ("1-1-301", "晨光花园"),
    ]  # fmt: skip
    assert [person for door in found for person, _ in door.people] == [
        city.residents[0], city.residents[1], city.residents[5],
    ]  # fmt: skip


def test_one_round_is_not_two(city: SmallCity) -> None:
    now = clock.now()
    round_on(city, now - timedelta(days=1), [])
    with act_as(city.secretary):
        assert missed_twice(HERE, at=now) == []


def test_a_round_that_runs_does_not_count_yet(city: SmallCity) -> None:
    now = clock.now()
    round_on(city, now - timedelta(days=1), [])
    round_on(city, now - timedelta(hours=1), [])
    with act_as(city.secretary):
        assert missed_twice(HERE, at=now) == []
        assert len(missed_twice(HERE, at=now + timedelta(hours=6))) == 24


def test_who_moved_in_between_was_not_missed_before(city: SmallCity) -> None:
    now = clock.now()
    round_on(city, now - timedelta(days=3), city.residents[1:])
    round_on(city, now - timedelta(days=1), city.residents[1:])
    with as_system("test"):
        Residence.objects.filter(person_id=city.residents[0]).update(since=now - timedelta(days=2))
    with act_as(city.secretary):
        assert missed_twice(HERE, at=now) == []
