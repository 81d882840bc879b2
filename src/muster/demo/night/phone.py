"""What a phone at a table sends by the sync protocol: a tube at a time, closed with a count.

Some codes are wrong, and of these some are mended at once by a move; now and then somebody is
scanned by mistake and voided; some tubes are closed with fewer than ten and say why.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

from muster.kernel.ids import new_id

TUBE = 10
WRONG_CODE_EVERY = 350
SHORT_EVERY = 24
VOID_EVERY = 20
ENDED, BREAK = "queue ended", "break"

type Batch = dict[str, list[dict[str, Any]]]
LISTS = ("records", "changes", "closings")


@dataclass(slots=True)
class Phone:
    """One phone: its queue of people, what it sent and the receipts it has, by list."""

    number: int
    token: str
    queue: list[UUID]
    receipts: dict[str, dict[str, str]] = field(default_factory=lambda: {n: {} for n in LISTS})
    sent: dict[str, int] = field(default_factory=lambda: dict.fromkeys(LISTS, 0))
    short: int = 0

    def batches(self, start: datetime, end: datetime) -> Iterator[tuple[datetime, Batch]]:
        """A tube at a time, with the moment at which it is closed. Who was voided comes again."""
        rng = Random(self.number)
        people = list(self.queue)
        step = (end - start) / max(1, len(people))
        done = n = 0
        while done < len(people):
            inside = people[done : done + size_of(n)]
            done += len(inside)
            tube = f"LC{self.number:02d}{n:08d}"
            at = start + step * min(done, len(self.queue))
            batch = self._tube(tube, inside, at, rng)
            if n % VOID_EVERY == VOID_EVERY // 2 and len(inside) > 1:
                people.append(self._void(batch, at))
            self._close(batch, tube, at, last=done == len(people))
            yield at, batch
            n += 1

    def _tube(self, tube: str, people: list[UUID], at: datetime, rng: Random) -> Batch:
        batch: Batch = {name: [] for name in LISTS}
        for person in people:
            wrong = rng.randrange(WRONG_CODE_EVERY) == 0
            record = {
                "id": str(new_id()),
                "tube": tube[2:8] if wrong else tube,
                "person": str(person),
                "taken_at": (at - timedelta(seconds=rng.randrange(300))).isoformat(),
            }
            batch["records"].append(record)
            if wrong and rng.randrange(2):
                batch["changes"].append(_change(record, at, kind="move", tube=tube))
        return batch

    def _void(self, batch: Batch, at: datetime) -> UUID:
        record = batch["records"][0]
        batch["changes"].append(_change(record, at, kind="void", reason="wrong person"))
        return UUID(record["person"])

    def _close(self, batch: Batch, tube: str, at: datetime, *, last: bool) -> None:
        """What the recorder has in hand, also a swab whose code the system could not read."""
        voided = sum(c["kind"] == "void" for c in batch["changes"])
        count = len(batch["records"]) - voided
        short = count < TUBE
        self.short += short
        closing = {
            "id": str(new_id()),
            "tube": tube,
            "count": count,
            "household": False,
            "reason": (ENDED if last else BREAK) if short else "",
            "closed_at": at.isoformat(),
        }
        batch["closings"].append(closing)

    def take(self, batch: Batch, receipts: list[dict[str, Any]]) -> None:
        """The receipts of a batch. Raises `RuntimeError` if one differs from what it said before,
        or is missing."""
        states = {receipt["id"]: receipt["state"] for receipt in receipts}
        for name, entries in batch.items():
            for entry in entries:
                state = states.get(entry["id"], "no receipt")
                known = self.receipts[name].setdefault(entry["id"], state)
                if known != state or state == "no receipt":
                    raise RuntimeError(f"receipts for one entry: {known}, {state}")

    def count(self, batch: Batch) -> None:
        """These have been sent, however often."""
        for name, entries in batch.items():
            self.sent[name] += len(entries)


def _change(record: dict[str, Any], at: datetime, **what: str) -> dict[str, Any]:
    return {"id": str(new_id()), "record": record["id"], "made_at": at.isoformat(), **what}


def size_of(n: int) -> int:
    """How many go into the n-th tube of a table: ten, now and then fewer."""
    return 6 + n % 3 if n % SHORT_EVERY == SHORT_EVERY - 1 else TUBE
