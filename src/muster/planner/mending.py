"""A roster mended when the day went otherwise, in hours: who comes, who goes, who moves."""

from dataclasses import dataclass, replace

import numpy as np

from muster.planner.city.holding import holding
from muster.planner.city.problem import FREE, CityProblem, Lines, Whole
from muster.planner.city.repair import CHARGE, Repaired, changes_of, repair, what_stays
from muster.planner.city.rules.repairing import repair_with
from muster.planner.city.rules.sending import teams_of
from muster.planner.encoding import Week, in_reach
from muster.planner.keeping import in_step, settled
from muster.planner.problem import Pin
from muster.planner.ruled import loosened


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
    week: Week, lines: Lines, since: int, *, held: tuple[Pin, ...] = (), charge: float = CHARGE,
    chains: bool = True,
) -> Mended:  # fmt: skip
    """The fewest changes that fill what is empty from slot `since` on. Of a team none is sent
    elsewhere alone; all of it may be, unless somebody of it is missing or has to stay.

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
    if not week.rules.idle:
        done, mended = _by_rules(week, city, (rest, fixed), since, chains=chains, charge=charge)
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
    week: Week, city: CityProblem, given: tuple[Lines, Lines], since: int, *, chains: bool,
    charge: float,
) -> tuple[Repaired, Lines]:  # fmt: skip
    """A repair by the rules beside the public format. `given`: (P, T) what may change, and what is
    held."""
    rest, fixed = given
    stays = what_stays(city, rest, since)
    rules = replace(week.rules, person_team=_whole(week, stays, fixed, since))
    parted = ((week.rules.person_team >= 0) & (rules.person_team < 0))[:, None]
    apart = np.where(parted, stays, FREE).astype(np.int32)
    moving = np.where(parted, FREE, rest).astype(np.int32)
    free = city.person_available & ~(parted & (stays == FREE))
    city = holding(replace(city, person_available=free), apart, moving)
    held = np.where(fixed != FREE, fixed, apart)
    done = repair_with(city, loosened(rules, held), moving, since, chains=chains, charge=charge)
    mended = in_step(week, in_reach(week, done.assignment))
    whole = np.where(held != FREE, held, mended)
    whole = settled(week, (week.city, rules), whole, held, since)
    return done, np.where(fixed != FREE, FREE, whole).astype(np.int32)


def _whole(week: Week, stays: Lines, fixed: Lines, since: int) -> Whole:
    """(P,) the teams that may be moved as a whole; of the others, whom somebody is missing from or
    who has to stay, everybody stays where he is."""
    team, lines = week.rules.person_team.copy(), np.where(fixed != FREE, fixed, stays)
    for members in teams_of(week.rules):
        serving = lines[members, since:] != FREE
        apart = serving.any(axis=0) & ~serving.all(axis=0)
        places = week.city.line_place[lines[members, since:]]
        apart |= serving.all(axis=0) & (places != places[0]).any(axis=0)
        if apart.any() or (fixed[members, since:] != FREE).any():
            team[members] = FREE
    return team


def _post(week: Week, line: int, slot: int) -> int | None:
    return None if line == FREE else week.post_at[line, slot]
