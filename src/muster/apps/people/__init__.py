"""Persons, organisations, accounts and what they may do."""
