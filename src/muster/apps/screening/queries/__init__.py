"""The reads of `screening`."""
