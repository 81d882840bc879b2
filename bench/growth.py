"""The endpoint while the log grows, what a million records take, and a city's coverage.

`python -m bench growth` fills one and ten million records beside the round that is measured;
`--large` fifty. Old rounds are written straight into the log: only the round at hand is sent over
HTTP. A community's own page is in `bench pages`.
"""

import sys
from statistics import median
from typing import Any

import psycopg

from bench import stand
from bench.load import fire
from bench.sync import CONNECTIONS, bodies, enrol, population, warm

STEPS = (1, 10)
LARGE = (1, 10, 50)
MILLION = 1_000_000
STEP = MILLION
"""Records that a step's number stands for."""
BATCHES, SIZE, TURNS = 300, 10, 3
ROUND = 8_000
"""Records of an old round."""
ROLLS = 600
"""Communities of the district that had old rounds."""
COMMUNITIES, ROUNDS = 2_300, 10
RESIDENTS = 5_000_000
PAGES = 25
type Figure = tuple[str, float, str, float | None]

OLD = """
WITH round AS (
    SELECT gen_random_uuid() AS id, gen_random_uuid() AS at_table, c,
           {district} * 1000000::bigint + c * 1000 + 1 AS area,
           now() - interval '30 days' + k * interval '1 minute' AS at
    FROM (SELECT k, (k + {offset}) % {communities} AS c FROM generate_series(1, {rounds}) k) made
), old AS (
    INSERT INTO screening_specimen (district, id, area, round, person, tube, "table", device,
                                    taken_at, received_at, state, code, settled_by)
    SELECT {district}, uuidv7(r.at - now()), r.area, r.id, md5(c || '-' || n)::uuid,
           'OL' || lpad((n / 10)::text, 10, '0'), r.at_table, r.at_table, r.at, r.at,
           'accepted', '', ''
    FROM round r, generate_series(1, {each}) n
    RETURNING district, round, person, area, id, "table", received_at
)
INSERT INTO screening_sampled (district, round, person, area, specimen, "table", at)
SELECT * FROM old
"""
"""Old rounds, as they lie there: each community's residents again and again."""


def run() -> list[Figure]:
    """Records a second after each million, storage, the city's page."""
    stage = stand.city()
    steps = LARGE if "--large" in sys.argv else STEPS
    people = population(stage.community, BATCHES * SIZE * TURNS * (len(steps) + 1))
    tokens = enrol(stage)
    rates: list[float] = []
    figures: list[Figure] = []
    with stand.server():
        warm(tokens)
        rates.append(_rate(tokens, people, 0))
        for n, millions in enumerate(steps, 1):
            _fill(stage.community, millions)
            rates.append(_rate(tokens, people, n))
            name = f"one tube a request, {millions} million in the log"
            figures.append((name, rates[-1], "records/s", None))
            figures.append((f"{name}: of the empty log's", rates[-1] / rates[0], "ratio", 0.8))
    figures.append(("storage of a million records with first samples", _storage(), "MB", None))
    with stand.server() as url:
        figures += _city(stage, url)
    return figures


def _owner() -> psycopg.Connection:
    from muster.project import env
    from muster.project.postgres import connections

    return psycopg.connect(connections(env.read()).owner, autocommit=True)


def _fill(area: int, millions: int) -> None:
    """Old rounds until the log holds so many millions."""
    with _owner() as owner:
        row = owner.execute("SELECT count(*) FROM screening_specimen").fetchone()
        missing = millions * STEP - (row[0] if row else 0)
        while missing > 0:
            rounds = max(1, min(missing, MILLION) // ROUND)
            owner.execute(
                OLD.format(
                    district=area // MILLION,
                    offset=missing // ROUND,
                    communities=ROLLS,
                    rounds=rounds,
                    each=ROUND,
                )
            )
            missing -= rounds * ROUND
        owner.execute("VACUUM ANALYZE screening_specimen, screening_sampled")


def _rate(tokens: list[str], people: list[Any], step: int) -> float:
    """Records a second over HTTP: the middle of some turns."""
    rates = []
    for turn in range(TURNS):
        first = (step * TURNS + turn) * BATCHES * SIZE
        share = people[first : first + BATCHES * SIZE]
        sent = bodies("records", share, SIZE, tokens, f"growth-{step}-{turn}")
        outcome = fire(stand.PORT, sent, connections=CONNECTIONS)
        if set(outcome.statuses) != {200}:
            raise RuntimeError(set(outcome.statuses))
        rates.append(BATCHES * SIZE / outcome.wall)
    return median(rates)


def _storage() -> float:
    """MB a million records, indexes included."""
    with _owner() as owner:
        row = owner.execute(
            """SELECT sum(pg_total_relation_size(c.oid)),
                      (SELECT count(*) FROM screening_specimen)
               FROM pg_class c WHERE c.relispartition AND c.relkind = 'r'
                    AND (c.relname LIKE 'screening_specimen%'
                         OR c.relname LIKE 'screening_sampled%')"""
        ).fetchone()
    assert row is not None
    return float(row[0]) / row[1] * MILLION / 1e6


def _city(stage: Any, url: str) -> list[Figure]:
    """The coverage page of five million residents with ten rounds in each community."""
    import httpx

    from bench.pages import enter, measure

    with _owner() as owner:
        opened = owner.execute(
            """INSERT INTO screening_round (id, area, number, title, policy, places, tube_size,
                                            starts_at, ends_at, made_by)
               SELECT gen_random_uuid(), p.code, 1000 + n, 'x', '2022-04', '{}', 10,
                      now() - n * interval '1 day', now(), 'bench'
               FROM (SELECT code FROM communities_place WHERE kind = 'community'
                     ORDER BY code LIMIT %(communities)s) p, generate_series(1, %(rounds)s) n""",
            {"communities": COMMUNITIES, "rounds": ROUNDS},
        ).rowcount
        owner.execute(
            """INSERT INTO screening_tally (round_id, area, starts_at, residents, tested, exempt,
                   refused, away, home_visit, missing, tubes, samples, as_of)
               SELECT r.id, r.area, r.starts_at, %(residents)s, 2000, 10, 1, 20, 5, 138, 210, 2010,
                      now()
               FROM screening_round r WHERE r.number > 1000""",
            {"residents": ROUNDS * RESIDENTS // opened},
        )
        count = owner.execute("SELECT count(*) FROM screening_tally").fetchone()
        owner.execute("ANALYZE screening_tally")
    with httpx.Client(base_url=url, follow_redirects=True, timeout=60) as browser:
        enter(browser, "headquarters")
        took, queries = measure(browser, "/coverage/")
    return [
        ("coverage of the city: rounds added up", float(count[0] if count else 0), "rounds", None),
        ("coverage of the city, five million residents: p95", took, "ms", 300),
        ("the same: queries", float(queries), "queries", None),
    ]
