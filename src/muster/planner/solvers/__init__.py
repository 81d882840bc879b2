"""Solvers behind the seam: `solve(problem, deadline) -> Draft`. Solver libraries live here only."""
