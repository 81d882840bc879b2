"""A roster mended when the day went otherwise, in hours: who comes, who goes, who moves."""

from dataclasses import dataclass, replace

import numpy as np

from muster.planner.city.problem import FREE, CityProblem, Lines
from muster.planner.city.repair import Repaired, changes_of, repair
from muster.planner.city.rules.repairing import repair_with
from muster.planner.encoding import Week, holding, in_reach
from muster.planner.keeping import withdrawn
from muster.planner.problem import Pin
from muster.planner.ruled import forbid, loosened


@dataclass(frozen=True, slots=True)
class Moved:
    """`person` in one slot: at post `before`, then at post `after`; None is free."""

    person: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Mended:
    """What is different; `holes` seats were empty, `left` still are."""

    changes: tuple[Moved, ...]
    holes: int
    left: int
    seconds: float

    @property
    def told(self) -> int:
        """How many people hear of a change."""
        return len({change.person for change in self.changes})


def mend(
    week: Week, lines: Lines, since: int, *, held: tuple[Pin, ...] = (), charge: float = 5.0,
    chains: bool = True,
) -> Mended:  # fmt: skip
    """The fewest changes that fill what is empty from slot `since` on. A team stays where it is:
    none of it is sent elsewhere alone.

    Args:
        lines: (P, T) the roster as it is; what came before `since` stays.
        held: who stays where he is whatever happens: the pinned, and those who have come.
        charge: what telling one more person costs, in kilometres.
        chains: may people who serve elsewhere be moved?
    """
    fixed = week.lines((pin.person, pin.post) for pin in held)
    fixed[fixed != lines] = FREE
    rest = lines.copy()
    rest[fixed != FREE] = FREE
    city = holding(week.city, fixed, rest) if (fixed != FREE).any() else week.city
    if forbid(week.rules):
        done, mended = _by_rules(week, city, (rest, fixed), since, chains=chains)
    else:
        done = repair(city, rest, since, charge=charge, chains=chains)
        mended = in_reach(week, done.assignment)
    wanted = int(city.required[:, since:].sum())
    filled = int((mended[:, since:] != FREE).sum())
    changes = tuple(
        Moved(
            week.facts.people[c.person].id,
            _post(week, c.before, c.slot),
            _post(week, c.after, c.slot),
        )
        for c in changes_of(rest, mended)
        if c.slot >= since
    )
    return Mended(changes, done.holes, wanted - filled, done.seconds)


def _by_rules(
    week: Week, city: CityProblem, given: tuple[Lines, Lines], since: int, *, chains: bool
) -> tuple[Repaired, Lines]:
    """A repair by the rules beside the public format. `given`: (P, T) what may change, and what is
    held."""
    rest, fixed = given
    team = (week.rules.person_team >= 0)[:, None]
    apart = replace(week.rules, person_team=np.full(city.people, -1))
    city = replace(city, person_available=city.person_available & ~(team & (rest == FREE)))
    done = repair_with(city, loosened(apart, fixed), rest, since, chains=chains)
    mended = in_reach(week, done.assignment)
    mended[team & (mended != rest)] = FREE
    whole = np.where(fixed != FREE, fixed, mended)
    whole = withdrawn(week.city, apart, whole, fixed, since)
    return done, np.where(fixed != FREE, FREE, whole).astype(np.int32)


def _post(week: Week, line: int, slot: int) -> int | None:
    return None if line == FREE else week.post_at[line, slot]
