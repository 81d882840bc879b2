"""Solvers of the p-median: interchange, loads, prices, and an exact programme for small ones."""
