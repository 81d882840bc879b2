"""Figures frozen at a cut-off."""
