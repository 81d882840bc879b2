"""The reads of `communities`."""
