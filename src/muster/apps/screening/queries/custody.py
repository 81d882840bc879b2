"""Where the tubes are: boxes, what does not agree about them, the clock of each tube."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster import policies
from muster.apps.screening.errors import BoxNotFound
from muster.apps.screening.models import Box, HandOver, Packed
from muster.apps.screening.queries.rounds import round_of
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


LINES = """
SELECT p.box_id, p.id, p.tube, t.code IS NOT NULL, t.closed_at IS NOT NULL, t.counted,
       (SELECT count(*) FROM screening_specimen s
        WHERE s.round = p.round AND s.tube = p.tube AND s.state IN ('accepted', 'flagged')),
       coalesce(m.number, 0), t.opened_at
FROM screening_packed p
LEFT JOIN screening_tube t ON t.district = %(district)s AND t.round = p.round AND t.code = p.tube
LEFT JOIN screening_samplingtable m ON m.id = t."table"
WHERE p.round = %(round)s AND p.taken_out_at IS NULL
      AND (%(box)s::uuid IS NULL OR p.box_id = %(box)s)
ORDER BY p.at DESC, p.id DESC
"""


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
    with connection.cursor() as cursor:
        cursor.execute(
            LINES, {"district": round_.area // 1_000_000, "round": round_id, "box": only}
        )
        for box, packed, code, known, closed, counted, people, table, at in cursor.fetchall():
            tube = PackedTube(code, known, closed, people, counted)
            lines[box].append(BoxLine(packed, tube, table, at))
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


@dataclass(frozen=True, slots=True)
class Way:
    """A tube, where it is, and its clock."""

    tube: str
    table: int
    box: str
    people: int
    opened_at: datetime
    clock: Clock


WAYS = """
SELECT t.code, coalesce(m.number, 0), coalesce(b.code, ''), t.opened_at,
       CASE WHEN t.result <> '' THEN 'resulted' WHEN h.stage IS NOT NULL THEN h.stage
            WHEN p.id IS NOT NULL THEN 'packed' WHEN t.closed_at IS NOT NULL THEN 'closed'
            ELSE 'open' END,
       (SELECT count(*) FROM screening_specimen s
        WHERE s.round = t.round AND s.tube = t.code AND s.state IN ('accepted', 'flagged'))
FROM screening_tube t
LEFT JOIN screening_samplingtable m ON m.id = t."table"
LEFT JOIN screening_packed p ON p.round = t.round AND p.tube = t.code AND p.taken_out_at IS NULL
LEFT JOIN screening_box b ON b.id = p.box_id
LEFT JOIN LATERAL (SELECT stage FROM screening_handover h WHERE h.box_id = p.box_id
                   ORDER BY h.at DESC LIMIT 1) h ON true
WHERE t.district = %(district)s AND t.round = %(round)s
ORDER BY t.opened_at, t.code
"""


def ways_of(round_id: UUID) -> list[Way]:
    """Every tube of a round on its way, the oldest first. Raises `RoundNotFound`."""
    round_ = round_of(round_id)
    rule, now = policies.load(round_.policy).screening.custody, clock.now()
    with connection.cursor() as cursor:
        cursor.execute(WAYS, {"district": round_.area // 1_000_000, "round": round_id})
        return [
            Way(code, table, box, people, at,
                tube_clock(rule, opened_at=at, stage=Stage(stage), now=now))
            for code, table, box, at, stage, people in cursor.fetchall()
        ]  # fmt: skip


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
