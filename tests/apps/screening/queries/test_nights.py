"""`muster.apps.screening.queries.nights`: the rounds of one night, and when each should start."""

from typing import Any
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.screening.actions import move_start, open_planned
from muster.apps.screening.errors import PlannedRoundNotFound, PlanOpened
from muster.apps.screening.models import PlannedRound
from muster.apps.screening.queries.nights import night_of
from tests.support.city import THERE, SmallCity
from tests.support.life import live


def beside(planned: PlannedRound, tubes: int = 3000) -> PlannedRound:
    """The same plan for the other community, both with so many tubes."""
    with as_system("test"):
        planned.plan["supplies"]["tubes"] = tubes
        planned.save()
        return PlannedRound.objects.create(
            area=THERE, title="望湖第一轮", places=[], plan=planned.plan, made_by="test",
            rehearsal=planned.rehearsal, doors=planned.doors, made_at=planned.made_at,
        )  # fmt: skip


@pytest.fixture
def plans(city: SmallCity) -> tuple[UUID, UUID]:
    lived: dict[str, Any] = live(city)
    return lived["planned"].id, beside(lived["planned"]).id


def test_headquarters_sees_both_and_one_gives_way(
    city: SmallCity, plans: tuple[UUID, UUID]
) -> None:
    with act_as(city.headquarters):
        night = night_of(plans[0])
        assert night.shared
        assert night.own is not None
        assert [r.name for r in night.rounds if not r.moves] in (["晨光社区"], ["望湖社区"])
        assert night.limit == 1500
        assert night.peak_then < night.peak
        moved = next(r for r in night.rounds if r.moves)
        move_start(plan=moved.plan, starts_at=moved.suggested)
        after = night_of(plans[0])
        assert not after.moves
        assert after.peak == pytest.approx(night.peak_then)


def test_an_opened_round_stays_and_cannot_be_moved(
    city: SmallCity, plans: tuple[UUID, UUID]
) -> None:
    with act_as(city.secretary):
        assert not night_of(plans[0]).shared  # another community's plans are not theirs to see
        open_planned(plan=plans[0])
        with pytest.raises(PlanOpened):
            move_start(plan=plans[0], starts_at=night_of(plans[0]).rounds[0].starts_at)
    with act_as(city.headquarters):
        own = {r.plan: r for r in night_of(plans[1]).rounds}
        assert own[plans[0]].opened
        assert not own[plans[0]].moves
        assert own[plans[1]].moves


def test_a_body_moves_nothing(city: SmallCity, plans: tuple[UUID, UUID]) -> None:
    with as_system("test"):
        at = night_of(plans[0]).rounds[0].starts_at
    with act_as(city.contact), pytest.raises(PlannedRoundNotFound):
        move_start(plan=plans[0], starts_at=at)
