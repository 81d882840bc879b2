from muster.planner import solve
from muster.planner.problem import Person, Post
from tests.planner.problems import ESTATE, GUIDE, problem


def test_minima_first_then_the_important() -> None:
    people = tuple(Person(i, 1, ESTATE) for i in range(3))
    posts = (
        Post(1, ESTATE, GUIDE, 1, required=2, minimum=1, priority=1),
        Post(2, ESTATE, GUIDE, 1, required=3, minimum=1, priority=9),
    )
    plan = solve(problem(people, posts), solver="greedy")
    assert sorted(each.post for each in plan.assignments) == [1, 2, 2]
