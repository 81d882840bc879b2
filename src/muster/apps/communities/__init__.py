"""The tree of places, who lives where, and what was imported."""
