"""Settings by place: `dev` (default), `test`, `prod`."""
