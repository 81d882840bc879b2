"""Settings, URLs, jobs, the command line: the only package that knows all others."""
