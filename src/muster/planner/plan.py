"""A plan: assignments and gaps, each with its reason. A plan is proposed; a roster is published."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import fsum


class Why(StrEnum):
    """Why this person stands at this post."""

    INSIDE_ZONE = "inside_zone"
    AT_HOME = "at_home"
    NEAREST = "nearest"
    REACHABLE = "reachable"
    IN_SUIT = "in_suit"
    PINNED = "pinned"


class Bar(StrEnum):
    """What keeps a person who holds the role from a post, in the order it is asked. A gap's reason
    is the last one that anybody got to: everybody else fell at an earlier one."""

    NOBODY_HAS_ROLE = "nobody_has_role"
    SHIFT_TOO_LONG = "shift_too_long"
    HOME_SEALED_ELSEWHERE = "home_sealed_elsewhere"
    POST_SEALED = "post_sealed"
    OUT_OF_REACH = "out_of_reach"
    NOT_AVAILABLE = "not_available"
    FORBIDDEN = "forbidden"
    PINNED_ELSEWHERE = "pinned_elsewhere"
    TEAM_ELSEWHERE = "team_elsewhere"
    NEWCOMER = "newcomer"
    UNLED = "unled"
    OUTBID = "outbid"
    ELSEWHERE = "elsewhere"
    RESTING = "resting"
    NIGHTS_FULL = "nights_full"
    WEEK_FULL = "week_full"
    TOO_DEAR = "too_dear"
    FREE = "free"
    NOT_ASKED = "not_asked"


@dataclass(frozen=True, slots=True)
class Assignment:
    """One person at one post; `km` from home to post, `earlier` shifts in the seven days before."""

    person: int
    post: int
    why: Why
    km: float
    earlier: int


@dataclass(frozen=True, slots=True)
class Lack:
    """A tag that a post needs and nobody can bring: what bars those who have it and hold the role;
    `reason` is the bar of those who came nearest."""

    tag: int
    reason: Bar
    counts: tuple[tuple[Bar, int], ...]


@dataclass(frozen=True, slots=True)
class Gap:
    """A post that is short of people. `counts` says for everybody who holds the role and is not at
    this post what bars him; `reason` is the bar of those who came nearest. `lacks`: whom the post
    needs and nobody can be."""

    post: int
    short: int
    short_of_minimum: int
    reason: Bar
    counts: tuple[tuple[Bar, int], ...]
    lacks: tuple[Lack, ...] = ()


@dataclass(frozen=True, slots=True)
class Figures:
    """What a plan costs, part by part, and the number below which no plan can be.

    `bound` is None where none is known: a plan of several weeks is made week by week."""

    parts: Mapping[str, float] = field(default_factory=dict)
    bound: float | None = None

    @property
    def cost(self) -> float:
        return fsum(self.parts.values())

    @property
    def gap(self) -> float | None:
        """By which share of its cost the plan could at most be too dear."""
        if self.bound is None:
            return None
        return max(0.0, (self.cost - self.bound) / self.cost) if self.cost > 0 else 0.0


@dataclass(frozen=True, slots=True)
class Plan:
    """What a solver proposes. `solver` made it in `seconds`."""

    assignments: tuple[Assignment, ...]
    gaps: tuple[Gap, ...]
    solver: str
    seconds: float
    figures: Figures = field(default_factory=Figures)

    @property
    def short(self) -> int:
        """People short over all posts."""
        return sum(gap.short for gap in self.gaps)

    @property
    def short_of_minimum(self) -> int:
        """People short of what the posts need at all."""
        return sum(gap.short_of_minimum for gap in self.gaps)
