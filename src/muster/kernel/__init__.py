"""Ids, clock, periods and the error base. Imports nothing of ours."""
