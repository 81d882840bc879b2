"""Rounds, sites, tables, tubes, specimens, results."""
