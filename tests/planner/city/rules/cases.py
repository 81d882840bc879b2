"""Tiny cities with any rules, and the rules read slowly, shift by shift."""

from dataclasses import replace

import numpy as np
from hypothesis import strategies as st

from muster.planner.city.problem import FREE, CityProblem, Lines, Whole
from muster.planner.city.rules.model import Rules, no_rules
from tests.planner.city.cases import plans

type Case = tuple[CityProblem, Rules, Lines]


def some_rules(city: CityProblem, seed: int) -> Rules:
    """A share of each rule but pins."""
    chance = np.random.default_rng(seed)
    ban = [chance.integers(0, n, 4) for n in (city.people, city.lines)]
    return replace(
        no_rules(city),
        forbidden=np.stack([*ban, chance.integers(-1, city.slots, 4)], axis=1),
        person_tags=chance.integers(0, 4, city.people),
        line_needs=chance.integers(0, 4, city.lines),
        person_newcomer=chance.random(city.people) < 0.4,
        line_spot=_spots(city, chance),
        line_lenient=chance.random(city.lines) < 0.3,
        person_team=chance.integers(-1, 2, city.people),
        person_max_hours=chance.choice(np.array([np.inf, 0.0, 6.0, 13.0]), city.people),
        line_suit_hours=chance.choice(np.array([np.inf, 6.0, 12.0]), city.lines),
    )


def _spots(city: CityProblem, chance: np.random.Generator) -> Whole:
    """Half of the time places as they are, else two spots at each; some lines need no guide."""
    spot = city.line_place.astype(np.int64)
    if chance.random() < 0.5:
        spot = 2 * spot + chance.integers(0, 2, city.lines)
    return np.where(chance.random(city.lines) < 0.2, -1, spot)


@st.composite
def cases(draw: st.DrawFn) -> Case:
    """A tiny city, rules, and any plan; the pins may contradict the rest."""
    city, plan = draw(plans())
    rules = some_rules(city, draw(st.integers(0, 1000)))
    chance = np.random.default_rng(draw(st.integers(0, 1000)))
    pins = [chance.integers(0, n, 2) for n in (city.people, city.lines, city.slots)]
    return city, replace(rules, pinned=np.stack(pins, axis=1)), plan


def slow_rules(city: CityProblem, rules: Rules, plan: Lines) -> dict[str, int]:
    """Each broken rule with its count."""
    found = dict.fromkeys(
        ("pinned", "forbidden", "hours", "suit", "presence", "newcomers", "teams"), 0
    )
    for p, q, t in rules.pinned.tolist():
        found["pinned"] += int(plan[p, t] != q)
    bans = rules.forbidden.tolist()
    for p in range(city.people):
        hours, suited = 0, dict.fromkeys(range(city.slots), 0)
        for t in range(city.slots):
            q = int(plan[p, t])
            if q == FREE:
                continue
            hours += city.slot_hours
            found["hours"] += int(hours > rules.person_max_hours[p])
            if rules.line_suit_hours[q] < np.inf:
                suited[t // city.slots_a_day] += city.slot_hours
                over = suited[t // city.slots_a_day] > rules.line_suit_hours[q]
                found["suit"] += int(over)
            found["forbidden"] += int([p, q, t] in bans or [p, q, -1] in bans)
            beside = [o for o in range(city.people) if plan[o, t] == q]
            tags = {b for b in range(16) for o in beside if int(rules.person_tags[o]) >> b & 1}
            needs = {b for b in range(16) if int(rules.line_needs[q]) >> b & 1}
            found["presence"] += int(not needs <= tags)
            alone = all(rules.person_newcomer[o] for o in _at(rules, plan, q, t))
            watched = rules.line_spot[q] >= 0 and not rules.line_lenient[q]
            found["newcomers"] += int(alone and bool(rules.person_newcomer[p]) and watched)
            team = rules.person_team[p]
            mates = [o for o in range(city.people) if team >= 0 and rules.person_team[o] == team]
            places = [city.line_place[plan[o, t]] if plan[o, t] != FREE else -1 for o in mates]
            found["teams"] += int(any(place != city.line_place[q] for place in places))
    return {name: n for name, n in found.items() if n}


def _at(rules: Rules, plan: Lines, line: int, slot: int) -> list[int]:
    """Who serves in `slot` at the spot of `line`."""
    lines = plan[:, slot].tolist()
    where = rules.line_spot
    return [o for o, other in enumerate(lines) if other != FREE and where[other] == where[line]]
