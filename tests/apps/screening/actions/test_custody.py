"""muster.apps.screening.actions.custody: each hand-over scanned and counted."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    hand_over,
    open_box,
    pack_tube,
    record_batch,
    take_out,
)
from muster.apps.screening.errors import (
    BoxNotFound,
    BoxSealed,
    CodeMissing,
    HandOverOutOfOrder,
    TubeInAnotherBox,
)
from muster.apps.screening.models import Box, Packed
from muster.apps.screening.queries.custody import box_of, boxes_of, packed_of
from muster.kernel.ids import new_id
from muster.protocols.custody import Kind, Stage
from tests.apps.screening.actions.records.steps import OTHER, closing
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def fill(city: SmallCity, round_: OpenRound, counted: int = 10) -> None:
    record_batch(
        token=round_.tokens[0], records=tube_of(city.residents[:10]), closings=[closing(counted)]
    )


def test_a_box_is_found_again_by_its_code(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        first = open_box(round_id=round_.id, code=" box-1 ")
        assert open_box(round_id=round_.id, code="BOX-1").id == first.id
        assert Box.objects.count() == 1
        with pytest.raises(CodeMissing):
            open_box(round_id=round_.id, code=" ")


def test_tubes_go_in_once_and_come_out(city: SmallCity, round_: OpenRound) -> None:
    fill(city, round_)
    with act_as(city.secretary):
        one, other = (open_box(round_id=round_.id, code=c).id for c in ("B1", "B2"))
        packed = pack_tube(box=one, tube=TUBE.lower())
        assert pack_tube(box=one, tube=TUBE).id == packed.id
        with pytest.raises(TubeInAnotherBox) as raised:
            pack_tube(box=other, tube=TUBE)
        assert raised.value.data["box"] == "B1"
        assert packed_of(packed.id).tube == TUBE
        take_out(packed=packed.id)
        assert pack_tube(box=other, tube=TUBE).box_id == other
        assert Packed.objects.count() == 2
        with pytest.raises(BoxNotFound):
            take_out(packed=packed.id)


def test_a_box_from_hand_to_hand_with_what_does_not_agree(
    city: SmallCity, round_: OpenRound
) -> None:
    fill(city, round_, counted=9)
    record_batch(token=round_.tokens[0], records=[record(city.residents[20], OTHER)])
    with act_as(city.secretary):
        box = open_box(round_id=round_.id, code="B1").id
        for code in (TUBE, OTHER, "LC9999999999"):
            pack_tube(box=box, tube=code)
        page = box_of(box)
        assert {(d.kind, d.subject) for d in page.discrepancies} == {
            (Kind.TUBE_COUNT, TUBE), (Kind.TUBE_NOT_CLOSED, OTHER),
            (Kind.TUBE_UNKNOWN, "LC9999999999"),
        }  # fmt: skip
        assert (page.people, page.next) == (11, Stage.SEALED)
        with pytest.raises(HandOverOutOfOrder):
            hand_over(box=box, stage="courier", counted=3)
        hand_over(box=box, stage="sealed", counted=3)
        with pytest.raises(BoxSealed):
            pack_tube(box=box, tube="LC0000000003")
        hand_over(box=box, stage="courier", counted=2, to="晋A12345")
        hand_over(box=box, stage="laboratory", counted=3)
        with pytest.raises(HandOverOutOfOrder):
            hand_over(box=box, stage="laboratory", counted=3)
        (page,) = boxes_of(round_.id)
        assert [h.stage for h in page.hand_overs] == ["sealed", "courier", "laboratory"]
        wrong = [d for d in page.discrepancies if d.kind is Kind.BOX_COUNT]
        assert [(d.subject, d.expected, d.found) for d in wrong] == [("courier", 3, 2)]
        assert page.next is None


def test_who_may_not_carry_does_not_even_find_the_box(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        box = open_box(round_id=round_.id, code="B1").id
    with act_as(city.contact), pytest.raises(NotAllowed):
        pack_tube(box=box, tube=TUBE)
    with act_as(city.secretary), pytest.raises(BoxNotFound):
        hand_over(box=new_id(), stage="sealed", counted=1)
