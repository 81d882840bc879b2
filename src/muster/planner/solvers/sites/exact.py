"""The siting as an integer programme for HiGHS: exact, for small problems."""

import highspy
import numpy as np

from muster.planner.sites.problem import Indices, SiteProblem
from muster.planner.solvers.highs import QuietHighs

LARGEST = 6_000
"""Candidates times buildings that are worth a try."""


def exact(problem: SiteProblem, seconds: float) -> tuple[Indices, float, float] | None:
    """The candidate each building goes to, the cost and the bound proven within `seconds`;
    ``None`` when nothing was found. Raises `ValueError` for a problem that is too large."""
    candidates, buildings = problem.candidates, problem.buildings
    if candidates * buildings > LARGEST:
        raise ValueError(f"{candidates} times {buildings} is more than {LARGEST}")
    solver = QuietHighs()
    solver.setOptionValue("time_limit", seconds)
    solver.setOptionValue("mip_rel_gap", 1e-9)
    solver.passModel(_model(problem))
    solver.run()
    info = solver.getInfo()
    if info.primal_solution_status != highspy.SolutionStatus.kSolutionStatusFeasible:
        return None
    chosen = np.array(solver.getSolution().col_value)[candidates:].reshape(candidates, buildings)
    goes_to = chosen.argmax(axis=0).astype(np.int64)
    return goes_to, float(info.objective_function_value), float(info.mip_dual_bound)


def _model(problem: SiteProblem) -> highspy.HighsLp:
    """Columns: whether a candidate is open, then whether it serves a building. Rows: every building
    once, so many sites, only open ones serve, and within their capacity."""
    candidates, buildings = problem.candidates, problem.buildings
    served = np.arange(candidates * buildings).reshape(candidates, buildings) + candidates
    rows: list[tuple[list[int], list[float], float, float]] = [
        (served[:, building].tolist(), [1.0] * candidates, 1.0, 1.0)
        for building in range(buildings)
    ]
    rows.append((list(range(candidates)), [1.0] * candidates, problem.sites, problem.sites))
    for site in range(candidates):
        rows += [
            ([column, site], [1.0, -1.0], -highspy.kHighsInf, 0.0)
            for column in served[site].tolist()
        ]
        if problem.capacity is not None:
            columns = [*served[site].tolist(), site]
            weights = [*problem.people.tolist(), -problem.capacity]
            rows.append((columns, weights, -highspy.kHighsInf, 0.0))
    model = highspy.HighsLp()
    count = candidates + candidates * buildings
    model.num_col_, model.num_row_ = count, len(rows)
    model.col_cost_ = np.concatenate([np.zeros(candidates), problem.cost.ravel()])
    model.col_lower_, model.col_upper_ = np.zeros(count), np.ones(count)
    model.integrality_ = [highspy.HighsVarType.kInteger] * count
    model.row_lower_ = np.array([row[2] for row in rows])
    model.row_upper_ = np.array([row[3] for row in rows])
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_ = np.cumsum([0, *(len(row[0]) for row in rows)])
    model.a_matrix_.index_ = np.concatenate([np.array(row[0]) for row in rows])
    model.a_matrix_.value_ = np.concatenate([np.array(row[1]) for row in rows])
    return model
