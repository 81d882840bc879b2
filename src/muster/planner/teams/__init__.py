"""Splits a group of people into teams (编队)."""
