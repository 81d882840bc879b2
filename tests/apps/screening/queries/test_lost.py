"""muster.apps.screening.queries.lost: the seven places, each found by what lies there."""

from datetime import timedelta

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import (
    ResultRow,
    hand_over,
    import_results,
    open_box,
    pack_tube,
    record_batch,
)
from muster.apps.screening.queries.lost import PLACES, lost_of
from muster.kernel import clock
from tests.apps.screening.actions.records.steps import OTHER, closing
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def found(round_: OpenRound) -> dict[str, list[str]]:
    return {each.key: [row.subject for row in each.rows] for each in lost_of(round_.id)}


def test_nothing_is_lost_in_a_round_that_has_not_begun(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        assert found(round_) == {key: [] for key in PLACES}


def test_each_place_shows_what_lies_there(city: SmallCity, round_: OpenRound) -> None:
    record_batch(
        token=round_.tokens[0],
        records=[*tube_of(city.residents[:3]), record(None, said={"name": "访客", "door": "3"})],
        closings=[closing(5)],
    )
    record_batch(token=round_.tokens[1], records=[record(city.residents[0], OTHER)])
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, "LC7777777777", "negative")])
    with act_as(city.secretary):
        box = open_box(round_id=round_.id, code="B1").id
        pack_tube(box=box, tube=TUBE)
        for stage in ("sealed", "courier", "laboratory"):
            hand_over(box=box, stage=stage, counted=1)
        now = found(round_)
        with clock.travel(clock.now() + timedelta(hours=25)):
            tomorrow = found(round_)
        (unbound,) = next(each.rows for each in lost_of(round_.id) if each.key == "unbound")
    assert (unbound.subject, unbound.expected, unbound.found) == (TUBE, 3, 5)
    assert now["typed"] == ["访客"]
    assert len(now["somebody_elses"]) == 1
    assert now["no_number"] == []
    assert now["miscoded"] == ["LC7777777777"]
    assert (now["on_the_way"], now["no_result"]) == ([], [])
    assert (tomorrow["on_the_way"], tomorrow["no_result"]) == ([OTHER], [TUBE])
