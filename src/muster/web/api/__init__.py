"""The HTTP API for other programs: the same queries as the pages, under the same reach."""
