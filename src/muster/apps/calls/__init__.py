"""The call, sign-ups, and reporting in."""
