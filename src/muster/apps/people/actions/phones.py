"""Short-lived codes by which a phone that nobody has logged in on becomes somebody's."""

import secrets
from datetime import timedelta

from django.utils.crypto import salted_hmac

DIGITS = 8
VALID = timedelta(minutes=10)
KEPT = timedelta(days=1)
"""After it ran out a code is kept so long, for who asks why it did not work; the audit log keeps
who asked for it."""


def new_code() -> str:
    """Digits that are shown once."""
    return f"{secrets.randbelow(10**DIGITS):0{DIGITS}d}"


def hashed(purpose: str, text: str) -> bytes:
    """A keyed hash: eight digits would be found from a plain one in a second."""
    return salted_hmac(f"muster.{purpose}", text, algorithm="sha256").digest()
