"""Whole teams sent to where they are worth most: one place in one slot, a line for each member.

What a seat is worth does not hang on who of the team takes it, nor does the way, since all go to
one place. So the dearest seats that the members can hold together are found one by one, each with
a chain of members who make room: no seating of that place is worth more.
"""

from collections.abc import Iterator, Sequence
from itertools import combinations, islice, product
from typing import NamedTuple

import numpy as np

from muster.planner.city.constraints import capacity
from muster.planner.city.finding import duties
from muster.planner.city.fitting import may_stand
from muster.planner.city.problem import FREE, CityProblem, Flags, Lines, Reals, Whole
from muster.planner.city.rules import newcomers, suit
from muster.planner.city.rules.forbidden import forbids
from muster.planner.city.rules.hopeless import NEARLY_KM
from muster.planner.city.rules.model import Rules
from muster.planner.city.rules.worth import extra, open_slots, saved

TRIED = 30
"""Places and slots looked at closely for one outing of a team, the most promising first."""
MOST_SPOTS = 3
"""At so many spots of a place somebody of a team guides its newcomers at once."""
MOST_GUIDES = 4
"""So many ways to have a guide at each of these spots are tried, the dearest first."""
GAIN = 1e-6
"""What an outing must be worth at least."""


class Outing(NamedTuple):
    """A team in `slot`, ``lines[i]`` for its i-th member; what it is worth beside what it costs."""

    gain: float
    slot: int
    lines: Whole


class Team(NamedTuple):
    """M members; N lines, place by place, on which any of them may serve at any time; C places."""

    members: Whole
    lines: Whole
    may: Flags
    """(M, N)."""
    starts: Whole
    """(C + 1,) where the lines of each place begin."""
    km: Reals
    """(C,) the ways of all members together."""


class Prospects(NamedTuple):
    """`most` (C, T): what no outing of a team can be worth more than, its members' own weeks apart;
    minus infinite where they find no seats. `known`: by place and slot the best seats, once they
    were looked for, and what they are worth; they stay so until others come and go."""

    most: Reals
    known: dict[tuple[int, int], tuple[float, Whole] | None]

    def again(self) -> "Prospects":
        """For the same team when something may have changed."""
        return Prospects(self.most.copy(), {})


class Seat(NamedTuple):
    """One person wanted on the line `column` of those looked at, and what that is worth."""

    worth: float
    column: int


def teams_of(rules: Rules) -> Iterator[Whole]:
    """The members of each team."""
    order = np.argsort(rules.person_team, kind="stable")
    order = order[rules.person_team[order] >= 0]
    _, first = np.unique(rules.person_team[order], return_index=True)
    yield from np.split(order, first[1:]) if len(order) else ()


class Board:
    """Who is where in a plan (P, T), kept up while teams come and go. It changes the plan."""

    def __init__(
        self, city: CityProblem, rules: Rules, plan: Lines, *,
        where: Flags | None = None, prices: Reals | None = None,
    ) -> None:  # fmt: skip
        """`where`: (L, T) the only posts that teams are sent to. `prices`: (L, T) what each seat is
        worth, because others will be planned around the teams; else what it saves as things are."""
        self.city, self.rules, self.plan, self.prices = city, rules, plan, prices
        at = duties(plan)
        self.present = capacity.present(city, plan)
        self.wanted = city.required if where is None else np.where(where, city.required, 0)
        self.held = np.zeros((city.lines, city.slots), np.int64)
        np.bitwise_or.at(self.held, (at.line, at.slot), rules.person_tags[at.person])
        self.guides = newcomers.guides(city, rules, at)

    def worth(self, lines: Whole, slots: Whole, present: Whole) -> Reals:
        """(n,) what one more person on ``lines[i]`` in ``slots[i]`` is worth when ``present[i]``
        are there; the three may be of any shapes that go together."""
        if self.prices is None:
            return saved(self.city, lines, slots, present)
        return np.where(present < self.city.required[lines, slots], self.prices[lines, slots], 0.0)

    def put(self, members: Whole, lines: Whole, slot: int) -> None:
        """Have each of `members` serve on his line in `slot`."""
        self.plan[members, slot] = lines
        slots = np.full(len(lines), slot)
        np.add.at(self.present, (lines, slots), 1)
        np.bitwise_or.at(self.held, (lines, slots), self.rules.person_tags[members])
        spots = self.rules.line_spot[lines]
        np.add.at(self.guides, (spots, slots), ~self.rules.person_newcomer[members])

    def take(self, members: Whole, slot: int) -> Whole:
        """Have `members` leave where they serve in `slot`; the lines that they leave."""
        lines: Whole = self.plan[members, slot].copy()
        self.plan[members, slot] = FREE
        slots = np.full(len(lines), slot)
        np.subtract.at(self.present, (lines, slots), 1)
        for line in np.unique(lines).tolist():
            there = self.plan[:, slot] == line
            self.held[line, slot] = np.bitwise_or.reduce(self.rules.person_tags[there], initial=0)
        spots = self.rules.line_spot[lines]
        np.subtract.at(self.guides, (spots, slots), ~self.rules.person_newcomer[members])
        return lines

    def sound(self, lines: Whole, slot: int) -> bool:
        """Do those who serve on `lines`, and at their places, still have there whom they need?"""
        lacks = self.rules.line_needs[lines] & ~self.held[lines, slot]
        if (lacks[self.present[lines, slot] > 0] != 0).any():
            return False
        spots = self.rules.line_spot[lines]
        lonely = spots[(spots >= 0) & (self.guides[spots, slot] == 0)]
        at = self.plan[self.rules.person_newcomer, slot]
        wards = at[(at != FREE) & newcomers.watched(self.rules)[at]]
        return not np.isin(self.rules.line_spot[wards], lonely).any()

    def team(self, members: Whole) -> Team:
        """Where `members` may go at all."""
        city = self.city
        homes = city.compound_xy[np.unique(city.person_home[members])]
        away = np.hypot(*(city.compound_xy[:, None] - homes).transpose(2, 0, 1)).min(axis=1)
        near = away[city.line_place] <= city.role_radius_km[city.line_role] + NEARLY_KM
        lines = np.flatnonzero(near & (city.required > 0).any(axis=1))
        lines = lines[np.argsort(city.line_place[lines], kind="stable")]
        may = may_stand(city, np.repeat(members, len(lines)), np.tile(lines, len(members)))
        may = may.reshape(len(members), len(lines))
        lines, may = lines[may.any(axis=0)], may[:, may.any(axis=0)]
        first = np.unique(city.line_place[lines], return_index=True)[1]
        km = [
            city.distance(members, np.full(len(members), lines[at])).sum() for at in first.tolist()
        ]
        return Team(members, lines, may, np.append(first, len(lines)), np.array(km))

    def prospects(self, team: Team) -> Prospects:
        """What an outing of the team can be worth."""
        city, lines, many = self.city, team.lines, len(team.members)
        if not len(lines):
            return Prospects(np.empty((0, city.slots)), {})
        present = self.present[lines]
        starts = team.starts[:-1]
        short = np.clip(self.wanted[lines] - present, 0, many)
        seats = np.add.reduceat(short, starts, axis=0)
        each = np.logical_or.reduceat(team.may[:, :, None] & (short > 0), starts, axis=1)
        nth = present[:, None, :] + np.arange(many)[None, :, None]
        worth = self.worth(lines[:, None, None], np.arange(city.slots), nth)
        best = np.empty(seats.shape)
        for at, (first, end) in enumerate(zip(starts, team.starts[1:], strict=True)):
            of = worth[first:end].reshape(-1, city.slots)
            best[at] = np.partition(of, len(of) - many, axis=0)[len(of) - many :].sum(axis=0)
        best -= team.km[:, None] + many * city.base_travel_km
        return Prospects(np.where((seats >= many) & each.all(axis=0), best, -np.inf), {})

    def outing(
        self, team: Team, prospects: Prospects, slots: Flags, charge: float = 0.0
    ) -> Outing | None:
        """The best outing of the team, all of whom are free, in any of `slots` (T,).

        Args:
            team: as `team` made it.
            prospects: as `prospects` made them; what is found out on the way is noted in them.
            slots: those in question, beside the members' own weeks.
            charge: what is paid for it in all.
        """
        rows = self.plan[team.members]
        slots = slots & (open_slots(self.city, rows, team.members) & self._hours(team)).all(axis=0)
        kinds = self.city.person_preference[team.members].sum(axis=0)
        bound = prospects.most - charge - kinds[np.arange(self.city.slots) % self.city.slots_a_day]
        bound[:, ~slots] = -np.inf
        best: Outing | None = None
        for at in np.argsort(-bound, axis=None, kind="stable")[:TRIED].tolist():
            place, slot = divmod(at, self.city.slots)
            if bound[place, slot] <= (best.gain if best else GAIN):
                break
            found = self._known(team, prospects, place, slot)
            if found is None:
                continue
            worth, lines = found
            gain = worth - charge - float(extra(self.city, rows, team.members, lines, slot).sum())
            if gain > (best.gain if best else GAIN):
                best = Outing(gain, slot, lines)
        return best

    def _known(
        self, team: Team, prospects: Prospects, place: int, slot: int
    ) -> tuple[float, Whole] | None:
        """As `seated`, which is asked once for each place and slot; in suits, where the hours of a
        day count, each time."""
        columns = slice(int(team.starts[place]), int(team.starts[place + 1]))
        suits = np.isfinite(self.rules.line_suit_hours[team.lines[columns]]).any()
        if suits or (place, slot) not in prospects.known:
            found = prospects.known[place, slot] = self.seated(team, place, slot)
            ways = team.km[place] + len(team.members) * self.city.base_travel_km
            prospects.most[place, slot] = -np.inf if found is None else found[0] - ways
        return prospects.known[place, slot]

    def _hours(self, team: Team) -> Flags:
        """(M, T) has each of the team hours left for one more shift in the week of each slot?"""
        limit = self.rules.person_max_hours[team.members]
        found = np.empty((len(team.members), self.city.slots), np.bool_)
        for first in range(0, self.city.slots, self.city.week_slots):
            week = slice(first, first + self.city.week_slots)
            served = (self.plan[team.members, week] != FREE).sum(axis=1)
            found[:, week] = ((served + 1) * self.city.slot_hours <= limit)[:, None]
        return found

    def seated(self, team: Team, place: int, slot: int) -> tuple[float, Whole] | None:
        """What the dearest seats are worth that all of the team can take at its n-th place, so that
        the rules hold, and the line of each; None where there are none."""
        columns = slice(int(team.starts[place]), int(team.starts[place + 1]))
        lines = team.lines[columns]
        may = team.may[:, columns] & self._allowed(team.members, lines, slot)
        lacks = self.rules.line_needs[lines] & ~self.held[lines, slot]
        seats = self._seats(lines, slot, len(team.members))
        best: tuple[float, list[int]] | None = None
        for guides, able in self._guided(team.members, lines, slot, (seats, may)):
            tags = self.rules.person_tags[team.members]
            leads = [x for x in _leads(seats, able, lacks, tags) if x[0] not in guides]
            bring = {q for p, q in guides.items() if not lacks[q] & ~tags[p]}
            for many in range(len(leads), -1, -1):
                led = guides | dict(leads[:many])
                open_ = bring | set(dict(leads[:many]).values())
                shut = set(np.flatnonzero(lacks).tolist()) - open_
                if shut & set(guides.values()):
                    continue
                found = seating([each for each in seats if each.column not in shut], able, led)
                if found is not None and (best is None or found[0] > best[0]):
                    best = found
        return None if best is None else (best[0], lines[best[1]])

    def _guided(
        self, members: Whole, lines: Whole, slot: int, by: tuple[list[Seat], Flags]
    ) -> Iterator[tuple[dict[int, int], Flags]]:
        """Members, by number, who guide the newcomers of the team, and the column of each; then who
        may serve where, (M, n): without them, and with them at some of the spots where nobody
        guides. `by`: the seats, the dearest first, and who may serve where if nobody is new. Where
        a place has several spots, or many who could guide, not every choice is tried."""
        seats, may = by
        new = self.rules.person_newcomer[members][:, None]
        guided = newcomers.guided(self.rules, self.guides, lines, slot)
        yield {}, may & (guided | ~new)
        spots = self.rules.line_spot[lines]
        open_to = np.unique(spots[~guided]).tolist() if new.any() else []
        for many in range(1, min(len(open_to), MOST_SPOTS) + 1):
            for some in combinations(open_to, many):
                able = may & (guided | np.isin(spots, some) | ~new)
                for guides in islice(_guides(seats, may & ~new, spots, some), MOST_GUIDES):
                    yield guides, able

    def _allowed(self, members: Whole, lines: Whole, slot: int) -> Flags:
        """(M, n) is nobody forbidden to serve there, or too long in a suit?"""
        shape = (len(members), len(lines))
        people, each = np.repeat(members, len(lines)), np.tile(lines, len(members))
        found = ~forbids(self.rules, people, each, np.full(len(each), slot)).reshape(shape)
        for at in np.flatnonzero(np.isfinite(self.rules.line_suit_hours[lines])).tolist():
            rows = self.plan[members]
            found[:, at] &= suit.allows(self.city, self.rules, rows, int(lines[at]), slot)
        return np.asarray(found)

    def _seats(self, lines: Whole, slot: int, many: int) -> list[Seat]:
        """Up to `many` empty seats of each line, the dearest first."""
        nth = self.present[lines, slot][:, None] + np.arange(many)
        worth = self.worth(lines[:, None], np.full((1, 1), slot), nth)
        seats = [
            Seat(float(worth[at, n]), at)
            for at, n in np.argwhere(nth < self.wanted[lines, slot][:, None]).tolist()
        ]
        return sorted(seats, key=lambda each: -each.worth)


def _guides(
    seats: Sequence[Seat], able: Flags, spots: Whole, some: Sequence[int]
) -> Iterator[dict[int, int]]:
    """Member → column: to each of `some` spots one of the `able` (M, n), on any line of it, the
    dearest first: a newcomer may be fit for one of its lines only."""
    columns = list(dict.fromkeys(each.column for each in seats))
    at = [[q for q in columns if spots[q] == spot and able[:, q].any()] for spot in some]
    for chosen in product(*at):
        found: dict[int, int] = {}
        for column in chosen:
            who = [p for p in np.flatnonzero(able[:, column]).tolist() if p not in found]
            if who:
                found[who[0]] = column
        if len(found) == len(chosen):
            yield found


def _leads(
    seats: Sequence[Seat], able: Flags, lacks: Whole, tags: Whole
) -> Iterator[tuple[int, int]]:
    """Member and column: who brings what a line lacks, the dearest line first, each member once."""
    known: set[int] = set()
    for column in dict.fromkeys(each.column for each in seats if lacks[each.column]):
        brings = able[:, column] & (tags & lacks[column] == lacks[column])
        who = [p for p in np.flatnonzero(brings).tolist() if p not in known]
        if who:
            known.add(who[0])
            yield who[0], column


def seating(
    seats: Sequence[Seat], able: Flags, given: dict[int, int]
) -> tuple[float, list[int]] | None:
    """The dearest seats that all members can take together, one each, and the column of each.

    Args:
        seats: the dearest first.
        able: (M, n) may he serve on that line?
        given: member → column of whose seat is settled.
    """
    left = list(seats)
    worth, column_of = 0.0, dict(given)
    for column in given.values():
        seat = next((each for each in left if each.column == column), None)
        if seat is None:  # two are settled on the one seat that there is
            return None
        left.remove(seat)
        worth += seat.worth
    for seat in left:
        if len(column_of) == len(able):
            break
        if _seat(seat.column, able, column_of, set(given)):
            worth += seat.worth
    if len(column_of) < len(able):
        return None
    return worth, [column_of[p] for p in range(len(able))]


def _seat(column: int, able: Flags, column_of: dict[int, int], seen: set[int]) -> bool:
    """Find somebody for a seat of `column`: who has none, or whose seat somebody else can take."""
    for person in np.flatnonzero(able[:, column]).tolist():
        if person in seen:
            continue
        seen.add(person)
        before = column_of.get(person)
        if before is None or _seat(before, able, column_of, seen):
            column_of[person] = column
            return True
    return False
