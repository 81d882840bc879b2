"""A planning problem as plain data: people, places, shifts, posts, rules. No rule is decided here.

Ids are the caller's integers. Times are timezone-aware in the city's own zone: a shift's day is the
local date of its start. Distances are kilometres in a flat local frame.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import hypot

from muster.planner.errors import BadProblem
from muster.policies import Policy

EVERY_SHIFT = -1
NO_TEAM = -1
PARTY_MEMBER = 1
"""The tag of a party member, whom a vanguard post needs."""
LEADER = 2
"""The tag of somebody who leads a body, whom a post that is to be led needs."""
FIRST_BODY = 4
"""The tag of who belongs to the first body that joint posts name; each further one is the next bit.
"""
MOST_TAGS = 62
WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody lives or stands. `path` runs from the root to the place itself. `held_in` is
    the place around it that its people may not leave, `closed_in` the one that nobody from outside
    enters (both from the zones at that time; ``None`` = open)."""

    id: int
    path: tuple[int, ...]
    x_km: float = 0.0
    y_km: float = 0.0
    held_in: int | None = None
    closed_in: int | None = None

    def km(self, other: "Place") -> float:
        """How far apart two places are."""
        return hypot(self.x_km - other.x_km, self.y_km - other.y_km)


MORNING = 6
"""The hour before which a shift starts in the night."""


@dataclass(frozen=True, slots=True)
class Span:
    """From when to when. One that starts before `MORNING` is a night."""

    start: datetime
    end: datetime

    @property
    def hours(self) -> float:
        return (self.end - self.start).total_seconds() / 3600

    @property
    def night(self) -> bool:
        return self.start.hour < MORNING


@dataclass(frozen=True, slots=True)
class Shift:
    """When. A night counts towards nights in a row."""

    id: int
    start: datetime
    end: datetime

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def hours(self) -> float:
        return self.span.hours

    @property
    def night(self) -> bool:
        return self.span.night


@dataclass(frozen=True, slots=True)
class Person:
    """`roles` is a bit mask of roles held; `available` a bit mask over the positions of the
    problem's shifts (`EVERY_SHIFT` = all); `unit` the organisation, for the reader only; `tags` a
    bit mask of what posts may need; whoever is of one `team` serves with all of it at one place; a
    `newcomer` only while somebody at the same place is none, at a lenient post only one who is
    `marked`, and there whoever is not marked guides him."""

    id: int
    roles: int
    home: int
    available: int = EVERY_SHIFT
    unit: int = 0
    tags: int = 0
    team: int = NO_TEAM
    newcomer: bool = False
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Post:
    """`required` people of role bit `role` at `place` in `shift`, `minimum` of them needed at all.
    A higher `priority` (1 to 9) is filled first. Who goes on at the same `station` does not
    change; -1: all posts of a role at a place are one. `needs`: tags, each of which somebody has
    wherever anybody serves. `lenient`: too few are experienced for newcomers to be guided there."""

    id: int
    place: int
    role: int
    shift: int
    required: int
    minimum: int = 0
    priority: int = 1
    station: int = -1
    needs: int = 0
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class Commitment:
    """Something a person already does or did, which counts for rest and the week."""

    person: int
    start: datetime
    end: datetime

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Pin:
    """A person who stays at a post whatever a new plan does."""

    person: int
    post: int


@dataclass(frozen=True, slots=True)
class Ban:
    """A person who must not be sent to a post."""

    person: int
    post: int


@dataclass(frozen=True, slots=True)
class Costs:
    """What a plan is weighed by; a kilometre costs 1. Weights are those of a post of priority 5 and
    grow by `priority_factor` a step. `load`: a week with 0, 1, 2, ... shifts, convex."""

    weight_minimum: float = 300.0
    weight_required: float = 60.0
    priority_factor: float = 1.25
    load: tuple[float, ...] = (0.0, 0.0, 1.0, 3.0, 6.0, 10.0)
    change: float = 2.0
    base_travel_km: float = 0.3


@dataclass(frozen=True, slots=True)
class Rules:
    """The limits a plan must keep. A mask has bit r set for role r; `reach_km` is by role bit."""

    rest_hours: float = 8.0
    max_shifts_week: int = 5
    max_daily_hours: float = 12.0
    max_nights_in_a_row: int = 2
    suit_hours_stop: float = 6.0
    suit_roles: int = 0
    entering_roles: int = 0
    reach_km: Mapping[int, float] = field(default_factory=dict)
    costs: Costs = field(default_factory=Costs)

    @classmethod
    def of(cls, policy: Policy) -> "Rules":
        """The rules as `policy` has them."""
        rest = policy.rest
        return cls(
            rest_hours=rest.rest_hours,
            max_shifts_week=rest.max_shifts_week,
            max_daily_hours=rest.max_daily_hours,
            max_nights_in_a_row=rest.max_nights_in_a_row,
            suit_hours_stop=rest.suit_hours_stop,
            suit_roles=sum(1 << role.bit for role in policy.roles if role.in_suit),
            entering_roles=sum(1 << role.bit for role in policy.roles if role.enters_sealed),
            reach_km={role.bit: role.reach_km for role in policy.roles},
            costs=Costs(
                policy.planning.weight_minimum,
                policy.planning.weight_required,
                policy.planning.priority_factor,
                policy.planning.load,
                policy.planning.change,
                policy.planning.base_travel_km,
            ),
        )

    def wears_suit(self, role: int) -> bool:
        return bool(self.suit_roles >> role & 1)

    def enters_sealed(self, role: int) -> bool:
        return bool(self.entering_roles >> role & 1)


@dataclass(frozen=True, slots=True)
class Problem:
    """Everything a solver may know. Raises `BadProblem`: an id used twice or pointing nowhere."""

    people: tuple[Person, ...]
    places: tuple[Place, ...]
    shifts: tuple[Shift, ...]
    posts: tuple[Post, ...]
    rules: Rules
    commitments: tuple[Commitment, ...] = ()
    pins: tuple[Pin, ...] = ()
    bans: tuple[Ban, ...] = ()

    def __post_init__(self) -> None:
        people, places, shifts = (
            _ids(name, getattr(self, name)) for name in ("people", "places", "shifts")
        )
        _ids("posts", self.posts)
        _point(self, people, places, shifts)
        for post in self.posts:
            if not 0 <= post.minimum <= post.required or not 1 <= post.priority <= 9:
                raise BadProblem(reason=f"post {post.id}: minimum, required or priority")
            if post.needs >> MOST_TAGS:
                raise BadProblem(reason=f"post {post.id}: tags from {MOST_TAGS} on")


def _ids(name: str, items: tuple[Person | Place | Shift | Post, ...]) -> set[int]:
    found = {item.id for item in items}
    if len(found) != len(items):
        raise BadProblem(reason=f"{name} use an id twice")
    return found


def _point(problem: Problem, people: set[int], places: set[int], shifts: set[int]) -> None:
    posts = {post.id for post in problem.posts}
    pointers = (
        ("people.home", {person.home for person in problem.people} - places),
        ("posts.place", {post.place for post in problem.posts} - places),
        ("posts.shift", {post.shift for post in problem.posts} - shifts),
        ("commitments.person", {each.person for each in problem.commitments} - people),
        ("pins.person", {pin.person for pin in problem.pins} - people),
        ("pins.post", {pin.post for pin in problem.pins} - posts),
        ("bans.person", {ban.person for ban in problem.bans} - people),
        ("bans.post", {ban.post for ban in problem.bans} - posts),
    )
    for name, lost in pointers:
        if lost:
            raise BadProblem(reason=f"{name} points at {min(lost)}, which is not there")
