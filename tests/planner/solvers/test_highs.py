"""HiGHS says nothing and can be stopped."""

import pytest

from muster.planner.solvers.highs import QuietHighs


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    solver = QuietHighs()
    solver.addVar(0.0, 1.0)
    solver.run()
    assert capfd.readouterr().out == ""
    assert solver.HandleUserInterrupt
