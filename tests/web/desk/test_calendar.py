"""The calendar: signs for what is due, and the doors missed twice."""

from datetime import timedelta
from typing import Any

from django.urls import reverse

from muster.apps.audit.actions import as_system
from muster.apps.communities.models import Residence
from muster.apps.screening.models import Round
from muster.kernel import clock
from muster.protocols.rhythm import Due, Kind, State
from muster.web.desk.calendar import rows_of
from tests.support.city import SmallCity
from tests.web.desk.conftest import Enter

Lived = tuple[SmallCity, dict[str, Any]]


def test_the_sealed_estates_and_why_they_are_due(lived: Lived, enter: Enter) -> None:
    text = enter("secretary").get(reverse("desk-calendar")).content.decode()
    assert "晨光花园" in text
    assert "封控区第4天" in text
    assert "没有人连续两轮漏采" in text


def test_doors_missed_twice_are_listed_with_their_people(lived: Lived, enter: Enter) -> None:
    with as_system("test"):
        kept = Round.objects.get()
        Residence.objects.update(since=clock.now() - timedelta(days=30))
        for days in (1, 2):
            at = clock.now() - timedelta(days=days)
            Round.objects.create(
                area=kept.area, number=10 + days, title="旧", policy=kept.policy,
                places=kept.places, starts_at=at, ends_at=at + timedelta(hours=3), made_by="test",
            )  # fmt: skip
    text = enter("secretary").get(reverse("desk-calendar")).content.decode()
    assert "连续两轮漏采" in text
    assert "1-1-101" in text
    assert reverse("desk-person", args=[lived[0].residents[0]]) in text


def test_compounds_that_missed_a_day_come_first() -> None:
    from types import SimpleNamespace

    from muster.apps.screening.queries.calendar import Compound

    today = clock.to_local(clock.now()).date()
    place: Any = SimpleNamespace(name="x")
    calm = Compound(place, (Due(today, Kind.NUCLEIC, "lockdown", 4, State.DUE),))
    late = Compound(
        place, (Due(today - timedelta(days=1), Kind.NUCLEIC, "lockdown", 1, State.MISSED),)
    )
    rows = rows_of([calm, late], [today - timedelta(days=1), today])
    assert [row.missed for row in rows] == [1, 0]
    assert (rows[1].next, rows[0].next) == (today, None)
    assert [len(cell) for cell in rows[1].cells] == [0, 1]
