"""Posts, shifts, plans, rosters, attendance."""
