"""Solvers of the station roster. Solver libraries and compiled kernels live here only."""
