"""The test suite: the real stack on a database of its own, cheap password hashes."""

import os
import tempfile
from pathlib import Path

# Decided before the environment is read: tests never touch a person's own data.
os.environ.setdefault("MUSTER_DATA", str(Path(tempfile.gettempdir()) / "muster-test"))
os.environ.setdefault("MUSTER_SECRET", "test-secret-that-signs-nothing-outside-the-tests")
os.environ.setdefault("MUSTER_HOSTS", "*")

from muster.project.settings.base import *  # noqa: F403
from muster.project.settings.base import DATABASES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
DATABASES["default"]["OPTIONS"].pop("pool")
DATABASES["default"]["CONN_HEALTH_CHECKS"] = False
MUSTER_DEMO = True
