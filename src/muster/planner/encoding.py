"""From a planning problem in hours to a city's week in slots, and back.

Everything the week cannot say is made stricter, never laxer: `checker` judges the plan in hours.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from muster.planner.city.holding import budget
from muster.planner.city.problem import DAYS_A_WEEK, FREE, CityProblem, Flags, Lines, Whole
from muster.planner.city.rules.model import Rules as Beside
from muster.planner.problem import EVERY_SHIFT, MORNING, Place, Post, Problem, Rules
from muster.planner.regions import regions_of
from muster.planner.ruled import rules_of
from muster.planner.slots import Grid, clash, grid_of

ANY_DISTANCE_KM = 1e5
"""The radius of a role that has none."""
NEUTRAL = 5
"""The priority at which a post has the weights of the policy."""


@dataclass(frozen=True, eq=False)
class Week:
    """A problem as a city's week. Lines and slots stand for posts: `cells` says which."""

    facts: Problem
    city: CityProblem
    grid: Grid
    cells: Mapping[int, tuple[int, int]]
    """Post id → line and slot. A post whose shift nobody may serve at such length has none."""

    @cached_property
    def post_at(self) -> dict[tuple[int, int], int]:
        """Line and slot → post id."""
        return {cell: post for post, cell in self.cells.items()}

    @cached_property
    def index(self) -> dict[int, int]:
        """Person id → row."""
        return {person.id: i for i, person in enumerate(self.facts.people)}

    @cached_property
    def posts(self) -> dict[int, Post]:
        return {post.id: post for post in self.facts.posts}

    @cached_property
    def marked(self) -> Flags:
        """(P,) who is a newcomer at lenient posts too."""
        return np.array([person.marked for person in self.facts.people], np.bool_)

    @cached_property
    def rules(self) -> Beside:
        """The rules beside the public format, without pins."""
        return rules_of(self.facts, self.city, self.cells)

    def lines(self, pairs: Iterable[tuple[int, int]]) -> Lines:
        """(P, T) the lines of persons at posts; who is at no post of the week is left out."""
        made = np.full((self.city.people, self.city.slots), FREE, np.int32)
        for person, post in pairs:
            cell = self.cells.get(post)
            if cell is not None and person in self.index:
                made[self.index[person], cell[1]] = cell[0]
        return made

    def pairs(self, lines: Lines) -> list[tuple[int, int]]:
        """(person, post) of each shift, by person and time."""
        people = self.facts.people
        return [
            (people[i].id, self.post_at[int(lines[i, t]), int(t)])
            for i, t in np.argwhere(lines != FREE)
        ]


def in_reach(week: Week, lines: Lines) -> Lines:
    """`lines` without who would go farther than the role's reach. A zone is one compound, so that
    somebody from outside may have been measured to another point of it."""
    problem = week.facts
    places = {place.id: place for place in problem.places}
    kept = lines.copy()
    for row, slot in np.argwhere(lines != FREE):
        post = week.posts[week.post_at[int(lines[row, slot]), int(slot)]]
        home, place = places[problem.people[row].home], places[post.place]
        if far(problem.rules, home, place, post.role):
            kept[row, slot] = FREE
    return kept


def far(rules: Rules, home: Place, place: Place, role: int) -> bool:
    """Whether `place` is beyond the role's reach; nothing is for who serves in his own zone."""
    if home.held_in is not None and home.held_in in place.path:
        return False
    km = home.km(place)
    return km > rules.reach_km.get(role, km)


def too_long(rules: Rules, post: Post, hours: float) -> bool:
    """Whether nobody may serve a shift of that length at the post."""
    limit = rules.max_daily_hours
    if rules.wears_suit(post.role):
        limit = min(limit, rules.suit_hours_stop)
    return hours > limit


def week_of(problem: Problem) -> Week | None:
    """The week; None when there is nobody, or no post that anybody could serve at."""
    shifts = {shift.id: shift for shift in problem.shifts}
    posts = [p for p in problem.posts if not too_long(problem.rules, p, shifts[p.shift].hours)]
    if not posts or not problem.people:
        return None
    used = {post.shift for post in posts}
    grid = grid_of([shift for shift in problem.shifts if shift.id in used], problem.rules)
    regions = regions_of(problem, posts)
    cells, stations = _cells(posts, grid)
    required = np.zeros((len(stations), grid.slots), np.int16)
    minimum = np.zeros_like(required)
    for post in posts:
        required[cells[post.id]], minimum[cells[post.id]] = post.required, post.minimum
    xy, status = regions.arrays()
    rules, people = problem.rules, problem.people
    roles = max((post.role for post in posts), default=0) + 1
    factor = np.array([rules.costs.priority_factor ** (p.priority - NEUTRAL) for p in stations])
    city = CityProblem(
        compound_xy=xy,
        compound_status=status.astype(np.int8),
        compound_district=np.zeros(len(status), np.int16),
        person_home=np.array(regions.home, np.int32),
        person_roles=np.array([p.roles & (1 << roles) - 1 for p in people], np.uint16),
        person_employer=np.zeros(len(people), np.int32),
        person_available=_available(problem, grid),
        person_preference=np.zeros((len(people), grid.slots_a_day)),
        line_place=np.array([regions.at[p.id] for p in stations], np.int32),
        line_role=np.array([p.role for p in stations], np.int8),
        required=required,
        minimum=minimum,
        weight_minimum=rules.costs.weight_minimum * factor,
        weight_required=rules.costs.weight_required * factor,
        role_radius_km=np.array([rules.reach_km.get(r, ANY_DISTANCE_KM) for r in range(roles)]),
        load_cost=_load(rules),
        change_cost=rules.costs.change,
        base_travel_km=rules.costs.base_travel_km,
        slots_a_day=grid.slots_a_day,
        rest_slots=grid.rest_slots,
        max_shifts=rules.max_shifts_week,
        max_nights_in_a_row=rules.max_nights_in_a_row,
        days_a_week=max(DAYS_A_WEEK, grid.slots // grid.slots_a_day),
    )
    return Week(problem, city, grid, cells)


def _load(rules: Rules) -> Whole:
    """The cost of a week with 0, 1, ... shifts, as long as weeks can be."""
    load = list(rules.costs.load[: rules.max_shifts_week + 1])
    while len(load) <= rules.max_shifts_week:
        load.append(2 * load[-1] - load[-2] if len(load) > 1 else load[-1])
    return np.array(load)


def _cells(posts: Iterable[Post], grid: Grid) -> tuple[dict[int, tuple[int, int]], list[Post]]:
    """Post id → line and slot; by line its first post. Two posts of one station in one slot are two
    lines."""
    cells: dict[int, tuple[int, int]] = {}
    lines: dict[tuple[int, ...], int] = {}
    first: list[Post] = []
    times: Counter[tuple[int, ...]] = Counter()
    for post in posts:
        station = (post.place, post.role, post.station, post.priority, post.needs, post.lenient)
        slot = grid.of[post.shift]
        key = (*station, times[*station, slot])
        times[*station, slot] += 1
        if key not in lines:
            lines[key] = len(first)
            first.append(post)
        cells[post.id] = (lines[key], slot)
    return cells, first


def _available(problem: Problem, grid: Grid) -> Flags:
    """(P, T): said for every shift in the slot, and nothing else that he does stands against it."""
    position = {shift.id: i for i, shift in enumerate(problem.shifts)}
    masks = [
        (slot, sum(1 << position[s] for s in grid.shifts_at(slot)))
        for slot in sorted(set(grid.of.values()))
    ]
    free = np.zeros((len(problem.people), grid.slots), np.bool_)
    for slot, mask in masks:
        free[:, slot] = [
            p.available == EVERY_SHIFT or p.available & mask == mask for p in problem.people
        ]
    _commit(problem, grid, free)
    return free


def _commit(problem: Problem, grid: Grid, free: Flags) -> None:
    """Take away the slots that what people already do stands against."""
    mine = defaultdict(list)
    for each in problem.commitments:
        mine[each.person].append(each.span)
    shifts = [shift for shift in problem.shifts if shift.id in grid.of]
    rows = {person.id: i for i, person in enumerate(problem.people) if person.id in mine}
    nights = problem.rules.max_nights_in_a_row
    for person, row in rows.items():
        spans = mine[person]
        dark = [span.start.date() for span in spans if span.start.hour < MORNING]
        for shift in shifts:
            near = shift.night and any(abs((shift.start.date() - d).days) <= nights for d in dark)
            if near or any(clash(problem.rules, shift.span, span) for span in spans):
                free[row, grid.of[shift.id]] = False
        week = [s for s in spans if abs((s.start - shifts[0].start).days) < 7]
        budget(free[row], problem.rules.max_shifts_week - len(week))
