"""When a compound is due for a test: by the days of its zone, and by the rounds of its area.

Days are the city's calendar days; day 1 is the day from which a level holds. A day may be due for
several reasons. What a round on that day has covered is done; a due day that passed without one was
missed.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from muster.policies import Policy
from muster.policies.model import RhythmStep
from muster.protocols.zones import rhythm


class Kind(StrEnum):
    """What is taken: a swab to the laboratory, or an antigen kit at home."""

    NUCLEIC = "nucleic"
    ANTIGEN = "antigen"


class State(StrEnum):
    """How a due day stands."""

    DONE = "done"
    MISSED = "missed"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Spell:
    """A place was at `level` from the day `since` on, up to but not on `until` (open: still)."""

    level: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class RoundFact:
    """A round that covered the compound, its day, and whether it found a case."""

    day: date
    case: bool = False


@dataclass(frozen=True, slots=True)
class Due:
    """A compound is due on `day`. `reason` is a level with its day (``lockdown 4``) or a step of
    the area's rhythm; `state` as of the day that was asked about."""

    day: date
    kind: Kind
    reason: str
    number: int
    state: State


def zone_days(policy: Policy, spell: Spell, until: date) -> Iterator[tuple[date, Kind, int]]:
    """(day, kind, number of the day in the zone) that a spell asks for, up to `until`."""
    level = policy.level(spell.level)
    last = until if spell.until is None else min(until, spell.until - timedelta(days=1))
    kinds = {"nucleic": Kind.NUCLEIC, "antigen": Kind.ANTIGEN}
    asked = [(number, kinds[kind]) for number, kind in rhythm(policy, spell.level)]
    if level.test_every_days and level.test_days:
        number = max(level.test_days) + level.test_every_days
        while spell.since + timedelta(days=number - 1) <= last:
            asked.append((number, Kind.NUCLEIC))
            number += level.test_every_days
    for number, kind in sorted(asked):
        day = spell.since + timedelta(days=number - 1)
        if day <= last:
            yield day, kind, number


def step_of(policy: Policy, rounds: Sequence[RoundFact], today: date) -> RhythmStep:
    """The step of the area's rhythm that holds on `today` after `rounds`, oldest first."""
    for step in policy.rhythm.steps:
        conditions = []
        if step.case_within_rounds:
            conditions.append(any(r.case for r in rounds[-step.case_within_rounds :]))
        if step.case_within_days:
            since = today - timedelta(days=step.case_within_days)
            conditions.append(any(r.case and r.day > since for r in rounds))
        if all(conditions):
            return step
    raise AssertionError("the loader lets no policy in whose last step has a condition")


def next_round(policy: Policy, rounds: Sequence[RoundFact], today: date) -> tuple[date, str] | None:
    """When the area's next round is due after `rounds`, oldest first, and by which step; ``None``
    before the first round and when it has ended."""
    if not rounds:
        return None
    ending, clean = policy.rhythm.ending, clean_rounds(rounds)
    enough = len(rounds) >= ending.rounds_at_least
    if ending.clean_rounds and enough and clean >= ending.clean_rounds:
        if clean > ending.clean_rounds:
            return None
        return rounds[-1].day + timedelta(days=ending.then_after_days), "last_round"
    step = step_of(policy, rounds, today)
    return rounds[-1].day + timedelta(days=step.every_days), step.key


def clean_rounds(rounds: Sequence[RoundFact]) -> int:
    """How many rounds in a row, up to the last, found nobody."""
    count = 0
    for each in reversed(rounds):
        if each.case:
            break
        count += 1
    return count


def calendar(
    policy: Policy, spells: Sequence[Spell], rounds: Sequence[RoundFact], *, first: date,
    last: date, today: date,
) -> list[Due]:  # fmt: skip
    """What a compound was and is due for from `first` to `last`, by day.

    Args:
        policy: whose test days and rhythm count.
        spells: the compound's levels through time.
        rounds: the rounds that covered it.
        first, last: the days that are shown.
        today: days before it without a round were missed.
    """
    held = sorted(rounds, key=lambda each: each.day)
    done = {each.day for each in held}
    found = [
        Due(day, kind, spell.level, number, _state(day, kind, done, today))
        for spell in spells
        for day, kind, number in zone_days(policy, spell, last)
        if day >= first
    ]
    past = [each for each in held if each.day <= today]
    coming = next_round(policy, past, today)
    if coming is not None and first <= coming[0] <= last:
        day, reason = coming
        found.append(Due(day, Kind.NUCLEIC, reason, 0, _state(day, Kind.NUCLEIC, done, today)))
    return sorted(found, key=lambda due: (due.day, due.kind, due.number))


def _state(day: date, kind: Kind, done: set[date], today: date) -> State:
    if kind is Kind.NUCLEIC and day in done:
        return State.DONE
    return State.MISSED if day < today and kind is Kind.NUCLEIC else State.DUE
