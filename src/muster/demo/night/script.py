"""What the recorder at the lane does, step by step, and what the page must say to each."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from muster.demo.night.phone import ENDED, TUBE

FIND_EVERY = 60
UNDO_IN, SHORT_IN = 3, 7
"""The tubes in which somebody is taken back, and which is closed with fewer than ten."""
SHORT = 6
OFFLINE = (0.4, 0.6)


@dataclass(frozen=True, slots=True)
class Queued:
    """Somebody in the queue, with a code in hand; `door` and `name` find nobody else."""

    person: UUID
    code: str
    name: str
    door: str
    alone: bool


@dataclass(frozen=True, slots=True)
class Step:
    """`do`: scan, find, add, undo, close, offline, online, wait. `says`: the page's answer."""

    do: str
    text: str = ""
    more: str = ""
    says: str = ""


@dataclass(slots=True)
class Script:
    """The steps of each tube, who must be in it at the end, and with what it is closed."""

    tubes: dict[str, list[UUID]] = field(default_factory=dict)
    steps: dict[str, list[Step]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    @property
    def people(self) -> int:
        return sum(map(len, self.tubes.values()))

    @property
    def short(self) -> int:
        return sum(count < TUBE for count in self.counts.values())


def write(queue: Sequence[Queued], table: int) -> Script:
    """Tubes of ten, one with fewer, one person taken back and recorded again, some found by name, a
    stretch without a network, at the end somebody who stands on no list."""
    script = Script()
    parts = list(_shares(queue))
    gone, back = (round(share * len(parts)) for share in OFFLINE)
    found = 0
    for n, part in enumerate(parts):
        code = f"LC{table:02d}{n:08d}"
        last = n == len(parts) - 1
        steps = [Step("offline")] if n == gone else [Step("online")] if n == back else []
        steps.append(Step("scan", code, says="tube_open"))
        for i, who in enumerate(part, start=1):
            says = "tube_full_closed" if i == TUBE else "recorded"
            wanted = who.alone and n * TUBE + i > found * FIND_EVERY
            found += wanted
            record = (
                Step("find", who.door, who.name, says)
                if wanted
                else Step("scan", who.code, says=says)
            )
            again = [Step("undo", says="undone"), record] if (n, i) == (UNDO_IN, 4) else []
            steps += [record, *again]
        if last:
            steps.append(Step("add", "访客甲", part[-1].door, "recorded"))
        if len(part) < TUBE:
            steps.append(Step("close", ENDED, says="close_short tube_closed_with"))
        script.steps[code] = steps
        script.tubes[code] = [who.person for who in part]
        script.counts[code] = len(part) + last
    return script


def _shares(queue: Sequence[Queued]) -> Iterator[Sequence[Queued]]:
    """The queue by tubes; the last has room for one more, so that it is closed by hand."""
    first = n = 0
    while first < len(queue):
        size = SHORT if n == SHORT_IN else TUBE
        if len(queue) - first == size:
            size -= 2
        yield queue[first : first + size]
        first, n = first + size, n + 1
