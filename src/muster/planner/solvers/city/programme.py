"""The best week of one person at given prices: a dynamic programme over his candidates.

A candidate is a (slot, line) with its net value; candidates come sorted by slot. Staying on a line
costs no change, so that what went before on the same line is kept apart from the best of all.

First the *free* week, which knows nothing of nights in a row: ``free[k, c]`` is the best that ends
with candidate c as its k-th shift. Mostly it breaks no rule, and then it is the best week.
Otherwise ``value[c, k, r]`` with r nights in a row up to the latest night that has begun (0 if that
one was free), where `before` links the candidates of the same line.
"""

from typing import NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.planner.solvers.city.tables import NEVER, Ints, Small, Week


class Choice(NamedTuple):
    """The candidates of one person, (n,) each."""

    slot: Small
    local: Small
    """The line, by any small number of its own."""
    worth: Ints
    before: Small


class Work(NamedTuple):
    """Tables of the programme. `free` (shifts + 1, n); `stay` (shifts + 1, lines) the best that
    ends on a line, `last` (lines,) its last candidate, `top` (shifts + 1,) the best on any line.
    Every `*_from` says from which state: candidate * (nights + 1) + r, or -1."""

    free: Ints
    stay: Ints
    last: Small
    top: Ints
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
        np.empty(size, np.int32),
    )  # fmt: skip


@compiled
def work(week: Week, size: int, lines: int) -> Work:
    """Tables for `size` candidates on `lines` lines."""
    k, r, t = week.shifts + 1, week.nights + 1, week.slots
    return Work(
        np.empty((k, size), np.int64), np.full((k, lines), NEVER, np.int64),
        np.full(lines, -1, np.int32), np.empty(k, np.int64),
        np.empty((size, k, r), np.int64), np.empty((size, k, r), np.int32),
        np.empty((t, k), np.int64), np.empty((t, k), np.int32),
        np.empty((t, k, r), np.int64), np.empty((t, k, r), np.int32),
        np.empty((k, r), np.int64), np.empty((k, r), np.int32),
    )  # fmt: skip


@compiled
def for_person(week: Week, most: int) -> Week:
    """`week` for somebody who serves `most` shifts, no more than anybody may."""
    return Week(
        week.slots, week.roles, week.rest, week.day, most, week.nights, week.change, week.load,
        week.least,
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
def _link(who: Choice, w: Work, n: int) -> None:
    """Link the candidates of each line."""
    for c in range(n):
        who.before[c] = w.last[who.local[c]]
        w.last[who.local[c]] = c
    for c in range(n):
        w.last[who.local[c]] = -1


@compiled
def _strict_week(week: Week, w: Work, who: Choice, n: int, out: Small) -> int:
    """The best week with few enough nights in a row."""
    _link(who, w, n)
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


class _Free(NamedTuple):
    """What the free week is found with: few arrays, because it is handed over slot by slot."""

    free: Ints
    stay: Ints
    local: Small
    worth: Ints
    upto: Ints


@compiled
def _release(f: _Free, first: int, end: int) -> None:
    """Candidates `first` to `end` have been rested from: what ends with them may go on."""
    for k in range(1, len(f.upto) - 1):
        best = f.upto[k]
        for q in range(first, end):
            value = f.free[k, q]
            best = max(best, value)
            f.stay[k, f.local[q]] = max(f.stay[k, f.local[q]], value)
        f.upto[k] = best


@compiled
def _extend(f: _Free, change: int, first: int, end: int) -> None:
    """The free weeks that end with each of the candidates `first` to `end`."""
    for q in range(first, end):
        f.free[1, q] = f.worth[q]
    for k in range(2, len(f.upto)):
        entry = f.upto[k - 1] - change
        for q in range(first, end):
            f.free[k, q] = max(entry, f.stay[k - 1, f.local[q]]) + f.worth[q]


@compiled
def _fill(week: Week, w: Work, who: Choice, n: int) -> None:
    """``w.free`` of the first `n` candidates."""
    f = _Free(w.free, w.stay, who.local, who.worth, w.top[: week.shifts + 1])
    f.upto[:] = NEVER
    slot, rest, change = who.slot, week.rest, week.change
    c, released = 0, 0
    while c < n:
        t, end = slot[c], c
        while end < n and slot[end] == t:
            end += 1
        rested = released
        while slot[rested] < t - rest:
            rested += 1
        _release(f, released, rested)
        _extend(f, change, c, end)
        c, released = end, rested
    for k in range(1, week.shifts):
        for q in range(released):
            f.stay[k, f.local[q]] = NEVER


@compiled
def _previous(week: Week, w: Work, who: Choice, c: int, k: int) -> int:
    """The candidate before `c`, the k-th of its free week."""
    value = w.free[k, c] - who.worth[c]
    q = 0
    while True:
        if who.slot[q] < who.slot[c] - week.rest:
            same = who.local[q] == who.local[c]
            if w.free[k - 1, q] - (0 if same else week.change) == value:
                return q
        q += 1


@compiled
def _too_many_nights(week: Week, who: Choice, out: Small) -> bool:
    run, last = 0, -1
    for c in out:
        if c < 0:
            break
        day, kind = who.slot[c] // week.day, who.slot[c] % week.day
        if kind == 0:
            run = run + 1 if day == last - 1 else 1
            last = day
            if run > week.nights:
                return True
    return False


@compiled
def best_week(week: Week, w: Work, who: Choice, n: int, out: Small) -> int:
    """The best week over the first `n` candidates of `who`; nothing at all costs the load of no
    shift.

    Args:
        out: (shifts,) filled with the candidates of the week, last one first, then -1.

    Returns:
        its value: worth of its shifts less changes and load, in whole units.
    """
    _fill(week, w, who, n)
    best, at, k = -week.load[0], -1, 0
    for each in range(1, week.shifts + 1):
        row, load = w.free[each], week.load[each]
        for c in range(n):
            if row[c] - load > best:
                best, at, k = row[c] - load, c, each
    out[:] = -1
    for j in range(k):
        out[j] = at
        if k - j > 1:
            at = _previous(week, w, who, at, k - j)
    if _too_many_nights(week, who, out):
        return int(_strict_week(week, w, who, n, out))
    return int(best)
