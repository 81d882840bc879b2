"""Write many rows at once, under row-level security (which COPY does not go through)."""

from collections.abc import Iterable, Sequence
from itertools import batched
from typing import Any

import msgspec
from django.db import connection
from psycopg import sql

CHUNK = 5000


def insert_rows(table: str, columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> int:
    """Insert rows of plain values (str, int, bool, UUID, date, datetime, bytes, list, None), 5,000
    a statement; how many."""
    names = sql.SQL(", ").join(map(sql.Identifier, columns))
    statement = sql.SQL(
        "INSERT INTO {table} ({names}) SELECT {names}"
        " FROM json_populate_recordset(NULL::{table}, %s::json)"
    ).format(table=sql.Identifier(table), names=names)
    count = 0
    with connection.cursor() as cursor:
        for chunk in batched(rows, CHUNK):
            body = [dict(zip(columns, map(_plain, row), strict=True)) for row in chunk]
            cursor.execute(statement, [msgspec.json.encode(body).decode()])
            count += len(chunk)
    return count


def _plain(value: Any) -> Any:
    return f"\\x{value.hex()}" if isinstance(value, bytes) else value
