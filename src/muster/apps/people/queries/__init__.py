"""The reads of `people`."""
