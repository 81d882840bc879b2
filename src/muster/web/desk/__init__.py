"""Office pages: lists that filter, sort, print and export; one place at a time."""
