"""17 phones at 17 tables send what they record: some people twice, some codes wrong, some late.

Each phone keeps its own outbox and sends a tube at a time, over HTTP, to the real endpoint. It
retries until it has a receipt; a lost answer therefore shows as the same receipt again.
"""

import gzip
import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any
from uuid import UUID

import httpx

from muster.apps.audit.actions import act_as
from muster.apps.communities.queries.doors import residents_of
from muster.apps.screening.actions import enrol_device
from muster.apps.screening.queries.coverage import coverage_total
from muster.apps.screening.queries.rounds import tables_of
from muster.demo.night.stage import Stage
from muster.kernel import clock
from muster.kernel.ids import new_id

TUBE = 10
TWICE_EVERY = 400
WRONG_CODE_EVERY = 350
STRANGER_EVERY = 900
LOST_ANSWER_EVERY = 40
STAY_AWAY = 0.018


@dataclass(slots=True)
class Phone:
    """One phone: its queue of people, and the receipts it has."""

    number: int
    token: str
    queue: list[UUID]
    seed: int
    receipts: dict[str, str] = field(default_factory=dict)
    sent: int = 0

    def batches(
        self, start: datetime, end: datetime
    ) -> Iterator[tuple[datetime, list[dict[str, Any]]]]:
        """A tube at a time, with the moment at which it is closed."""
        rng = Random(self.seed)
        step = (end - start) / max(1, len(self.queue))
        for first in range(0, len(self.queue), TUBE):
            people = self.queue[first : first + TUBE]
            tube = f"LC{self.number:02d}{first // TUBE:08d}"
            at = start + step * (first + len(people))
            yield at, [self._record(p, tube, at, rng) for p in people]

    def _record(self, person: UUID, tube: str, at: datetime, rng: Random) -> dict[str, Any]:
        wrong = rng.randrange(WRONG_CODE_EVERY) == 0
        return {
            "id": str(new_id()),
            "tube": tube[2:8] if wrong else tube,
            "person": str(person),
            "taken_at": (at - timedelta(seconds=rng.randrange(300))).isoformat(),
        }


def record_night(stage: Stage, tick: Callable[[int], None] = lambda _: None) -> None:
    """All tables at once, 20:00 to 04:00 of the night."""
    phones = _enrol(stage)
    start, end = stage.at(1.5), stage.at(9.5)
    with ThreadPoolExecutor(max_workers=8) as pool:
        for _ in pool.map(lambda phone: _work(stage, phone, start, end, tick), phones):
            pass
    states: dict[str, int] = {}
    for phone in phones:
        for state in phone.receipts.values():
            states[state] = states.get(state, 0) + 1
    sent = sum(p.sent for p in phones)
    with act_as(stage.actors["secretary"]):
        total = coverage_total(stage.round)  # type: ignore[arg-type]
    stage.note(
        records=sent, accepted=states.get("accepted", 0), flagged=states.get("flagged", 0),
        held=states.get("held", 0), tested=total.tested,
    )  # fmt: skip
    stage.promise(sum(states.values()) == sent, "a record has no receipt")
    stage.promise(total.tested == states.get("accepted", 0), "acknowledged and counted differ")
    stage.promise(states.get("flagged", 0) > 0, "nobody was recorded twice: not believable")
    stage.promise(states.get("held", 0) > 0, "no code was wrong: not believable")


def _enrol(stage: Stage) -> list[Phone]:
    """A phone a table; residents queue at their own estate's tables, door by door."""
    rng = Random(stage.world.seed)
    phones = []
    with clock.travel(stage.at(1.3)), act_as(stage.actors["secretary"]):
        tables = tables_of(stage.round)  # type: ignore[arg-type]
        for estate in stage.estates():
            here = [t for t in tables if t.site.place_id == estate]
            people = [
                r.person
                for r in residents_of(stage.community, within=estate)
                if rng.random() > STAY_AWAY
            ]
            people += people[:: max(1, TWICE_EVERY)]
            for i, table in enumerate(here):
                _, token = enrol_device(table=table.id, label=f"{table.number}号台", hours=72)
                share = len(people) / len(here)
                queue = people[round(i * share) : round((i + 1) * share)]
                phones.append(Phone(table.number, token, queue, table.number))
    strangers = list(stage.cadres.values())[:: len(stage.cadres) // len(phones)]
    for phone, stranger in zip(phones, strangers, strict=False):
        phone.queue.insert(len(phone.queue) // 2, stranger)
    return phones


def _work(
    stage: Stage, phone: Phone, start: datetime, end: datetime, tick: Callable[[int], None]
) -> None:
    with httpx.Client(base_url=stage.server, timeout=30) as http:
        for i, (at, records) in enumerate(phone.batches(start, end)):
            _send(http, phone, at, records)
            if i % LOST_ANSWER_EVERY == 7:
                _send(http, phone, at, records)
            phone.sent += len(records)
            tick(len(records))


def _send(http: httpx.Client, phone: Phone, at: datetime, records: list[dict[str, Any]]) -> None:
    """One batch, compressed; the receipts of a repeat must be the ones there are."""
    body = gzip.compress(json.dumps({"records": records}).encode(), compresslevel=1)
    answer = http.post(
        "/api/sync/records",
        content=body,
        headers={
            "Authorization": f"Device {phone.token}",
            "Content-Encoding": "gzip",
            "Content-Type": "application/json",
            "X-Muster-Clock": at.isoformat(),
        },
    )
    answer.raise_for_status()
    for receipt in answer.json()["receipts"]:
        known = phone.receipts.setdefault(receipt["id"], receipt["state"])
        if known != receipt["state"]:
            raise RuntimeError(f"two receipts for one record: {known}, {receipt['state']}")
