"""First come, first served at stations with several servers: the kernel everything here runs on.

A station is a line and `c` servers. Who arrives is served by the server who is free first; a
server who is away (a break, a change of suit, a power cut) begins nobody until back, and finishes
whoever was begun before. Under that rule each start follows from the starts before it, so no
calendar of events is needed: one pass over the arrivals is exact. SimPy is the reference the pass
is held against in the tests.
"""

from typing import Any

import numpy as np

from muster.kernel.compiling import compiled

type Times = np.ndarray[Any, np.dtype[np.float64]]
type Places = np.ndarray[Any, np.dtype[np.int64]]


@compiled
def back_at(time: float, away: Times) -> float:
    """The first moment from `time` on outside of `away`, rows of (from, until) in order of time."""
    for line in range(len(away)):
        if away[line, 0] <= time < away[line, 1]:
            time = away[line, 1]
    return time


@compiled
def starts_of(
    arrivals: Times, services: Times, servers: int, away: Times, away_of: Places
) -> Times:
    """When each is begun; `arrivals` ascending, `away[away_of[s]:away_of[s + 1]]` of server `s`."""
    free = np.zeros(servers)
    starts = np.empty(len(arrivals))
    for person in range(len(arrivals)):
        best, at = 0, np.inf
        for server in range(servers):
            came = max(free[server], arrivals[person])
            when = back_at(came, away[away_of[server] : away_of[server + 1]])
            if when < at:
                best, at = server, when
        starts[person] = at
        free[best] = at + services[person]
    return starts


def serve(
    arrivals: Times,
    services: Times,
    servers: int,
    away: list[list[tuple[float, float]]] | None = None,
) -> Times:
    """When each is begun at a station of `servers`.

    Args:
        arrivals: any order; equal times are served in the order given.
        services: how long each takes, same unit.
        servers: at least 1.
        away: for each server the (from, until) in which nobody is begun; disjoint.

    Raises:
        ValueError: no server, or arrays of different length.
    """
    if servers < 1 or len(arrivals) != len(services):
        raise ValueError("a station needs a server and one service time for each arrival")
    order = np.argsort(arrivals, kind="stable")
    table, first = _table(away or [[] for _ in range(servers)])
    starts = np.empty(len(arrivals))
    starts[order] = starts_of(arrivals[order], services[order], servers, table, first)
    return starts


def _table(away: list[list[tuple[float, float]]]) -> tuple[Times, Places]:
    rows = [row for mine in away for row in sorted(mine)]
    first = np.cumsum([0, *(len(mine) for mine in away)]).astype(np.int64)
    return np.array(rows, dtype=float).reshape(-1, 2), first


def people_waiting(line: Places, came: Times, left: Times, at: Times, lines: int) -> Places:
    """How many stand in each of `lines` lines at each moment of `at` (ascending), (lines, moments).

    Person by person: the `line` stood in, when they `came` to it and `left` it.
    """
    width = len(at) + 1
    size = lines * width
    joined = np.bincount(line * width + np.searchsorted(at, came), minlength=size)
    gone = np.bincount(line * width + np.searchsorted(at, left), minlength=size)
    waiting: Places = (joined - gone).reshape(lines, width).cumsum(axis=1)[:, :-1]
    return waiting
