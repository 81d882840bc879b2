"""What one rule or one cost finds in a plan."""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from muster.planner.city.problem import FREE, Flags, Lines, Whole

EXAMPLES = 10
"""How many breaches of a rule are spelled out."""


@dataclass(frozen=True, slots=True)
class Breach:
    """`person` (or nobody: -1) breaks a rule on `line` in `slot`."""

    person: int
    line: int
    slot: int


@dataclass(frozen=True, slots=True)
class Finding:
    """A hard rule is broken `count` times; a cost sums up to `cost`."""

    name: str
    count: int = 0
    cost: float = 0.0
    examples: tuple[Breach, ...] = ()


class Duties(NamedTuple):
    """The shifts of a plan, by person and then by slot: arrays of the same length."""

    person: Whole
    slot: Whole
    line: Lines


def duties(assignment: Lines, since: int = 0) -> Duties:
    """Every shift of `assignment` (P, T) from slot `since` on."""
    person, slot = np.nonzero(assignment[:, since:] != FREE)
    slot += since
    return Duties(person, slot, assignment[person, slot])


def broken(name: str, at: Duties, wrong: Flags, times: Whole | None = None) -> Finding:
    """The finding that rule `name` is broken by the duties that are `wrong`."""
    where = np.flatnonzero(wrong)
    count = len(where) if times is None else int(times[where].sum())
    first = tuple(
        Breach(int(at.person[i]), int(at.line[i]), int(at.slot[i])) for i in where[:EXAMPLES]
    )
    return Finding(name, count=count, examples=first)
