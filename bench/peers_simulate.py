"""The peer of the rehearsal: the same round as SimPy processes, plainly written.

Everybody goes to the table with fewest people, is registered, swabbed; pauses are left out, which
favours the peer.
"""

from collections.abc import Generator
from typing import Any

import simpy

from muster.simulate.lanes import Crowd
from muster.simulate.round import Round


def run(round_: Round, crowds: list[Crowd]) -> float:
    """One run of `round_` with the people of each site; when the last swab is done, minutes."""
    env = simpy.Environment()
    finished = [0.0]
    for site, crowd in zip(round_.sites, crowds, strict=True):
        desks = [
            (simpy.Resource(env, table.recorders), simpy.Resource(env, 1)) for table in site.tables
        ]
        env.process(_come(env, crowd, desks, finished))
    env.run()
    return finished[0]


def _come(
    env: simpy.Environment, crowd: Crowd, desks: list[Any], finished: list[float]
) -> Generator[Any, Any]:
    present = [0] * len(desks)
    for person, came in enumerate(crowd.came):
        yield env.timeout(max(0.0, came - env.now))
        table = present.index(min(present))
        present[table] += 1
        takes = crowd.register[person], crowd.swab[person]
        env.process(_pass(env, desks[table], takes, (present, table), finished))


def _pass(
    env: simpy.Environment, desk: Any, takes: tuple[float, float], place: tuple[list[int], int],
    finished: list[float],
) -> Generator[Any, Any]:  # fmt: skip
    for station, time in zip(desk, takes, strict=True):
        with station.request() as turn:
            yield turn
            yield env.timeout(time)
    present, table = place
    present[table] -= 1
    finished[0] = max(finished[0], env.now)
