"""HiGHS says nothing and can be stopped."""

import highspy
import pytest

from muster.planner.solvers.highs import QuietHighs


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    solver = QuietHighs()
    solver.addVar(0.0, 1.0)
    solver.run()
    assert capfd.readouterr().out == ""
    assert solver.HandleUserInterrupt


def test_every_solver_of_a_process_asks_for_the_same_threads() -> None:
    """The first run fixes the threads of the process; another number fails afterwards."""
    for _ in range(2):
        solver = QuietHighs()
        assert solver.getOptionValue("threads")[1] == 1
        solver.addVar(0.0, 1.0)
        solver.run()
        assert solver.getModelStatus() == highspy.HighsModelStatus.kOptimal
