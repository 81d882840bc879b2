"""A roster mended when the day went otherwise, in hours: who comes, who goes, who moves."""

from dataclasses import dataclass

from muster.planner.city.problem import FREE, Lines
from muster.planner.city.repair import changes_of, repair
from muster.planner.encoding import Week, holding, in_reach
from muster.planner.problem import Pin


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
    """The fewest changes that fill what is empty from slot `since` on.

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


def _post(week: Week, line: int, slot: int) -> int | None:
    return None if line == FREE else week.post_at[line, slot]
