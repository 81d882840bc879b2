"""Tubes into boxes, boxes to the laboratory, counted at each hand-over; one count differs."""

from itertools import batched
from uuid import UUID

from muster import policies
from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import hand_over, open_box, pack_tube
from muster.apps.screening.queries.custody import BoxPage, boxes_of
from muster.apps.screening.queries.rounds import round_of
from muster.apps.screening.queries.tubes import tube_codes
from muster.demo.night.stage import Stage
from muster.kernel import clock
from muster.protocols.custody import ORDER, Kind
from muster.protocols.custody import Stage as Way

HOURS = {Way.SEALED: 9.8, Way.COURIER: 10.0, Way.LABORATORY: 10.6}
TO = {Way.SEALED: "1号样本点", Way.COURIER: "转运车1", Way.LABORATORY: "区疾控实验室"}
MISCOUNTED = 1
"""The box of which the laboratory counts a tube fewer."""


def carry(stage: Stage) -> None:
    """Every tube is scanned into a box; each box is sealed, driven, received."""
    with clock.travel(stage.at(9.6)), act_as(stage.actors["secretary"]):
        room = policies.load(round_of(stage.round).policy).screening.custody.tubes_per_box  # type: ignore[arg-type]
        codes = [code for code, _ in tube_codes(stage.round)]  # type: ignore[arg-type]
        boxes = [_pack(stage, n, tubes) for n, tubes in enumerate(batched(codes, room), start=1)]
    for way in ORDER:
        with clock.travel(stage.at(HOURS[way])), act_as(stage.actors["secretary"]):
            for n, (box, count) in enumerate(boxes):
                lost = n == MISCOUNTED and way is Way.LABORATORY
                hand_over(box=box, stage=way, counted=count - lost, to=TO[way])
    with act_as(stage.actors["secretary"]):
        pages = boxes_of(stage.round)  # type: ignore[arg-type]
    _hold(stage, pages, len(codes))


def _pack(stage: Stage, n: int, tubes: tuple[str, ...]) -> tuple[UUID, int]:
    box = open_box(round_id=stage.round, code=f"BX{n:04d}")  # type: ignore[arg-type]
    for tube in tubes:
        pack_tube(box=box.id, tube=tube)
    return box.id, len(tubes)


def _hold(stage: Stage, pages: list[BoxPage], tubes: int) -> None:
    """What does not agree is named, and nothing else is."""
    kinds = [d.kind for page in pages for d in page.discrepancies]
    stage.note(
        boxes=len(pages),
        boxes_differ=kinds.count(Kind.BOX_COUNT),
        tubes_differ=kinds.count(Kind.TUBE_COUNT),
    )
    stage.promise(sum(len(p.lines) for p in pages) == tubes, "a tube is in no box")
    stage.promise(all(p.next is None for p in pages), "a box did not arrive")
    stage.promise(kinds.count(Kind.BOX_COUNT) == 1, "the count that differs was not named")
    stage.promise(
        set(kinds) <= {Kind.BOX_COUNT, Kind.TUBE_COUNT}, "a tube is unknown, empty or not closed"
    )
