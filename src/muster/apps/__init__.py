"""The apps: each owns its facts. Reads in `queries`, the only writes in `actions`."""
