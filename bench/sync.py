"""The sync endpoint beside its bare limit: the same bodies, the same server, in turns."""

import json
from datetime import UTC, datetime
from statistics import median
from uuid import UUID

from bench import stand
from bench.load import fire, request

CONNECTIONS = 16
TURNS = 3
BATCHES = ((10, 500), (200, 40))
"""Records of a batch, and batches of a turn."""
PEOPLE, IN_TURNS = 80_000, 60_000
"""Residents, and how many of them the turns share; the others are for the steady part."""
PER_SECOND, STEADY = 63.0, 1_890
PEERS = (
    ("DHIS2 Tracker, batched, 4 + 4 CPU", 5_000.0),
    ("ODK Central's gate, submissions", 50.0),
)
"""docs.dhis2.org and getodk/central-backend, test/e2e/soak: other machines, other forms."""


def run() -> list[tuple[str, float, str, float | None]]:
    """Records a second in batches of one tube and in backlog batches of 200."""
    stage = stand.city()
    people = population(stage.community, PEOPLE)
    tokens = enrol(stage)
    rows: list[tuple[str, float, str, float | None]] = []
    with stand.server():
        warm(tokens)
        used = 0
        for size, batches in BATCHES:
            ours: list[float] = []
            bare: list[float] = []
            for turn in range(TURNS):
                share = people[used : used + size * batches]
                used = (used + size * batches) % (IN_TURNS - size * batches)
                for path, rates in (("bare", bare), ("records", ours)):
                    batch = bodies(path, share, size, tokens, f"{size}-{turn}-{used}")
                    outcome = fire(stand.PORT, batch, connections=CONNECTIONS)
                    if set(outcome.statuses) != {200}:
                        raise RuntimeError(f"{path}: {set(outcome.statuses)}")
                    rates.append(size * batches / outcome.wall)
            name = "one tube (10)" if size == 10 else "backlog (200)"
            rows.append((f"sync, {name}", median(ours), "records/s", None))
            rows.append((f"bare limit, {name}", median(bare), "records/s", None))
            rows.append(
                (f"sync of the bare limit, {name}", median(ours) / median(bare), "ratio", 0.5)
            )
        rows += _steady(tokens, people[IN_TURNS : IN_TURNS + STEADY * 10])
    rows += [(f"peer, as published: {name}", rate, "records/s", None) for name, rate in PEERS]
    return rows


def _steady(tokens: list[str], people: list[UUID]) -> list[tuple[str, float, str, float | None]]:
    """A city of 5.3 million at three times its mean: 63 tubes a second for half a minute."""
    sent = bodies("records", people, 10, tokens, f"steady-{len(people)}")
    outcome = fire(stand.PORT, sent, connections=CONNECTIONS * 2, per_second=PER_SECOND)
    if set(outcome.statuses) != {200}:
        raise RuntimeError(f"steady: {set(outcome.statuses)}")
    name = f"{PER_SECOND * 10:.0f} records/s, one tube a request"
    return [
        (f"{name}: p99", outcome.quantile(0.99) * 1000, "ms", 250),
        (f"{name}: median", outcome.quantile(0.5) * 1000, "ms", None),
    ]


def population(area: int, count: int) -> list[UUID]:
    """More residents than a community has, so that nobody is recorded twice."""
    import psycopg

    from muster.project import env
    from muster.project.postgres import connections

    with psycopg.connect(connections(env.read()).owner) as owner:
        rows = owner.execute(
            """INSERT INTO people_person (id, area, name, pinyin, initials, id_type, id_tail,
                   skills, roles, unavailable, registered_address, remarks, source, created_at)
               SELECT gen_random_uuid(), %s, 'x' || i, '', '', 'none', '', '{}', '{}', '', '', '',
                      'bench', now() FROM generate_series(1, %s) i RETURNING id""",
            [area, count],
        ).fetchall()
        owner.execute("ANALYZE people_person")
    return [row[0] for row in rows]


def enrol(stage: object) -> list[str]:
    from muster.apps.audit.actions import act_as
    from muster.apps.screening.actions import enrol_device
    from muster.apps.screening.queries.rounds import tables_of

    with act_as(stage.actors["secretary"]):
        return [enrol_device(table=t.id, label="bench", hours=9)[1] for t in tables_of(stage.round)]


def bodies(path: str, people: list[UUID], size: int, tokens: list[str], mark: str) -> list[bytes]:
    from muster.kernel.ids import new_id

    at = datetime.now(UTC).isoformat()
    bodies = []
    for n, first in enumerate(range(0, len(people), size)):
        records = [
            {"id": str(new_id()), "tube": _tube(mark, path, n, i // 10), "person": str(p),
             "taken_at": at}
            for i, p in enumerate(people[first : first + size])
        ]  # fmt: skip
        headers = {
            "Authorization": f"Device {tokens[n % len(tokens)]}",
            "Content-Type": "application/json",
        }
        body = json.dumps({"records": records}).encode()
        bodies.append(request("POST", f"/api/sync/{path}", headers, body))
    return bodies


def _tube(mark: str, path: str, batch: int, part: int) -> str:
    """A tube of its own for every ten people: two letters, ten digits."""
    return f"BB{hash((mark, path, batch, part)) % 10**10:010d}"


def warm(tokens: list[str]) -> None:
    """Every server process has imported and connected before anything is measured."""
    empty = json.dumps({"records": []}).encode()
    for path in ("bare", "records"):
        headers = {"Authorization": f"Device {tokens[0]}"}
        warm = [request("POST", f"/api/sync/{path}", headers, empty)] * 60
        fire(stand.PORT, warm, connections=CONNECTIONS)
