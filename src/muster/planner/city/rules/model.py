"""The rules as data: optional arrays beside those of a city problem."""

from dataclasses import dataclass, fields, replace

import numpy as np
from numpy.typing import NDArray

from muster.planner.city.problem import CityProblem, Flags, Reals, Whole

PREFIX = "rule_"
"""What the names of the arrays begin with in a file."""
ANY_SLOT = -1
NO_GUIDE = -1
"""The spot of a line where newcomers need nobody."""


@dataclass(frozen=True, eq=False)
class Rules:
    """What holds in a city beside the public format."""

    pinned: NDArray[np.int64]
    """(n, 3) person, line, slot: must serve there."""
    forbidden: NDArray[np.int64]
    """(n, 3) person, line, slot or `ANY_SLOT`: must not serve there."""
    person_tags: NDArray[np.int64]
    """(P,) bit b set: leads, is a party member, belongs to body b, ..."""
    line_needs: NDArray[np.int64]
    """(L,) bit b set: whoever serves there, somebody with tag b is among them."""
    person_newcomer: Flags
    """(P,) never serves at a spot without somebody there who is no newcomer."""
    line_spot: NDArray[np.int64]
    """(L,) the spot of a place where newcomers and their guides meet: lines of one number.
    `NO_GUIDE`: none is needed there. Where nothing is said, a place is one spot."""
    line_lenient: Flags
    """(L,) newcomers need no guide there; whoever is none guides from there all the same."""
    person_team: NDArray[np.int64]
    """(P,) the team that serves as a whole at one place, or -1."""
    person_max_hours: Reals
    """(P,) hours of a week at most; infinite: no limit of his own."""
    line_suit_hours: Reals
    """(L,) hours of a day at most in a protective suit, on this line and others in suit; infinite:
    no suit is worn there."""

    @property
    def idle(self) -> bool:
        """Whether they forbid nothing."""
        said = (
            self.pinned.size,
            self.forbidden.size,
            self.line_needs.any(),
            self.person_newcomer.any(),
            (self.person_team >= 0).any(),
            np.isfinite(self.person_max_hours).any(),
            np.isfinite(self.line_suit_hours).any(),
        )
        return not any(said)

    def of(self, slots: slice) -> "Rules":
        """The rules for `slots` alone, counted from the first of them."""
        anywhere = self.forbidden[:, 2] == ANY_SLOT
        forbidden = self.forbidden[anywhere | _within(self.forbidden, slots)]
        later = forbidden[:, 2] != ANY_SLOT
        forbidden = forbidden - np.outer(later, [0, 0, slots.start])
        pinned = self.pinned[_within(self.pinned, slots)] - np.array([0, 0, slots.start])
        return replace(self, pinned=pinned, forbidden=forbidden)

    def stored(self) -> dict[str, Whole]:
        """Every array by its name in the file."""
        return {PREFIX + each.name: getattr(self, each.name) for each in fields(self)}


NAMES = tuple(PREFIX + each.name for each in fields(Rules))


def _within(rows: NDArray[np.int64], slots: slice) -> Flags:
    """(n,) which of `rows` (person, line, slot) are in `slots`."""
    return np.asarray((rows[:, 2] >= slots.start) & (rows[:, 2] < slots.stop))


def no_rules(city: CityProblem) -> Rules:
    """Rules that forbid nothing in `city`."""
    return Rules(
        pinned=np.empty((0, 3), np.int64),
        forbidden=np.empty((0, 3), np.int64),
        person_tags=np.zeros(city.people, np.int64),
        line_needs=np.zeros(city.lines, np.int64),
        person_newcomer=np.zeros(city.people, np.bool_),
        line_spot=city.line_place.astype(np.int64),
        line_lenient=np.zeros(city.lines, np.bool_),
        person_team=np.full(city.people, -1, np.int64),
        person_max_hours=np.full(city.people, np.inf),
        line_suit_hours=np.full(city.lines, np.inf),
    )
