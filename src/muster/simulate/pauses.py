"""When a recorder or a sampler is away: breaks, changes of suit, a table that failed.

Where a table has more samplers than places to swab, they relieve each other and no place is ever
empty. Pauses are staggered over the tables of a site and over those who share a table, so that the
site never stops as a whole.
"""

import numpy as np

from muster.simulate.lanes import Desks
from muster.simulate.queueing import Places
from muster.simulate.round import Manner, Site, Table, Trouble

HOURS = 24
"""Pauses are planned for a day; whoever is still there then works on."""
type Away = list[tuple[float, float]]


def pauses_of(manner: Manner, opens: float, shift: float) -> Away:
    """The pauses of somebody who works from `opens` on; disjoint. `shift` from 0 to 1: the first
    comes earlier by so much of half the time that one may work without."""
    every, suit = manner.pause_every * 60, manner.suit_hours * 60
    found: Away = []
    if suit:
        first = opens + suit * (1 - shift / 2)
        step = suit + manner.suit_minutes
        found += [(t, t + manner.suit_minutes) for t in np.arange(first, opens + HOURS * 60, step)]
    if every:
        first = opens + every * (1 - shift / 2)
        times = np.arange(first, opens + HOURS * 60, every)
        found += [(t, t + manner.pause_minutes) for t in times]
    return merged([(float(a), float(b)) for a, b in found if b > a])


def merged(away: Away) -> Away:
    """The same time away in disjoint pieces, in order."""
    pieces: Away = []
    for start, end in sorted(away):
        if pieces and start <= pieces[-1][1]:
            pieces[-1] = (pieces[-1][0], max(end, pieces[-1][1]))
        else:
            pieces.append((start, end))
    return pieces


def places_of(table: Table, manner: Manner) -> int:
    """How many are swabbed at once at `table`."""
    return min(table.samplers, manner.at_once)


def desks_of(site: Site, manner: Manner, trouble: Trouble) -> Desks:
    """The site's tables for the kernel."""
    failing = dict(trouble.fails)
    lasts = manner.failure_minutes
    fails = [
        (failing[t.number], failing[t.number] + lasts) if t.number in failing else (np.inf, np.inf)
        for t in site.tables
    ]
    recorders: list[list[Away]] = []
    samplers: list[list[Away]] = []
    for index, (table, fail) in enumerate(zip(site.tables, fails, strict=True)):
        out = [fail] if np.isfinite(fail[0]) else []
        count, places = table.recorders, places_of(table, manner)
        turns = [
            pauses_of(manner, table.opens, _shift(index, n, site, count)) for n in range(count)
        ]
        recorders.append([merged(turn + out) for turn in turns])
        turns = [
            pauses_of(manner, table.opens, _shift(index, n, site, places)) for n in range(places)
        ]
        samplers.append([[] if table.samplers > places else turn for turn in turns])
    rows: Away = []
    recorder_at, sampler_at = _laid(recorders, rows), _laid(samplers, rows)
    return Desks(
        recorders=np.array([t.recorders for t in site.tables], dtype=np.int64),
        places=np.array([places_of(t, manner) for t in site.tables], dtype=np.int64),
        opens=np.array([t.opens for t in site.tables], dtype=float),
        fails=np.array(fails, dtype=float),
        pauses=np.array(rows, dtype=float).reshape(-1, 2),
        recorder_at=recorder_at,
        sampler_at=sampler_at,
    )


def _shift(table: int, server: int, site: Site, servers: int) -> float:
    """The place of a server in the order of pauses of a site."""
    return (table + server / servers) / len(site.tables)


def _laid(away: list[list[Away]], rows: Away) -> Places:
    """Append the pauses of each server to `rows`; where each server's begin, and the last's end."""
    at = np.zeros((len(away), 1 + max(map(len, away))), dtype=np.int64)
    for table, servers in enumerate(away):
        for server, pauses in enumerate(servers):
            at[table, server] = len(rows)
            rows += pauses
            at[table, server + 1 :] = len(rows)
    return at


def working(table: Table, manner: Manner, until: float) -> tuple[float, float]:
    """Minutes that `table` is open up to `until`, times its recorders and its places to swab."""
    span = max(0.0, until - table.opens)
    return span * table.recorders, span * places_of(table, manner)
