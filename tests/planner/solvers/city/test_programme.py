"""The compiled week against every week there is."""

from itertools import pairwise, product

import numpy as np
import pytest

from muster.planner.solvers.city.programme import best_week, choice, work
from muster.planner.solvers.city.tables import Week
from tests.planner.solvers.city.small import LOADS, all_weeks, small


def by_hand(weeks: list[tuple[int, ...]], worth: dict[tuple[int, int], int], rules: Week) -> int:
    """The best week by trying every line for every shift of every week."""
    best = -int(rules.load[0])
    for week in weeks:
        states = {None: 0}
        for slot in week:
            after: dict[int | None, int] = {}
            for (at, line), value in worth.items():
                if at != slot:
                    continue
                after[line] = max(
                    total + value - (rules.change if before not in (None, line) else 0)
                    for before, total in states.items()
                )
            states = after
        if states:
            best = max(best, max(states.values()) - int(rules.load[len(week)]))
    return best


@pytest.mark.parametrize("seed", range(96))
def test_the_week_is_the_best_there_is(seed: int) -> None:
    rest, nights, load = list(product((2, 0, 1), (2, 0, 1, 3), LOADS))[seed % 24]
    problem, city = small(rest_slots=rest, max_nights_in_a_row=nights, load_cost=np.array(load))
    chance = np.random.default_rng(seed)
    slots = sorted(chance.choice(problem.slots, size=11, replace=False).tolist())
    if seed % 2:
        slots = sorted({*slots, 0, 4, 8, 12, 16})[:12]
    worth = {
        (slot, line): int(chance.integers(-40_000, 80_000))
        for slot in slots
        for line in chance.choice(4, size=chance.integers(1, 4), replace=False).tolist()
    }
    who, n = choice(64), 0
    for (slot, line), value in sorted(worth.items()):
        who.slot[n], who.local[n], who.worth[n] = slot, line, value
        n += 1
    out = np.empty(problem.max_shifts, np.int32)
    found = best_week(city.week, work(city.week, 64, 4), who, n, out)
    assert found == by_hand(all_weeks(problem, slots), worth, city.week)
    taken = [c for c in out if c >= 0][::-1]
    assert tuple(int(who.slot[c]) for c in taken) in all_weeks(problem, slots)
    lines = [who.local[c] for c in taken]
    changes = sum(a != b for a, b in pairwise(lines))
    value = sum(int(who.worth[c]) for c in taken) - changes * city.week.change
    assert value - int(city.week.load[len(taken)]) == found
