"""The best week of one person at given prices: a dynamic programme over his candidates.

A candidate is a (slot, line) with its net value; candidates come sorted by slot, and `before` links
those of the same line. ``value[c, k, r]`` is the best week that ends with candidate c as its k-th
shift, with r nights in a row up to the latest night that has begun (0 if that one was free).
Staying on a line costs no change, so that only the candidates of the same line need be looked at
one by one; for all others the best of every earlier slot is enough.
"""

from typing import NamedTuple

import numpy as np

from muster.planner.solvers.city.tables import NEVER, Ints, Small, Week
from muster.planner.solvers.compiling import compiled


class Choice(NamedTuple):
    """The candidates of one person, (n,) each."""

    slot: Small
    line: Small
    worth: Ints
    before: Small
    lonely: Small


class Work(NamedTuple):
    """Tables of the programme. Every `*_from` says from which state:
    candidate * (nights + 1) + r, or -1."""

    value: Ints
    value_from: Small
    upto: Ints
    upto_from: Small
    at: Ints
    at_from: Small
    entry: Ints
    entry_from: Small


@compiled
def choice(size: int) -> Choice:
    """Room for `size` candidates."""
    return Choice(
        np.empty(size, np.int32), np.empty(size, np.int32), np.empty(size, np.int64),
        np.empty(size, np.int32), np.empty(size, np.int32),
    )  # fmt: skip


@compiled
def work(week: Week, size: int) -> Work:
    """Tables for `size` candidates."""
    k, r, t = week.shifts + 1, week.nights + 1, week.slots
    return Work(
        np.empty((size, k, r), np.int64), np.empty((size, k, r), np.int32),
        np.empty((t, k), np.int64), np.empty((t, k), np.int32),
        np.empty((t, k, r), np.int64), np.empty((t, k, r), np.int32),
        np.empty((k, r), np.int64), np.empty((k, r), np.int32),
    )  # fmt: skip


@compiled
def _free_before(week: Week, t: int) -> int:
    """The last slot whose shifts lead to slot `t` without a look at nights in a row: the night
    before that of `t` is over by then, or `t` is a night and the one before has not begun."""
    night = t - t % week.day
    return min(t - week.rest - 1, night - 1 - (week.day if t == night else 0))


@compiled
def _alone(week: Week, t: int) -> int:
    """Nights in a row with slot `t` when no night right before it was served."""
    return 1 if t % week.day == 0 else 0


@compiled
def _enter(week: Week, w: Work, t: int) -> None:
    """What a week may be worth before a shift in slot `t` on another line than before."""
    w.entry[:, :] = NEVER
    w.entry_from[:, :] = -1
    alone = _alone(week, t)
    if alone > week.nights:
        return
    w.entry[1, alone] = 0
    free = _free_before(week, t)
    if free >= 0:
        for k in range(2, week.shifts + 1):
            v = w.upto[free, k - 1] - week.change
            if v > w.entry[k, alone]:
                w.entry[k, alone] = v
                w.entry_from[k, alone] = w.upto_from[free, k - 1]
    for s in range(max(free + 1, 0), t - week.rest):
        _enter_from(week, w, s, alone)


@compiled
def _enter_from(week: Week, w: Work, s: int, more: int) -> None:
    """The same from slot `s` alone, by day after its night or, with one `more`, the next night."""
    for k in range(2, week.shifts + 1):
        for r in range(week.nights + 1 - more):
            v = w.at[s, k - 1, r] - week.change
            if v > w.entry[k, r + more]:
                w.entry[k, r + more] = v
                w.entry_from[k, r + more] = w.at_from[s, k - 1, r]


@compiled
def _stay(week: Week, w: Work, who: Choice, q: int, c: int) -> None:
    """Candidate `c` straight after candidate `q` of the same line."""
    s, t, worth = who.slot[q], who.slot[c], who.worth[c]
    if s > t - week.rest - 1:
        return
    alone = _alone(week, t)
    follows = s > _free_before(week, t)
    for k in range(2, week.shifts + 1):
        for r in range(week.nights + 1):
            to = r + alone if follows else alone
            v = w.value[q, k - 1, r] + worth
            if to <= week.nights and v > w.value[c, k, to]:
                w.value[c, k, to] = v
                w.value_from[c, k, to] = q * (week.nights + 1) + r


@compiled
def _take(week: Week, w: Work, who: Choice, c: int, t: int) -> None:
    """All weeks that end with candidate `c`, and the best of them into the slot's table."""
    for k in range(week.shifts + 1):
        for r in range(week.nights + 1):
            w.value[c, k, r] = w.entry[k, r] + who.worth[c]
            w.value_from[c, k, r] = w.entry_from[k, r]
    q = who.before[c]
    while q >= 0:
        _stay(week, w, who, q, c)
        q = who.before[q]
    for k in range(1, week.shifts + 1):
        for r in range(week.nights + 1):
            if w.value[c, k, r] > w.at[t, k, r]:
                w.at[t, k, r] = w.value[c, k, r]
                w.at_from[t, k, r] = c * (week.nights + 1) + r


@compiled
def _open(week: Week, w: Work, t: int) -> None:
    """Slot `t` begins with what was best up to the slot before."""
    w.at[t, :, :] = NEVER
    if t == 0:
        w.upto[t, :] = NEVER
        w.upto_from[t, :] = -1
    else:
        w.upto[t, :] = w.upto[t - 1, :]
        w.upto_from[t, :] = w.upto_from[t - 1, :]


@compiled
def _close(week: Week, w: Work, t: int) -> None:
    for k in range(1, week.shifts + 1):
        for r in range(week.nights + 1):
            if w.at[t, k, r] > w.upto[t, k]:
                w.upto[t, k] = w.at[t, k, r]
                w.upto_from[t, k] = w.at_from[t, k, r]


@compiled
def best_week(week: Week, w: Work, who: Choice, n: int, out: Small) -> int:
    """The best week over the first `n` candidates of `who`; nothing at all costs the load of no
    shift.

    Args:
        out: (shifts,) filled with the candidates of the week, last one first, then -1.

    Returns:
        its value: worth of its shifts less changes and load, in whole units.
    """
    c = 0
    for t in range(week.slots):
        _open(week, w, t)
        if c < n and who.slot[c] == t:
            _enter(week, w, t)
            while c < n and who.slot[c] == t:
                _take(week, w, who, c, t)
                c += 1
            _close(week, w, t)
    best, code, k = -week.load[0], -1, 0
    last = week.slots - 1
    for each in range(1, week.shifts + 1):
        if w.upto[last, each] - week.load[each] > best:
            best, code, k = w.upto[last, each] - week.load[each], w.upto_from[last, each], each
    for j in range(out.shape[0]):
        out[j] = -1
        if code >= 0:
            out[j] = code // (week.nights + 1)
            code = w.value_from[out[j], k, code % (week.nights + 1)]
            k -= 1
    return int(best)
