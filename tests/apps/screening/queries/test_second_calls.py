"""`muster.apps.screening.queries.second_calls`: whom the second call is for, and from when on."""

from datetime import timedelta

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import (
    note_absence,
    open_planned,
    plan_a_round,
    record_batch,
)
from muster.apps.screening.queries.plans import planned_round
from muster.apps.screening.queries.second_calls import uncome_of
from muster.kernel import clock
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import round_, tube_of

__all__ = ["round_"]


def test_whoever_has_not_come_half_an_hour_after_the_start(
    city: SmallCity, round_: OpenRound
) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:3]))
    with act_as(city.secretary):
        note_absence(round_id=round_.id, person=city.residents[4], outcome="away")
        note_absence(round_id=round_.id, person=city.residents[6], outcome="not_found")
        assert uncome_of(round_.id) == []  # five minutes after the start
        with clock.travel(clock.now() + timedelta(minutes=26)):
            found = uncome_of(round_.id)
    assert [d.door for d in found][:3] == [city.places[k] for k in ("D1112", "D1113", "D1121")]
    assert len(found) == 23  # of 24 doors one is tested whole
    first = found[0]
    assert (first.label, first.building) == ("1-1-201", "晨光花园 1号楼")
    assert [b.person for b in first.behind] == [city.residents[3]]
    assert [b.person for b in found[1].behind] == [city.residents[5]]  # the other one is away
    assert len(found[2].behind) == 2  # nobody opened: still missing


def test_a_planned_round_calls_door_by_door(city: SmallCity) -> None:
    now = clock.now()
    with act_as(city.secretary):
        planned = plan_a_round(
            area=HERE, places=city.estates, title="第二轮", starts_at=now,
            ends_at=now + timedelta(hours=6), staff={"any": 8}, neighbours={}, tables=1,
        )  # fmt: skip
        opened = open_planned(plan=planned.id)
        calls = planned_round(planned.id).calls
        last = max(call.minute for call, _, _ in calls)
        assert last > 0
        first = sum(
            call.last - call.first + 1 for call, _, _ in calls if call.minute == calls[0][0].minute
        )
        with clock.travel(now + timedelta(minutes=calls[0][0].minute + 31)):
            assert first <= len(uncome_of(opened.round.id)) < 24
        with clock.travel(now + timedelta(minutes=last + 31)):
            assert len(uncome_of(opened.round.id)) == 24
