"""The reads of `rosters`."""
