"""One after the other, where there is no row yet that could be locked."""

from uuid import UUID

from django.db import connection


def take_turns(what: str, of: int | str | UUID) -> None:
    """Wait until the transactions have ended that do the same (`what`) about the same (`of`);
    others wait for this one. For numbers in a row, and for what must not be entered twice."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"{what}:{of}"])
