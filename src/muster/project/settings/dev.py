"""One machine: the default, and what `make demo` runs."""

from muster.project.settings.base import *  # noqa: F403
