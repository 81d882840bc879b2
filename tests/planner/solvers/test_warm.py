"""What set-up compiles is what the solvers run."""

from muster.planner.solvers.warm import warm


def test_warming_solves_both_kinds() -> None:
    city, station = warm()
    assert city > 0
    assert station >= 0
