"""muster.apps.kits.actions.following: the ledger shows what was handed out, whoever was faster."""

from datetime import timedelta
from uuid import uuid4

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import (
    NewResult,
    close_series,
    enter_result,
    following,
    take_kit_words,
    undo_issue,
)
from muster.apps.kits.actions.issues import standing_issue
from muster.apps.kits.models import KitIssue, KitResult, StockMovement
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import SmallCity
from tests.support.kit_words import Pair, pair, pair_at
from tests.support.kits import Kits, hand, kits, set_up_kits

__all__ = ["kits", "pair"]


def moved(city: SmallCity) -> list[tuple[str, int]]:
    with act_as(city.secretary):
        rows = StockMovement.objects.exclude(kind="received").order_by("at", "id")
        return list(rows.values_list("kind", "quantity"))


def test_a_second_pair_is_told_who_and_when_and_the_ledger_shows_both(
    city: SmallCity, kits: Kits, pair: Pair
) -> None:
    door, other = city.places["D1111"], pair_at(city, kits, label="手机乙")
    assert pair.say(pair.issue(door)) == ["accepted"]
    second = other.issue(door)
    assert other.say(second) == ["flagged:kits_already_issued"]
    (told,) = take_kit_words(token=other.token, words=[second])
    assert told.data["by"].startswith("手机甲 · ")
    with act_as(city.secretary):
        first = KitIssue.objects.get()
        assert told.data["at"] == first.at.isoformat()
        assert StockMovement.objects.get(kind="double").issue_id == first.id
    assert moved(city) == [("issued", -10), ("double", -10)]
    assert other.say(other.undo(second)) == ["accepted"]
    assert moved(city)[2:] == [("returned", 10)]
    with act_as(city.secretary):
        assert KitIssue.objects.get().returned_at is None


def test_the_desk_was_faster(city: SmallCity, kits: Kits, pair: Pair) -> None:
    with act_as(city.secretary):
        hand(kits, city.places["D1111"])
    assert pair.say(pair.issue(city.places["D1111"])) == ["flagged:kits_already_issued"]


def test_the_first_takes_back_then_the_seconds_kits_are_the_doors(
    city: SmallCity, kits: Kits, pair: Pair
) -> None:
    door, other = city.places["D1111"], pair_at(city, kits, label="手机乙")
    first, second = pair.issue(door), other.issue(door)
    pair.say(first)
    other.say(second)
    assert pair.say(pair.undo(first)) == ["accepted"]
    assert other.say(second) == ["accepted"]
    with act_as(city.secretary):
        stands = KitIssue.objects.get(returned_at=None)
        assert (stands.id, stands.kits, stands.by) == (second.id, 10, f"device:{other.phone}")
    assert pair.say(pair.issue(door)) == ["flagged:kits_already_issued"]
    with act_as(city.secretary):
        undo_issue(issue=second.id)
        assert KitIssue.objects.get(returned_at=None).by == f"device:{pair.phone}"
    kinds = [kind for kind, _ in moved(city)]
    assert kinds == ["issued", "double", "returned", "double", "returned"]
    assert sum(n for _, n in moved(city)) == -10


def test_the_desk_was_faster_by_a_moment(
    city: SmallCity, kits: Kits, pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    with act_as(city.secretary):
        hand(kits, city.places["D1111"])
    looked = []

    def standing(*about: object) -> KitIssue | None:
        looked.append(about)
        return standing_issue(*about) if len(looked) > 1 else None  # type: ignore[arg-type]

    monkeypatch.setattr(following, "standing_issue", standing)
    assert pair.say(pair.issue(city.places["D1111"])) == ["flagged:kits_already_issued"]
    assert moved(city) == [("issued", -10), ("double", -10)]


def test_what_speaks_against_an_issue(city: SmallCity, kits: Kits, pair: Pair) -> None:
    places = city.places
    assert pair.say(
        pair.issue(places["D1111"], kits=7),
        pair.issue(places["E1"]),
        pair.issue(places["D1112"], store=uuid4()),
        pair.issue(places["T"]),
    ) == [
        "flagged:kits_count_differs", "held:nobody_lives_here", "held:store_not_found",
        "held:nobody_lives_here",
    ]  # fmt: skip
    with act_as(city.secretary):
        assert KitIssue.objects.get().kits == 7
        close_series(series=kits.series.id)
    assert pair.say(pair.issue(places["D1121"])) == ["flagged:series_closed"]
    assert moved(city) == [("issued", -7), ("issued", -10)]


def test_by_the_day(city: SmallCity) -> None:
    with act_as(city.secretary):
        kits = set_up_kits(city, kind="once", began=0)
    pair = pair_at(city, kits)
    door = city.places["D1111"]
    assert pair.say(pair.issue(door, 2, day=1), pair.issue(door, 2, day=2)) == [
        "accepted", "held:kit_day_unknown",
    ]  # fmt: skip


@pytest.mark.parametrize(("later", "code"), [(13, "kit_undo_too_late"), (1, "kits_used")])
def test_an_undo_that_comes_too_late_is_held(
    city: SmallCity, pair: Pair, later: int, code: str
) -> None:
    door = city.places["D1111"]
    issue = pair.issue(door)
    pair.say(issue)
    if code == "kits_used":
        pair.say(pair.result(door, city.residents[0]))
    with clock.travel(clock.now() + timedelta(hours=later)):
        assert pair.say(pair.undo(issue)) == [f"held:{code}"]
    with act_as(city.secretary):
        assert KitIssue.objects.get().returned_at is None


def test_a_result_gives_way_and_comes_back(city: SmallCity, kits: Kits, pair: Pair) -> None:
    door, person = city.places["D1111"], city.residents[0]

    def value() -> str:
        with act_as(city.secretary):
            found = KitResult.objects.filter(person=person).first()
            return found.value if found else ""

    invalid, negative = pair.result(door, person, "invalid"), pair.result(door, person)
    assert pair.say(invalid) == ["accepted"]
    assert pair.say(negative) == ["accepted"]
    assert pair.say(pair.result(door, person, "invalid")) == ["flagged:kit_result_stands"]
    assert value() == "negative"
    assert pair.say(pair.undo(negative)) == ["accepted"]
    assert value() == "invalid"
    assert pair.say(pair.undo(invalid)) == ["accepted"]
    assert value() == ""
    assert pair.say(pair.result(door, person, day=4), pair.result(door, person, "maybe")) == [
        "held:kit_day_unknown", "held:kit_result_unknown",
    ]  # fmt: skip


def test_a_positive_that_is_known_is_settled_by_the_retest_alone(
    city: SmallCity, kits: Kits, pair: Pair
) -> None:
    door, (one, other) = city.places["D1111"], city.residents[:2]
    positive, negative = pair.result(door, one, "positive"), pair.result(door, other)
    pair.say(positive, negative)
    with act_as(city.secretary):
        enter_result(
            new=NewResult(
                id=new_id(), series=kits.series.id, person=other, door=door, day=2, value="positive"
            )
        )
    assert pair.say(pair.undo(positive), pair.undo(negative)) == [
        "held:kit_result_stands", "accepted",
    ]  # fmt: skip
    with act_as(city.secretary):
        assert list(KitResult.objects.values_list("value", flat=True)) == ["positive"] * 2
