"""Figures with their definitions. Owns no facts."""
