"""Where the tubes are: boxes, what does not agree about them, the clock of each tube."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster import policies
from muster.apps.screening.errors import BoxNotFound
from muster.apps.screening.models import Box, HandOver, Packed
from muster.apps.screening.queries.rounds import round_of
from muster.apps.screening.queries.tubes import TubeSeen, table_numbers, tubes_of
from muster.kernel import clock
from muster.protocols.custody import (
    ORDER,
    Clock,
    Discrepancy,
    PackedTube,
    Stage,
    box_discrepancies,
    tube_clock,
    tube_discrepancies,
)


@dataclass(frozen=True, slots=True)
class BoxLine:
    """A tube in a box, as a line of its page and of its manifest."""

    packed: UUID
    tube: PackedTube
    table: int
    opened_at: datetime | None


@dataclass(frozen=True, slots=True)
class BoxPage:
    """A box with its tubes (the last scanned on top), hand-overs, and what does not agree."""

    box: Box
    lines: tuple[BoxLine, ...]
    hand_overs: tuple[HandOver, ...]
    discrepancies: tuple[Discrepancy, ...]

    @property
    def next(self) -> Stage | None:
        return self.ahead[0] if self.ahead else None

    @property
    def stage(self) -> Stage:
        return Stage(self.hand_overs[-1].stage) if self.hand_overs else Stage.PACKED

    @property
    def ahead(self) -> tuple[Stage, ...]:
        """The hand-overs that are still to come."""
        return ORDER[len(self.hand_overs) :]

    @property
    def people(self) -> int:
        return sum(line.tube.people for line in self.lines)


def box_of(box: UUID) -> BoxPage:
    """One box. Raises `BoxNotFound`."""
    found = Box.objects.filter(id=box).first()
    if found is None:
        raise BoxNotFound
    return _pages([found], found.round_id, found.id)[0]


def boxes_of(round_id: UUID) -> list[BoxPage]:
    """The boxes of a round, the newest first. Raises `RoundNotFound`."""
    round_of(round_id)
    return _pages(list(Box.objects.filter(round=round_id).order_by("-opened_at")), round_id, None)


def _pages(boxes: Sequence[Box], round_id: UUID, only: UUID | None) -> list[BoxPage]:
    round_ = round_of(round_id)
    rule = policies.load(round_.policy).screening.custody
    lines: dict[UUID, list[BoxLine]] = {b.id: [] for b in boxes}
    packed = Packed.objects.filter(round=round_id, taken_out_at=None)
    if only is not None:
        packed = packed.filter(box=only)
    inside = list(packed.order_by("-at", "-id"))
    seen = {t.code: t for t in tubes_of(round_id, {p.tube for p in inside})}
    numbers = table_numbers(round_id)
    for each in inside:
        lines[each.box_id].append(_line(each, seen.get(each.tube), numbers))
    moves: dict[UUID, list[HandOver]] = {b.id: [] for b in boxes}
    for move in HandOver.objects.filter(box__in=list(moves)).order_by("at"):
        moves[move.box_id].append(move)
    pages = []
    for box in boxes:
        own, done = lines[box.id], moves[box.id]
        counts = [(Stage(m.stage), m.counted) for m in done]
        wrong = tube_discrepancies([line.tube for line in own])
        wrong += box_discrepancies(rule, len(own), counts)
        pages.append(BoxPage(box, tuple(own), tuple(done), tuple(wrong)))
    return pages


def _line(packed: Packed, tube: TubeSeen | None, numbers: Mapping[UUID, int]) -> BoxLine:
    """A tube in a box; one that the system does not know is in hand all the same."""
    if tube is None:
        return BoxLine(packed.id, PackedTube(packed.tube, False, False, 0, None), 0, None)
    told = PackedTube(tube.code, True, tube.closed_at is not None, tube.people, tube.counted)
    return BoxLine(packed.id, told, numbers.get(tube.table, 0), tube.opened_at)


@dataclass(frozen=True, slots=True)
class Way:
    """A tube, where it is, and its clock."""

    tube: str
    table: int
    box: str
    people: int
    opened_at: datetime
    clock: Clock


CARRIED = """
SELECT p.tube, b.code, coalesce(h.stage, 'packed')
FROM screening_packed p JOIN screening_box b ON b.id = p.box_id
LEFT JOIN LATERAL (SELECT stage FROM screening_handover h WHERE h.box_id = p.box_id
                   ORDER BY h.at DESC LIMIT 1) h ON true
WHERE p.round = %(round)s AND p.taken_out_at IS NULL
"""


def ways_of(round_id: UUID) -> list[Way]:
    """Every tube of a round on its way, the oldest first. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    rule, now = policies.load(round_.policy).screening.custody, clock.now()
    with connection.cursor() as cursor:
        cursor.execute(CARRIED, {"round": round_id})
        carried = {tube: (box, Stage(stage)) for tube, box, stage in cursor.fetchall()}
    numbers = table_numbers(round_id)
    found = []
    for tube in tubes_of(round_id):
        box, stage = carried.get(tube.code, ("", None))
        told = tube_clock(rule, opened_at=tube.opened_at, stage=_stage(tube, stage), now=now)
        table = numbers.get(tube.table, 0)
        found.append(Way(tube.code, table, box, tube.people, tube.opened_at, told))
    return found


def _stage(tube: TubeSeen, carried: Stage | None) -> Stage:
    """How far a tube has come, `carried` in its box."""
    if tube.result:
        return Stage.RESULTED
    return carried or (Stage.CLOSED if tube.closed_at else Stage.OPEN)


def stages_of(ways: Sequence[Way]) -> dict[Stage, tuple[int, int]]:
    """By stage: tubes, and how many of them are late."""
    counts = dict.fromkeys(Stage, (0, 0))
    for way in ways:
        all_, late = counts[way.clock.stage]
        counts[way.clock.stage] = (all_ + 1, late + way.clock.late)
    return counts


def packed_of(packed: UUID) -> Packed:
    """A tube in a box. Raises `BoxNotFound`."""
    found = Packed.objects.filter(id=packed).first()
    if found is None:
        raise BoxNotFound
    return found
