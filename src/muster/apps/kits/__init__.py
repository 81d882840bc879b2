"""Antigen kits: stock, issue by door, results, what a positive asks for."""
