"""The best week of one person at given prices: a dynamic programme over his candidates.

A candidate is a (slot, line) with its net value; candidates come sorted by slot, and `before` links
those of the same line. ``value[c, k, r]`` is the best week that ends with candidate c as its k-th
shift, r + 1 nights in a row (r = 0 also after a day shift). Staying on a line costs no change, so
that only the candidates of the same line need be looked at one by one; for all others the best
of every earlier slot is enough.
"""

from typing import NamedTuple

import numpy as np

from muster.planner.solvers.city.tables import NEVER, Ints, Small, Week, compiled

CANDIDATES = 4096


class Choice(NamedTuple):
    """The candidates of one person, (n,) each."""

    slot: Small
    line: Small
    worth: Ints
    before: Small
    lonely: Small


class Work(NamedTuple):
    """Tables of the programme. Every `*_from` says from which state (candidate * nights + r)."""

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
    k, r, t = week.shifts + 1, week.nights, week.slots
    return Work(
        np.empty((size, k, r), np.int64), np.empty((size, k, r), np.int32),
        np.empty((t, k), np.int64), np.empty((t, k), np.int32),
        np.empty((t, k, r), np.int64), np.empty((t, k, r), np.int32),
        np.empty((k, r), np.int64), np.empty((k, r), np.int32),
    )  # fmt: skip


@compiled
def _free_before(week: Week, t: int) -> int:
    """The last slot whose shifts lead to slot `t` without a look at nights in a row."""
    last = t - week.rest - 1
    return min(last, t - week.day - 1) if t % week.day == 0 else last


@compiled
def _enter(week: Week, w: Work, t: int) -> None:
    """What a week may be worth before a shift in slot `t` on another line than before."""
    w.entry[:, :] = NEVER
    w.entry_from[:, :] = -1
    w.entry[1, 0] = 0
    free = _free_before(week, t)
    if free >= 0:
        for k in range(2, week.shifts + 1):
            v = w.upto[free, k - 1] - week.change
            if v > w.entry[k, 0]:
                w.entry[k, 0] = v
                w.entry_from[k, 0] = w.upto_from[free, k - 1]
    for s in range(max(free + 1, 0), t - week.rest):
        _enter_from(week, w, s, 1 if s == t - week.day else 0)


@compiled
def _enter_from(week: Week, w: Work, s: int, more: int) -> None:
    """The same from slot `s` alone; `more` = 1 if the two make nights in a row."""
    for k in range(2, week.shifts + 1):
        for r in range(week.nights):
            to = r + 1 if more else 0
            v = w.at[s, k - 1, r] - week.change
            if to < week.nights and v > w.entry[k, to]:
                w.entry[k, to] = v
                w.entry_from[k, to] = w.at_from[s, k - 1, r]


@compiled
def _stay(week: Week, w: Work, who: Choice, q: int, c: int) -> None:
    """Candidate `c` straight after candidate `q` of the same line."""
    s, t, worth = who.slot[q], who.slot[c], who.worth[c]
    if s > t - week.rest - 1:
        return
    more = 1 if t % week.day == 0 and s == t - week.day else 0
    for k in range(2, week.shifts + 1):
        for r in range(week.nights):
            to = r + 1 if more else 0
            v = w.value[q, k - 1, r] + worth
            if to < week.nights and v > w.value[c, k, to]:
                w.value[c, k, to] = v
                w.value_from[c, k, to] = q * week.nights + r


@compiled
def _take(week: Week, w: Work, who: Choice, c: int, t: int) -> None:
    """All weeks that end with candidate `c`, and the best of them into the slot's table."""
    worth = who.worth[c]
    for k in range(week.shifts + 1):
        for r in range(week.nights):
            w.value[c, k, r] = w.entry[k, r] + worth
            w.value_from[c, k, r] = w.entry_from[k, r]
    q = who.before[c]
    while q >= 0:
        _stay(week, w, who, q, c)
        q = who.before[q]
    for k in range(1, week.shifts + 1):
        for r in range(week.nights):
            if w.value[c, k, r] > w.at[t, k, r]:
                w.at[t, k, r] = w.value[c, k, r]
                w.at_from[t, k, r] = c * week.nights + r


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
        for r in range(week.nights):
            if w.at[t, k, r] > w.upto[t, k]:
                w.upto[t, k] = w.at[t, k, r]
                w.upto_from[t, k] = w.at_from[t, k, r]


@compiled
def best_week(week: Week, w: Work, who: Choice, n: int, out: Small) -> int:
    """The best week over the first `n` candidates of `who`; nothing at all is worth 0.

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
    best, code, k = 0, -1, 0
    last = week.slots - 1
    for each in range(1, week.shifts + 1):
        if w.upto[last, each] - week.load[each] > best:
            best, code, k = w.upto[last, each] - week.load[each], w.upto_from[last, each], each
    for j in range(out.shape[0]):
        out[j] = -1
        if code >= 0:
            out[j] = code // week.nights
            code = w.value_from[out[j], k, code % week.nights]
            k -= 1
    return best
