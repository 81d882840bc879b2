"""The reads of `kits`."""
