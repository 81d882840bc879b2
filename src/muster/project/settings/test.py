"""Settings of the test suite."""

SECRET_KEY = "test-only"  # noqa: S105 -- signs nothing that outlives a test
INSTALLED_APPS: list[str] = []
USE_TZ = True
