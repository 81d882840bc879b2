"""The compiled heart of a testing round: one site, its tables, everybody who comes.

At each table there is a line, the recorders, a second line, and the samplers. Who comes goes with
the household to the table where the wait looks shortest, is registered in the order of coming and
swabbed in the order of registration. A table that fails sends its waiting people to the others and
finishes who was registered. As in `queueing`, starts follow from the starts before them: the
samplers' pass runs behind the recorders', up to the moment that somebody looks for a table.

State is kept in few arrays, because handing an array over costs as much as using it.
"""

from typing import Any, NamedTuple

import numpy as np

from muster.kernel.compiling import compiled
from muster.simulate.queueing import Places, Times, back_at

type Numbers = np.ndarray[Any, np.dtype[np.int64]]

MOVE_MINUTES = 1.0
"""From a table that failed to the end of another line."""
REGISTER, REGISTERED, SWAB, SWABBED = 0, 1, 2, 3
"""Columns of the answer: when each was begun and ended, minutes."""
# Columns of a table's counts.
JOINED, DONE, TAKEN, SWABS, BEGUN, LEAVING, IN_TUBE, HOUSEHOLD, IN_OWN, TUBES, COUNTS = range(11)


class Crowd(NamedTuple):
    """Everybody who comes to a site, in order of coming; `register` and `swab` in minutes. `alone`
    where a tube is one household's."""

    came: Times
    household: Places
    alone: Places
    register: Times
    swab: Times


class Desks(NamedTuple):
    """A site's tables: how many `recorders` and `places` to swab, from when they are open, when
    they fail (from, until). The pauses of recorder `s` of table `t` are the rows from
    `recorder_at[t, s]` to `recorder_at[t, s + 1]` of `pauses`; the samplers' likewise."""

    recorders: Places
    places: Places
    opens: Times
    fails: Times
    pauses: Times
    recorder_at: Places
    sampler_at: Places


class Rules(NamedTuple):
    """What opening and closing a tube of `tube_size` takes, the rain and its factor, and how long
    one person takes at a table: what people in a line reckon with. Minutes."""

    tube_size: int
    tube_open: float
    tube_close: float
    rain_from: float
    rain_until: float
    rain_factor: float
    pace: float


class Moves(NamedTuple):
    """Who changes tables, and when they come to the next."""

    who: Places
    at: Times


class State(NamedTuple):
    """What is known while people come: for each table when servers are free, its counts, who was
    registered in which order, the starts of swabs; for each person the moments and the table."""

    recorder_free: Times
    sampler_free: Times
    counts: Numbers
    done: Numbers
    begun: Times
    passed: Times
    where: Places
    rain: Times


@compiled
def first_free(
    free: Times, servers: int, time: float, pauses: Times, at: Places
) -> tuple[int, float]:
    """The server who can first begin somebody who is there at `time`, and when."""
    best, when = 0, np.inf
    for server in range(servers):
        came = max(time, free[server])
        start = back_at(came, pauses[at[server] : at[server + 1]])
        if start < when:
            best, when = server, start
    return best, when


@compiled
def rained(start: float, rain: Times) -> float:
    """By what the work begun at `start` takes longer in the `rain` (from, until, factor)."""
    return float(rain[2]) if rain[0] <= start < rain[1] else 1.0


@compiled
def swab_until(table: int, time: float, crowd: Crowd, desks: Desks, state: State) -> None:
    """Give a sampler of `table` to everybody who was registered there by `time`."""
    count, done, passed = state.counts[table], state.done[table], state.passed
    while count[TAKEN] < count[DONE]:
        person = done[count[TAKEN]]
        ready = passed[person, REGISTERED]
        if ready > time:
            return
        who, start = first_free(
            state.sampler_free[table], desks.places[table], ready, desks.pauses,
            desks.sampler_at[table],
        )  # fmt: skip
        until = start + crowd.swab[person] * rained(start, state.rain)
        passed[person, SWAB], passed[person, SWABBED] = start, until
        state.sampler_free[table, who] = until
        state.begun[table, count[SWABS]] = start
        count[SWABS] += 1
        count[TAKEN] += 1


@compiled
def present(time: float, count: Numbers, begun: Times, failed_at: float) -> int:
    """Who is at a table at `time` and not yet swabbed; everything up to then is decided."""
    while count[BEGUN] < count[SWABS] and begun[count[BEGUN]] <= time:
        count[BEGUN] += 1
    leaving = count[LEAVING] if time < failed_at else 0
    return int(count[JOINED] - count[BEGUN] + leaving)


@compiled
def enter_tube(count: Numbers, household: int, alone: bool, size: int) -> tuple[bool, bool]:
    """Put one more person in a tube of a table: whether a tube is opened, and one closed."""
    if alone:
        opened = count[HOUSEHOLD] != household or count[IN_OWN] >= size
        if opened:
            count[HOUSEHOLD], count[IN_OWN] = household, 0
            count[TUBES] += 1
        count[IN_OWN] += 1
        return opened, opened
    opened = count[IN_TUBE] == 0
    count[TUBES] += opened
    count[IN_TUBE] = (count[IN_TUBE] + 1) % size
    return opened, count[IN_TUBE] == 0


@compiled
def enter_sorted(done: Numbers, count: Numbers, person: int, passed: Times) -> None:
    """Queue `person` for the samplers by the end of registration; later ones stand behind."""
    place = count[DONE]
    while place > count[TAKEN] and passed[done[place - 1], REGISTERED] > passed[person, REGISTERED]:
        done[place] = done[place - 1]
        place -= 1
    done[place] = person
    count[DONE] += 1


@compiled
def waits_for_sampler(table: int, time: float, state: State) -> bool:
    """Whether somebody at `table` was registered by `time` and has no sampler yet."""
    taken = state.counts[table, TAKEN]
    if taken == state.counts[table, DONE]:
        return False
    return bool(state.passed[state.done[table, taken], REGISTERED] <= time)


@compiled
def look_for_table(time: float, crowd: Crowd, desks: Desks, rules: Rules, state: State) -> int:
    """The table where the wait looks shortest at `time`; of equals the one that fewest joined."""
    best, least, fewest = 0, np.inf, 0
    for table in range(len(desks.recorders)):
        if waits_for_sampler(table, time, state):
            swab_until(table, time, crowd, desks, state)
        failed = desks.fails[table, 0]
        shut = desks.fails[table, 1] if failed <= time < desks.fails[table, 1] else 0.0
        standing = present(time, state.counts[table], state.begun[table], failed)
        wait = standing * rules.pace / desks.places[table]
        wait += max(0.0, max(shut, desks.opens[table]) - time)
        if wait < least or (wait == least and state.counts[table, JOINED] < fewest):
            best, least, fewest = table, wait, state.counts[table, JOINED]
    return best


@compiled
def send_on(person: int, at: float, moves: Moves, first: int, end: int) -> None:
    """Put `person` among those who change tables, by time; `first` to `end` are still to come."""
    while end > first and moves.at[end - 1] > at:
        moves.who[end], moves.at[end] = moves.who[end - 1], moves.at[end - 1]
        end -= 1
    moves.who[end], moves.at[end] = person, at


@compiled
def join(
    person: int, turn: tuple[int, int, float], crowd: Crowd, rules: Rules, state: State
) -> None:
    """Register `person` at the table and by the recorder of `turn` from its third part on."""
    table, server, start = turn
    count = state.counts[table]
    opened, closed = enter_tube(
        count, crowd.household[person], crowd.alone[person] == 1, rules.tube_size
    )
    takes = crowd.register[person] + (rules.tube_open if opened else 0.0)
    takes *= rained(start, state.rain)
    crowd.swab[person] += rules.tube_close if closed else 0.0
    state.passed[person, REGISTER], state.passed[person, REGISTERED] = start, start + takes
    state.recorder_free[table, server] = start + takes
    state.where[person] = table
    count[JOINED] += 1
    enter_sorted(state.done[table], count, person, state.passed)


@compiled
def new_state(people: int, desks: Desks, rules: Rules) -> State:
    """Nobody has come."""
    tables = len(desks.recorders)
    count = np.zeros((tables, COUNTS), np.int64)
    count[:, HOUSEHOLD] = -1
    recorder_free = np.zeros((tables, desks.recorders.max()))
    sampler_free = np.zeros((tables, desks.places.max()))
    for table in range(tables):
        recorder_free[table] = sampler_free[table] = desks.opens[table]
    return State(
        recorder_free,
        sampler_free,
        count,
        np.empty((tables, people + 1), np.int64),
        np.empty((tables, people + 1)),
        np.zeros((people, 4)),
        np.full(people, -1, np.int64),
        np.array([rules.rain_from, rules.rain_until, rules.rain_factor]),
    )


@compiled
def through_site(crowd: Crowd, desks: Desks, rules: Rules) -> tuple[State, Places]:
    """Let `crowd` through the tables of one site; at each table there is a recorder and a sampler.

    Returns what became of everybody, and from which table each was sent on last (-1: from none).
    """
    tables, people = len(desks.recorders), len(crowd.came)
    state = new_state(people, desks, rules)
    moves = Moves(np.empty(tables * people + 1, np.int64), np.empty(tables * people + 1))
    sent_by = np.full(people, -1, np.int64)
    first = end = following = 0
    household, table = -1, -1
    while following < people or first < end:
        again = first < end and (following >= people or moves.at[first] <= crowd.came[following])
        person = moves.who[first] if again else following
        time = moves.at[first] if again else crowd.came[following]
        first, following = first + again, following + (not again)
        if again or crowd.household[person] != household:
            table = look_for_table(time, crowd, desks, rules, state)
        household = crowd.household[person]
        server, start = first_free(
            state.recorder_free[table], desks.recorders[table], time, desks.pauses,
            desks.recorder_at[table],
        )  # fmt: skip
        fails = desks.fails[table, 0]
        if time < fails <= start and tables > 1:
            state.counts[table, LEAVING] += 1
            sent_by[person] = table
            send_on(person, fails + MOVE_MINUTES, moves, first, end)
            end += 1
        else:
            join(person, (table, server, start), crowd, rules, state)
    finish(crowd, desks, state)
    return state, sent_by


@compiled
def finish(crowd: Crowd, desks: Desks, state: State) -> None:
    """Swab everybody who is registered."""
    for table in range(len(desks.recorders)):
        swab_until(table, np.inf, crowd, desks, state)
