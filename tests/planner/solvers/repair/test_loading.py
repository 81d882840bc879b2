"""What is loaded before the clock is what a repair runs."""

from muster.planner.city.event import apply, sealing
from muster.planner.city.generate import generate
from muster.planner.city.repair import repair
from muster.planner.city.solving import solve
from muster.planner.solvers.repair import chains as chained
from muster.planner.solvers.repair import fills, load, sparing
from muster.planner.solvers.repair.loading import PEOPLE


def test_a_repair_compiles_nothing_that_loading_has_not() -> None:
    load()
    loops = (fills.fill, chained._fill_all, sparing._spare_each)
    known = [list(loop.signatures) for loop in loops]
    problem = generate(10 * PEOPLE, 2)
    plan = solve(problem, seconds=0.2).assignment
    after = apply(problem, plan, sealing(problem, people=PEOPLE, seed=1))
    assert repair(after.problem, plan, after.since, holes=after.holes).told
    assert known == [list(loop.signatures) for loop in loops]
    assert all(known)
