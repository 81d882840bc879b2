"""Judges any plan from the problem alone. Shares no code with the solvers or what they stand on."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import combinations
from math import hypot

from muster.planner.plan import Plan
from muster.planner.problem import EVERY_SHIFT, NO_TEAM, Person, Place, Post, Problem, Rules, Span

_SLACK_KM = 1e-9


@dataclass(frozen=True, slots=True)
class Violation:
    """A rule that a plan breaks, by whom and where (0 when it is about one of them only)."""

    rule: str
    person: int
    post: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A span in somebody's diary; only what the plan wrote can break a rule."""

    shift: Span
    planned: bool


class _Book:
    """The problem by id."""

    def __init__(self, problem: Problem) -> None:
        self.rules = problem.rules
        self.people = {person.id: person for person in problem.people}
        self.posts = {post.id: post for post in problem.posts}
        self.places = {place.id: place for place in problem.places}
        self.shifts = {shift.id: shift for shift in problem.shifts}
        self.position = {shift.id: index for index, shift in enumerate(problem.shifts)}


def check(problem: Problem, plan: Plan) -> tuple[Violation, ...]:
    """Every broken rule; empty when the plan is sound.

    Reach is not asked of who may not leave a zone and serves in it. Pins stand.

    Rules: ``unknown``, ``double``, ``too_many``, ``role``, ``available``, ``home_sealed``,
    ``post_sealed``, ``reach``, ``suit``, ``rest``, ``day``, ``week``, ``nights``, ``gap``, ``pin``;
    of whom is not pinned ``forbidden``, ``team``, ``needs``, ``newcomer``.
    """
    book = _Book(problem)
    pairs = [(each.person, each.post) for each in plan.assignments]
    unknown = tuple(
        Violation("unknown", person, post)
        for person, post in pairs
        if person not in book.people or post not in book.posts
    )
    if unknown:
        return unknown
    return (
        *_counts(problem, plan, pairs),
        *(v for person, post in pairs for v in _fits(book, person, post)),
        *_times(problem, book, pairs),
        *_beside(problem, book, pairs),
        *(
            Violation("pin", pin.person, pin.post)
            for pin in problem.pins
            if (pin.person, pin.post) not in set(pairs)
        ),
    )


def _counts(problem: Problem, plan: Plan, pairs: list[tuple[int, int]]) -> Iterator[Violation]:
    for pair, times in Counter(pairs).items():
        if times > 1:
            yield Violation("double", *pair)
    filled = Counter(post_id for _, post_id in pairs)
    told = {gap.post: (gap.short, gap.short_of_minimum) for gap in plan.gaps}
    for post in problem.posts:
        count = filled[post.id]
        if count > post.required:
            yield Violation("too_many", 0, post.id, f"{count} of {post.required}")
        short = max(0, post.required - count), max(0, post.minimum - count)
        if told.get(post.id, (0, 0)) != short:
            yield Violation("gap", 0, post.id, f"{short} is not said")


def _fits(book: _Book, person_id: int, post_id: int) -> Iterator[Violation]:
    person, post, rules = book.people[person_id], book.posts[post_id], book.rules
    shift, bit = book.shifts[post.shift], book.position[post.shift]
    if not person.roles >> post.role & 1:
        yield Violation("role", person_id, post_id)
    if person.available != EVERY_SHIFT and not person.available >> bit & 1:
        yield Violation("available", person_id, post_id)
    if rules.suit_roles >> post.role & 1 and shift.hours > rules.suit_hours_stop:
        yield Violation("suit", person_id, post_id, f"{shift.hours} h")
    yield from _where(book, person, post)


def _where(book: _Book, person: Person, post: Post) -> Iterator[Violation]:
    home, place, rules = book.places[person.home], book.places[post.place], book.rules
    if home.held_in is not None and home.held_in not in place.path:
        yield Violation("home_sealed", person.id, post.id)
    may_enter = bool(rules.entering_roles >> post.role & 1)
    if place.closed_in is not None and place.closed_in not in home.path and not may_enter:
        yield Violation("post_sealed", person.id, post.id)
    km = hypot(home.x_km - place.x_km, home.y_km - place.y_km)
    inside = home.held_in is not None and home.held_in in place.path
    if not inside and km > rules.reach_km.get(post.role, km) + _SLACK_KM:
        yield Violation("reach", person.id, post.id, f"{km:.1f} km")


def _beside(problem: Problem, book: _Book, pairs: list[tuple[int, int]]) -> Iterator[Violation]:
    """Bans, teams, newcomers and what posts need, asked of who is not pinned."""
    pinned = {(pin.person, pin.post) for pin in problem.pins}
    free = [pair for pair in pairs if pair not in pinned]
    banned = {(ban.person, ban.post) for ban in problem.bans}
    yield from (Violation("forbidden", *pair) for pair in free if pair in banned)
    brought: defaultdict[int, int] = defaultdict(int)
    for person, post in pairs:
        brought[post] |= book.people[person].tags
    for person, post in free:
        if book.posts[post].needs & ~brought[post]:
            yield Violation("needs", person, post)
    yield from _newcomers(book, pairs, free)
    sizes = Counter(person.team for person in problem.people)
    where: defaultdict[tuple[int, Span], list[int]] = defaultdict(list)
    for person, post in pairs:
        team = book.people[person].team
        where[team, book.shifts[book.posts[post].shift].span].append(post)
    for person, post in free:
        team = book.people[person].team
        posts = where[team, book.shifts[book.posts[post].shift].span]
        apart = len(posts) < sizes[team] or not _one_place(book, posts)
        if team != NO_TEAM and apart:
            yield Violation("team", person, post)


def _newcomers(
    book: _Book, pairs: list[tuple[int, int]], free: list[tuple[int, int]]
) -> Iterator[Violation]:
    """A newcomer's shift has at each moment somebody at the same place who is none; at a lenient
    post only the marked are newcomers."""
    guides = _guides(book, pairs)
    for person, post in free:
        at = book.posts[post]
        if not _new(book.people[person], lenient=at.lenient):
            continue
        span, moment = book.shifts[at.shift].span, book.shifts[at.shift].start
        for guide in sorted(guides[at.place, at.lenient], key=lambda each: each.start):
            if guide.start <= moment:
                moment = max(moment, guide.end)
        if moment < span.end:
            yield Violation("newcomer", person, post, f"alone from {moment}")


def _guides(book: _Book, pairs: list[tuple[int, int]]) -> dict[tuple[int, bool], list[Span]]:
    """Place, and whether its post is lenient → the shifts of those who guide newcomers there."""
    guides: defaultdict[tuple[int, bool], list[Span]] = defaultdict(list)
    for person, post in pairs:
        at = book.posts[post]
        for lenient in (False, True):
            if not _new(book.people[person], lenient=lenient):
                guides[at.place, lenient].append(book.shifts[at.shift].span)
    return guides


def _new(person: Person, *, lenient: bool) -> bool:
    return person.newcomer and (person.marked or not lenient)


def _one_place(book: _Book, posts: list[int]) -> bool:
    """Whether posts are in one spot or in one zone."""
    places: list[Place] = [book.places[book.posts[post].place] for post in posts]
    spots = {(place.x_km, place.y_km) for place in places}
    zones = {place.held_in for place in places}, {place.closed_in for place in places}
    return len(spots) == 1 or any(len(each) == 1 and None not in each for each in zones)


def _times(problem: Problem, book: _Book, pairs: list[tuple[int, int]]) -> Iterator[Violation]:
    diary: defaultdict[int, list[_Entry]] = defaultdict(list)
    for person, post in pairs:
        diary[person].append(_Entry(book.shifts[book.posts[post].shift].span, planned=True))
    for each in problem.commitments:
        if each.person in diary:
            diary[each.person].append(_Entry(each.span, planned=False))
    for person, entries in diary.items():
        entries.sort(key=lambda entry: (entry.shift.start, entry.shift.end))
        yield from _rest(book.rules, person, entries)
        yield from _week(book.rules, person, entries)
        yield from _day(book.rules, person, entries)
        yield from _nights(book.rules, person, entries)


def _rest(rules: Rules, person: int, entries: list[_Entry]) -> Iterator[Violation]:
    rest = timedelta(hours=rules.rest_hours)
    for before, after in combinations(entries, 2):
        close = after.shift.start < before.shift.end + rest
        if close and (before.planned or after.planned):
            yield Violation("rest", person, 0, f"{before.shift.end} to {after.shift.start}")


def _week(rules: Rules, person: int, entries: list[_Entry]) -> Iterator[Violation]:
    for first in entries:
        start = first.shift.start
        week = [e for e in entries if start <= e.shift.start < start + timedelta(days=7)]
        if len(week) > rules.max_shifts_week and any(e.planned for e in week):
            yield Violation("week", person, 0, f"{len(week)} from {start}")


def _day(rules: Rules, person: int, entries: list[_Entry]) -> Iterator[Violation]:
    minutes: Counter[date] = Counter()
    for entry in entries:
        minutes[entry.shift.start.date()] += round(entry.shift.hours * 60)
    for day in {e.shift.start.date() for e in entries if e.planned}:
        if minutes[day] > rules.max_daily_hours * 60:
            yield Violation("day", person, 0, f"{minutes[day] / 60:.1f} h on {day}")


def _nights(rules: Rules, person: int, entries: list[_Entry]) -> Iterator[Violation]:
    limit = rules.max_nights_in_a_row
    planned = {e.shift.start.date() for e in entries if e.shift.night and e.planned}
    nights = sorted({e.shift.start.date() for e in entries if e.shift.night})
    for index in range(len(nights) - limit):
        run = nights[index : index + limit + 1]
        if (run[-1] - run[0]).days == limit and planned & set(run):
            yield Violation("nights", person, 0, f"more than {limit} in a row from {run[0]}")
