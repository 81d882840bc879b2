"""The rehearsal: 200 runs of a night beside SimPy, published hubs, reported rounds.

`python -m bench simulate [TABLE.csv]`: another table of published rows with the same columns.
"""

import os
import sys
import time
from pathlib import Path

import numpy as np

from bench import peers_simulate
from muster.policies import load
from muster.simulate.crowds import called_to, crowd_of
from muster.simulate.published import compare, read, share
from muster.simulate.rehearsal import rehearse
from muster.simulate.replays import replay, replays
from muster.simulate.round import Call, Round, Site, Table, manner_of
from muster.simulate.warm import warm

SHARED = Path(os.environ.get("MUSTER_SHARED", Path(__file__).parents[2] / "shared"))
HUBS = SHARED / "bench" / "hub" / "published_sim_results_test1.csv"
PEOPLE, SITES, RUNS, LIMIT = 8_000, (6, 6, 5), 200, 5.0
HOUSEHOLD, LOAD = 3, 0.85
PEER_RUNS = 2
type Figure = tuple[str, float, str, float | None]


def night() -> Round:
    """8,000 people called to 17 tables at three sites, every ten minutes."""
    manner = manner_of(load("2022-04"))
    sites, calls, number = [], [], 1
    for index, count in enumerate(SITES):
        tables = tuple(Table(number + n, 1, 2) for n in range(count))
        sites.append(Site(f"site {index + 1}", tables))
        number += count
        left = round(PEOPLE * count / sum(SITES))
        size = int(LOAD * count * 10 / max(manner.per_person))
        for slot in range(-(-left // size)):
            people = min(size, left - slot * size)
            calls.append(Call(index, 10.0 * slot, people, max(1, people // HOUSEHOLD), 2.0))
    return Round(tuple(sites), tuple(calls), manner)


def run() -> list[Figure]:
    """(name, figure, unit, limit)."""
    warm()
    return [*_speed(), *_published(), *_reported()]


def _speed() -> list[Figure]:
    round_ = night()
    started = time.perf_counter()
    found = rehearse(round_, RUNS, seed=1)
    ours = time.perf_counter() - started
    random = np.random.default_rng(1)
    started = time.perf_counter()
    for _ in range(PEER_RUNS):
        crowds = [
            crowd_of(called_to(round_, n), round_.manner, random) for n in range(len(round_.sites))
        ]
        peers_simulate.run(round_, crowds)
    theirs = (time.perf_counter() - started) / PEER_RUNS
    what = f"{RUNS} runs of {PEOPLE:,} residents, {sum(SITES)} tables"
    return [
        (what, ours, "s", LIMIT),
        (f"peer: SimPy, one run (of {PEER_RUNS})", theirs, "s", None),
        ("SimPy's time for a run by ours", theirs / (ours / RUNS), "ratio", 1.0),
        ("finish of that night, median", found.finish.median, "min", None),
        ("mean wait of that night, median", found.wait.median, "min", None),
    ]


def _published() -> list[Figure]:
    table = next((Path(word) for word in sys.argv[1:] if word.endswith(".csv")), HUBS)
    if not table.exists():
        print(f"{table.name} is not there: skipped")
        return []
    rows = read(table)
    started = time.perf_counter()
    compared = compare(rows)
    took = time.perf_counter() - started
    queue = 100 * sum(each.queue_agrees for each in compared) / len(rows)
    used = 100 * sum(each.utilisation_agrees for each in compared) / len(rows)
    return [
        (f"{len(rows)} published rows of hubs: both figures agree", 100 * share(compared), "%", 95),
        ("utilisation agrees", used, "%", None),
        ("mean queue agrees", queue, "%", None),
        ("all scenarios, 400 days each", took, "s", None),
    ]


def _reported() -> list[Figure]:
    policy, figures = load("2022-04"), list[Figure]()
    for case in replays():
        found = replay(case, policy)
        kind = "assumption fitted" if case.fitted else "policy's own figures"
        figures += [
            (f"{case.key}: reported, a {case.unit} ({kind})", case.reported, "people/h", None),
            (f"{case.key}: simulated, evenly over the hours", found.simulated, "people/h", None),
            (f"{case.key}: the most that could", found.most, "people/h", None),
        ]
    return figures
