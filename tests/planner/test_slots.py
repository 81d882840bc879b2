"""`muster.planner.slots`: rest and hours a day in slots are never laxer than in hours."""

from hypothesis import given, settings

from muster.planner.problem import Problem, Rules
from muster.planner.slots import clash, grid_of
from tests.planner.problems import problems, shift


@settings(max_examples=300, deadline=None)
@given(given_problem=problems())
def test_what_clashes_in_hours_is_kept_apart_in_slots(given_problem: Problem) -> None:
    grid = grid_of(given_problem.shifts, given_problem.rules)
    for one in given_problem.shifts:
        for other in given_problem.shifts:
            if one.id != other.id and clash(given_problem.rules, one.span, other.span):
                assert abs(grid.of[one.id] - grid.of[other.id]) <= grid.rest_slots
        assert one.night == (grid.of[one.id] % grid.slots_a_day == 0)
        assert grid.of[one.id] < grid.slots


def test_a_night_in_two_shifts_keeps_every_pair_that_the_rules_allow() -> None:
    """20 to 24 and 0 to 4 for three nights: after one, the next evening is free again."""
    nights = [shift(2 * i, 24 * i + 1) for i in range(3)]
    grid = grid_of([*nights, *(shift(2 * i + 1, 24 * i + 5) for i in range(3))], Rules())
    assert (grid.slots_a_day, grid.rest_slots, grid.forbidden) == (3, 1, 0)


def test_the_usual_day_of_four_shifts_is_four_slots() -> None:
    grid = grid_of([shift(i, 6 * i + 5, 6) for i in range(28)], Rules())
    assert (grid.slots_a_day, grid.slots) == (4, 28)
    assert grid.rest_slots == 2
    assert grid.forbidden == 0
