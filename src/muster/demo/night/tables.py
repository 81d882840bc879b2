"""17 phones at 17 tables send what they record: some people twice, some codes wrong, some late.

One table is recorded through the lane's own page in a browser, where there is one (`lane`). The
others speak the sync protocol: each phone keeps its own outbox and sends a tube at a time, over
HTTP, to the real endpoint. It retries until it has a receipt; a lost answer therefore shows as the
same receipt again.
"""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from random import Random
from uuid import UUID

import httpx

from muster.apps.audit.actions import act_as
from muster.apps.communities.queries.doors import residents_of
from muster.apps.screening.actions import enrol_device
from muster.apps.screening.queries.coverage import coverage_total
from muster.apps.screening.queries.rounds import table_progress, tables_of
from muster.demo.night import lane
from muster.demo.night.phone import Batch, Phone
from muster.demo.night.stage import Stage
from muster.kernel import clock

TWICE_EVERY = 200
LOST_ANSWER_EVERY = 40
STAY_AWAY = 0.018
LANE = 1
"""The table that is recorded through the page."""

type Tick = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Queue:
    """A table and who stands at it."""

    table: UUID
    number: int
    estate: int
    people: list[UUID]


def record_night(stage: Stage, tick: Tick = lambda _: None) -> None:
    """All tables at once, 20:00 to 04:00 of the night."""
    first, *others = queue_up(stage)
    page = lane.prepare(
        stage, table=first.table, number=first.number, estate=first.estate, queue=first.people
    )
    phones = _with_strangers(stage, [_enrol(stage, queue) for queue in others])
    with ThreadPoolExecutor(max_workers=8) as pool:
        playing = pool.submit(lane.play, stage, page, tick)
        for _ in pool.map(lambda phone: _work(stage, phone, tick), phones):
            pass
        seen = playing.result()
    stage.note(chromium=int(seen is not None))
    if seen is None:
        phones.append(_enrol(stage, first))
        _work(stage, phones[-1], tick)
    else:
        lane.settle(stage, page, seen)
    _sum_up(stage, phones, page if seen else None)


def _sum_up(stage: Stage, phones: list[Phone], page: lane.Lane | None) -> None:
    """What all tables have sent and what became of it; the page's table by what the log says."""
    states = Counter(s for phone in phones for s in phone.receipts["records"].values())
    sent = sum(phone.sent["records"] for phone in phones)
    stage.promise(sum(states.values()) == sent, "a record has no receipt")
    changes = Counter(s for phone in phones for s in phone.receipts["changes"].values())
    stage.promise(set(changes) == {"accepted"}, "a change at a table was not done")
    closings = [s for phone in phones for s in phone.receipts["closings"].values()]
    stage.promise("held" not in closings, "a closing was held")
    closed, short = len(closings), sum(phone.short for phone in phones)
    with act_as(stage.actors["secretary"]):
        total = coverage_total(stage.round)  # type: ignore[arg-type]
        if page is not None:
            here = next(t for t in table_progress(stage.round) if t.number == page.number)  # type: ignore[arg-type]
            states.update(accepted=here.people, flagged=here.flagged, held=here.held)
            sent += here.people + here.flagged + here.held
            closed += len(page.script.tubes)
            short += page.script.short
    stage.note(
        records=sent, accepted=states["accepted"], flagged=states["flagged"], held=states["held"],
        tested=total.tested, changes=changes.total(), closed=closed, short_tubes=short,
    )  # fmt: skip
    stage.promise(total.tested == states["accepted"], "acknowledged and counted differ")
    stage.promise(states["flagged"] > 0, "nobody was recorded twice: not believable")
    stage.promise(states["held"] > 0, "no code was wrong: not believable")


def queue_up(stage: Stage) -> list[Queue]:
    """Residents queue at their own estate's tables, door by door; some come twice, none of them to
    the page's table: whether it would ask depends on who was faster."""
    rng = Random(stage.world.seed)
    queues = []
    with clock.travel(stage.at(1.3)), act_as(stage.actors["secretary"]):
        tables = tables_of(stage.round)  # type: ignore[arg-type]
        for estate in stage.estates():
            here = [t for t in tables if t.site.place_id == estate]
            people = [
                r.person
                for r in residents_of(stage.community, within=estate)
                if rng.random() > STAY_AWAY
            ]
            people += people[len(people) // 2 :: TWICE_EVERY]
            share = len(people) / len(here)
            for i, table in enumerate(here):
                own = people[round(i * share) : round((i + 1) * share)]
                queues.append(Queue(table.id, table.number, estate, own))
    return sorted(queues, key=lambda q: (q.number != LANE, q.number))


def _enrol(stage: Stage, queue: Queue) -> Phone:
    with clock.travel(stage.at(1.3)), act_as(stage.actors["secretary"]):
        _, token = enrol_device(table=queue.table, label=f"{queue.number}号台", hours=72)
    return Phone(queue.number, token, list(queue.people))


def _with_strangers(stage: Stage, phones: list[Phone]) -> list[Phone]:
    """In each queue somebody of another community."""
    strangers = list(stage.cadres.values())[:: len(stage.cadres) // len(phones)]
    for phone, stranger in zip(phones, strangers, strict=False):
        phone.queue.insert(len(phone.queue) // 2, stranger)
    return phones


def _work(stage: Stage, phone: Phone, tick: Tick) -> None:
    with httpx.Client(base_url=stage.server, timeout=30) as http:
        for i, (at, batch) in enumerate(phone.batches(stage.at(1.5), stage.at(9.5))):
            phone.count(batch)
            _send(http, phone, at, batch)
            if i % LOST_ANSWER_EVERY == 7:
                _send(http, phone, at, batch)
            tick(len(batch["records"]))


def _send(http: httpx.Client, phone: Phone, at: datetime, batch: Batch) -> None:
    """One batch, compressed; the receipts of a repeat must be the ones there are."""
    body = gzip.compress(json.dumps(batch).encode(), compresslevel=1)
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
    phone.take(batch, answer.json()["receipts"])
