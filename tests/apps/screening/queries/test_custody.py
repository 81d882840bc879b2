"""muster.apps.screening.queries.custody: how far each tube has come."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import hand_over, open_box, pack_tube, record_batch
from muster.apps.screening.errors import BoxNotFound
from muster.apps.screening.queries.custody import box_of, packed_of, stages_of, ways_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.custody import Stage
from tests.apps.screening.actions.records.steps import OTHER, closing
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def test_every_tube_has_its_clock(city: SmallCity, round_: OpenRound) -> None:
    record_batch(
        token=round_.tokens[0], records=tube_of(city.residents[:10]), closings=[closing(10)]
    )
    record_batch(token=round_.tokens[0], records=[record(city.residents[20], OTHER)])
    with act_as(city.secretary):
        box = open_box(round_id=round_.id, code="B1").id
        pack_tube(box=box, tube=TUBE)
        hand_over(box=box, stage="sealed", counted=1)
        counts = stages_of(ways_of(round_.id))
        assert counts[Stage.SEALED] == (1, 0)
        assert counts[Stage.OPEN] == (1, 0)
        with clock.travel(clock.now() + timedelta(hours=1)):
            assert stages_of(ways_of(round_.id))[Stage.OPEN] == (1, 1)
        with clock.travel(clock.now() + timedelta(hours=7)):
            late = [w.tube for w in ways_of(round_.id) if w.clock.late]
        assert sorted(late) == [TUBE, OTHER]


def test_what_is_not_there_is_said(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        with pytest.raises(BoxNotFound):
            box_of(new_id())
        with pytest.raises(BoxNotFound):
            packed_of(new_id())
