"""From a plan of the public format to one that keeps the rules beside it.

Pins first; then whoever breaks a rule is joined by whom he lacks or, failing that, withdrawn;
teams are placed whole into what is left. Withdrawing ends: no shift comes back.
"""

import time

import numpy as np

from muster.planner.city.constraints import capacity
from muster.planner.city.finding import Duties, duties
from muster.planner.city.fitting import may_stand, room
from muster.planner.city.problem import FREE, OPEN, SEALED, CityProblem, Flags, Lines, Reals, Whole
from muster.planner.city.rules import forbidden, hours, newcomers, presence, suit, teams
from muster.planner.city.rules.forbidden import forbids
from muster.planner.city.rules.hopeless import NEARLY_KM
from muster.planner.city.rules.model import Rules
from muster.planner.city.rules.moving import Moving
from muster.planner.city.rules.sending import Board, teams_of
from muster.planner.city.rules.worth import extra, saved

CALLED = 8
"""How many are thought of when somebody is called away from another post."""

TEAMS_SHARE = 0.4
"""Of the time for mending, for teams; the rest is for whoever else is free."""
WORTH_A_CALL = 2
"""People of a post that would go home without the one who is called."""


class Mending:
    """A plan of one week while it is mended; `plan` is its own copy, (P, T) lines."""

    def __init__(
        self, city: CityProblem, rules: Rules, assignment: Lines, since: int = 0, *,
        until: float = float("inf"), charge: float = 0.0,
    ) -> None:  # fmt: skip
        """What was before slot `since` stays. Once the monotonic clock shows `until`, nobody is
        brought, sent or placed any more; what breaks a rule is withdrawn all the same. `charge`:
        what it costs to tell one more person beside those of `told`."""
        self.city, self.rules = city, rules
        # by columns, because most questions are about one slot
        self.plan = np.array(assignment, order="F")
        self.fixed = np.zeros(assignment.shape, np.bool_, order="F")
        self.fixed[:, :since] = True
        self.since, self.until, self.charge = since, until, charge
        self.told = np.zeros(city.people, np.bool_)
        self.near: dict[int, Whole] = {}
        self.roles = city.person_roles.astype(np.int64)

    def over(self) -> bool:
        """Is the time used up?"""
        return time.monotonic() >= self.until

    def run(self) -> Lines:
        """The plan mended. Pins that no plan can keep beside the other rules stay broken."""
        self.keep()
        self.place_teams(share=TEAMS_SHARE)
        self.withdraw()
        self.fill()
        return self.plan

    def place(self, prices: Reals | None) -> Lines:
        """The plan with pins and teams in place and whatever breaks a rule withdrawn: soon done.

        Args:
            prices: (L, T) what a seat is worth when all others are planned anew; then teams take
                the seats of others too.
        """
        self.pin()
        self.withdraw()
        if prices is None:
            self.place_teams()
        else:
            self._place_first(prices)
        self.withdraw()
        return self.plan

    def _place_first(self, prices: Reals) -> None:
        """Place the teams as if nobody served but the pinned and one for each tag that a post
        needs; who is then too many goes."""
        team, everybody = self.rules.person_team >= 0, self.plan
        at = duties(everybody)
        stay = presence.bearers(self.city, self.rules, at)
        staying = self.fixed | team[:, None]
        staying[at.person[stay], at.slot[stay]] = True
        self.plan = np.where(staying, everybody, FREE)
        self.place_teams(prices)
        self.plan[~team] = everybody[~team]
        over = capacity.present(self.city, self.plan) - self.city.required
        for q, t in np.argwhere(over > 0).tolist():
            others = (self.plan[:, t] == q) & ~staying[:, t]
            self.plan[np.flatnonzero(others)[-int(over[q, t]) :], t] = FREE

    def keep(self) -> None:
        """As `run`, but nobody is sent to an empty post."""
        self.pin()
        self.bring()
        self.withdraw()

    def pin(self) -> None:
        """Put the pinned in their places; what is in the way gives way."""
        self.fixed[self.rules.pinned[:, 0], self.rules.pinned[:, 2]] = True
        for p, q, t in self.rules.pinned[self.rules.pinned[:, 2] >= self.since].tolist():
            self.plan[p, t] = q
            if np.count_nonzero(self.plan[:, t] == q) > self.city.required[q, t]:
                others = np.flatnonzero((self.plan[:, t] == q) & ~self.fixed[:, t])
                self.plan[others[-1], t] = FREE
            self._clear(p, t)
        for p in np.unique(self.rules.pinned[:, 0]).tolist():
            self._shorten(p)

    def _shorten(self, p: int) -> None:
        """Free `p` of his last other shifts until his hours are kept."""
        served = np.flatnonzero(self.plan[p] != FREE)
        hours = np.arange(1, len(served) + 1) * self.city.slot_hours
        over = int(np.count_nonzero(hours > self.rules.person_max_hours[p]))
        other = served[~self.fixed[p, served]]
        self.plan[p, other[max(len(other) - over, 0) :]] = FREE

    def _clear(self, p: int, t: int) -> None:
        """Free `p` of his nearest other shifts until the one in slot `t` has room."""
        own = np.flatnonzero((self.plan[p] != FREE) & ~self.fixed[p])
        for other in own[np.argsort(np.abs(own - t), kind="stable")].tolist():
            if room(self.city, self.plan[p : p + 1], t)[0]:
                return
            self.plan[p, other] = FREE

    def withdraw(self) -> None:
        """Free everybody whose shift breaks a rule, until none does; the pinned stay."""
        while True:
            wrong = self._wrong() & ~self.fixed & (self.plan != FREE)
            if not wrong.any():
                return
            self.plan[wrong] = FREE

    def _wrong(self) -> Flags:
        """(P, T) shifts that a rule other than a pin finds wrong."""
        found = np.zeros(self.plan.shape, np.bool_)
        at = duties(self.plan)
        for rule in (forbidden, hours, suit, presence, newcomers, teams):
            bad = rule.breaches(self.city, self.rules, at)
            found[at.person[bad], at.slot[bad]] = True
        return found

    def bring(self) -> None:
        """To each post that lacks a tag or a guide, somebody who has it and a free slot."""
        lacks = presence.lacking(self.city, self.rules, duties(self.plan))
        for q, t in np.argwhere(lacks).tolist():
            if self.over():
                return
            tags = int(lacks[q, t])
            for part in (tags, *_parts(tags)):
                able = self.rules.person_tags & part == part
                if tags & part == part and (self._join(q, t, able) or self._call(q, t, able)):
                    tags &= ~part
        at = duties(self.plan)
        bad = newcomers.breaches(self.city, self.rules, at)
        cells = np.unique(np.stack([at.line[bad], at.slot[bad]], axis=1), axis=0)
        for q, t in cells.tolist():
            if self.over():
                return
            able = ~self.rules.person_newcomer
            _ = self._join(q, t, able) or self._call(q, t, able)

    def _join(self, q: int, t: int, able: Flags, worth: float = np.inf) -> bool:
        """Who of the `able` may come for the least, below `worth`, in the last one's place if the
        post is full."""
        full = np.count_nonzero(self.plan[:, t] == q) >= self.city.required[q, t]
        leaves = self._spare(q, t) if full else FREE
        found = self._cheapest(q, t, able)
        if found is None or (full and leaves == FREE) or found[1] >= worth:
            return False
        if full:
            self.plan[leaves, t] = FREE
            self.told[leaves] = True
        self.plan[found[0], t] = q
        self.told[found[0]] = True
        return True

    def _cheapest(self, q: int, t: int, able: Flags) -> tuple[int, float] | None:
        """Who of the `able` may come for the least, and for how much."""
        near = self._near(q)
        who = self._may(near[able[near] & (self.rules.person_team[near] < 0)], q, t)
        if not len(who):
            return None
        cost = extra(self.city, self.plan[who], who, np.full(len(who), q), t)
        cost += self.charge * ~self.told[who]
        return int(who[np.argmin(cost)]), float(cost.min())

    def _spare(self, q: int, t: int) -> int:
        """Who leaves the full post for somebody whom it needs: the last one who alone brings
        nothing of it, else the last one; `FREE` if all have to stay."""
        everybody = np.flatnonzero(self.plan[:, t] == q)
        there = everybody[~self.fixed[everybody, t]].tolist()
        needs, tags = int(self.rules.line_needs[q]), self.rules.person_tags
        for p in reversed(there):
            others = np.bitwise_or.reduce(tags[everybody[everybody != p]], initial=0)
            if not needs & int(tags[p]) & ~int(others):
                return int(p)
        return int(there[-1]) if there else FREE

    def _together(self, q: int, t: int) -> int:
        """To an empty post at once all whom it needs, each for one of its tags or more, if that
        costs less than their seats are worth; how many came."""
        lacks, before = int(self.rules.line_needs[q]), (self.plan[:, t].copy(), self.told.copy())
        come, cost, room_for = 0, 0.0, int(self.city.required[q, t])
        while lacks and come < room_for:
            part = _parts(lacks)[0] if room_for - come > 1 else lacks
            able = self.rules.person_tags & part == part
            able &= self._guided(q, t) | ~self.rules.person_newcomer
            found = self._cheapest(q, t, able)
            if found is None:
                break
            self.plan[found[0], t] = q
            self.told[found[0]] = True
            lacks &= ~int(self.rules.person_tags[found[0]])
            come, cost = come + 1, cost + found[1]
        at = np.full(come, q), np.full(come, t)
        if lacks or cost >= float(saved(self.city, *at, np.arange(come)).sum()):
            self.plan[:, t], self.told[:] = before
            return 0
        return come

    def _call(self, q: int, t: int, able: Flags) -> bool:
        """One of the `able` from another post of slot `t`, if both places keep the rules then."""
        city, lines = self.city, self.plan[:, t]
        if np.count_nonzero(lines == q) < WORTH_A_CALL:
            return False
        away = able & (lines != FREE) & (lines != q) & ~self.fixed[:, t]
        who = np.flatnonzero(away & (self.rules.person_team < 0))
        line, slot = np.full(len(who), q), np.full(len(who), t)
        may = may_stand(city, who, line) & ~forbids(self.rules, who, line, slot)
        who = who[may]
        weight = city.weight_minimum[lines[who]] + city.weight_required[lines[who]]
        for p in who[np.argsort(weight, kind="stable")][:CALLED].tolist():
            before, old = lines.copy(), int(lines[p])
            if np.count_nonzero(lines == q) >= city.required[q, t]:
                leaves = self._spare(q, t)
                if leaves == FREE:
                    return False
                lines[leaves] = FREE
            lines[p] = q
            if self._legal(city.line_place[[old, q]], t):
                self.told[lines != before] = True
                return True
            self.plan[:, t] = before
        return False

    def _near(self, q: int) -> Whole:
        """(n,) who holds the role of line `q` and may come, at any time."""
        if q not in self.near:
            city, place = self.city, int(self.city.line_place[q])
            away = np.hypot(*(city.compound_xy - city.compound_xy[place]).T)
            homes = (away <= city.role_radius_km[city.line_role[q]] + NEARLY_KM) & (
                city.compound_status == OPEN
            )
            homes &= city.compound_status[place] != SEALED
            homes[place] = True
            who = homes[city.person_home] & self.holds(int(city.line_role[q]))
            self.near[q] = np.flatnonzero(who).astype(np.int32)
        return self.near[q]

    def _may(self, people: Whole, q: int, t: int) -> Whole:
        """Those of `people` who are free and may serve on line `q` in slot `t`."""
        city = self.city
        if t < self.since:
            return people[:0]
        people = people[(self.plan[people, t] == FREE) & city.person_available[people, t]]
        lines, slots = np.full(len(people), q), np.full(len(people), t)
        may = may_stand(city, people, lines) & ~forbids(self.rules, people, lines, slots)
        people = people[may]
        people = people[room(city, self.plan[people], t)]
        people = people[suit.allows(city, self.rules, self.plan[people], q, t)]
        served = np.count_nonzero(self.plan[people] != FREE, axis=1) + 1
        within: Whole = people[served * city.slot_hours <= self.rules.person_max_hours[people]]
        return within

    def least(self) -> tuple[Lines, Duties]:
        """The plan with pins in place and whatever breaks a rule withdrawn, nobody sent anywhere,
        and the shifts of it that are pinned and break a rule all the same."""
        self.pin()
        self.withdraw()
        person, slot = np.nonzero(self._wrong() & (self.plan != FREE))
        return self.plan, Duties(person, slot, self.plan[person, slot])

    def place_teams(self, prices: Reals | None = None, share: float = 1.0) -> None:
        """Each team whole to where it is worth most, as often as it can go and that pays, in a
        `share` of the time that is left."""
        now = time.monotonic()
        until = now + share * (self.until - now)
        board = Board(self.city, self.rules, self.plan, prices=prices)
        ahead = np.arange(self.city.slots) >= self.since
        for members in teams_of(self.rules):
            if time.monotonic() >= until:
                return
            team = board.team(members)
            prospects = board.prospects(team)
            while found := board.outing(team, prospects, ahead):
                board.put(members, found.lines, found.slot)

    def move_teams(self, where: Flags | None = None) -> None:
        """Each team once more, or elsewhere as a whole, where that gains more than its charge.

        Args:
            where: (L, T) the only posts that teams are sent to.
        """
        board = Board(self.city, self.rules, self.plan, where=where)
        Moving(board, self.since, self.fixed, self.told, self.charge).run(self.over)

    def fill(self, where: Flags | None = None) -> None:
        """Seat by seat, the dearest first: whoever is free, costs least and less than the seat is
        worth, and with whom the post is legal.

        Args:
            where: (L, T) the only posts to be filled.
        """
        city = self.city
        anybody = np.ones(city.people, np.bool_)
        there = capacity.present(city, self.plan)
        for q, t, many, worth in _seats(city, there):
            if self.over():
                return
            if there[q, t] >= many or not (where is None or where[q, t]):
                continue
            able = anybody
            if not there[q, t]:
                needs = self.rules.line_needs[q]
                able = self._guided(q, t) | ~self.rules.person_newcomer
                able &= self.rules.person_tags & needs == needs
            came = int(self._join(q, t, able, worth))
            if not came and not there[q, t] and len(_parts(int(self.rules.line_needs[q]))) > 1:
                came = self._together(q, t)
            there[q, t] += came

    def _guided(self, q: int, t: int) -> bool:
        """May newcomers serve on line `q` in slot `t` as things are?"""
        spot, lines = self.rules.line_spot, self.plan[:, t]
        old = lines[(lines != FREE) & ~self.rules.person_newcomer]
        return bool(not newcomers.watched(self.rules)[q] or (spot[old] == spot[q]).any())

    def holds(self, wanted: int) -> Flags:
        """(P,) who holds the role `wanted`."""
        return np.asarray(self.roles >> wanted & 1 == 1)

    def _legal(self, places: Whole, t: int) -> bool:
        """Does nobody at `places` break a rule that hangs on who else is there in slot `t`?"""
        at = duties(self.plan[:, t : t + 1])
        here = np.isin(self.city.line_place[at.line], places)
        at = Duties(at.person[here], at.slot[here] + t, at.line[here])
        rules = (presence, newcomers, teams)
        return not any(rule.breaches(self.city, self.rules, at).any() for rule in rules)


def _parts(tags: int) -> list[int]:
    """Each tag of several by itself."""
    return [1 << bit for bit in range(tags.bit_length()) if tags >> bit & 1]


def _seats(city: CityProblem, there: Whole) -> list[tuple[int, int, int, float]]:
    """Line, slot, people with it, worth: each seat that is empty, the dearest first."""
    seats = []
    for q, t in np.argwhere(there < city.required).tolist():
        for many in range(int(there[q, t]) + 1, int(city.required[q, t]) + 1):
            needed = city.weight_minimum[q] if many <= city.minimum[q, t] else 0.0
            seats.append((-float(needed + city.weight_required[q]), q, t, many))
    return [(q, t, many, -worth) for worth, q, t, many in sorted(seats)]
