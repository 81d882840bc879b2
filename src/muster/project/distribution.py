"""Spread the log over a Citus cluster: by district, with what it is joined to whole on every node.

`muster db distribute` on the coordinator that `DATABASE_URL` names. On one PostgreSQL nothing of
this is needed: the same code runs on the same tables (docs/adr/0006-the-log.md).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import psycopg
from psycopg import sql

from muster.kernel.errors import Conflict, Unavailable

LOG = (
    "screening_specimen",
    "screening_sampled",
    "screening_tube",
    "screening_change",
    "screening_closing",
)
"""Distributed by `COLUMN`, rows of one district beside each other."""
COLUMN = "district"
JOINED = (
    "screening_device",
    "screening_samplingtable",
    "screening_absence",
    "screening_packed",
    "screening_handover",
    "communities_residence",
    "people_phone",
)
"""What queries join to the log; these and all that they refer to are whole on every node."""


class CitusMissing(Unavailable):
    """This PostgreSQL has no Citus. Name a Citus coordinator in DATABASE_URL."""

    code = "citus_missing"


class NotDistributable(Conflict):
    """The log cannot be distributed: {reason}"""

    code = "not_distributable"


@dataclass(frozen=True, slots=True)
class Layout:
    """Tables to distribute, and tables to copy to every node, what is referred to first."""

    distributed: tuple[str, ...]
    whole: tuple[str, ...]


def layout(owner: psycopg.Connection) -> Layout:
    """What would be done. Raises `NotDistributable`, which names every obstacle: a foreign key from
    or to the log, a unique key without the district."""
    obstacles = [
        *(f"{a} refers to {b}" for a, b in _references(owner) if a in LOG or b in LOG),
        *(f"{index} is unique without {COLUMN}" for index in _keys_without_district(owner)),
    ]
    if obstacles:
        raise NotDistributable(reason="; ".join(obstacles))
    return Layout(LOG, _closure(JOINED, _references(owner)))


def distribute(owner: psycopg.Connection) -> Layout:
    """Do it; tables that are distributed already are left as they are.

    Raises `CitusMissing`, `NotDistributable`.
    """
    found = owner.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'citus'").fetchone()
    if found is None:
        raise CitusMissing(retry_after=0)
    plan = layout(owner)
    owner.execute("CREATE EXTENSION IF NOT EXISTS citus")
    done = {row[0] for row in owner.execute("SELECT table_name::text FROM citus_tables")}
    for table in plan.whole:
        if table not in done:
            owner.execute("SELECT create_reference_table(%s)", [table])
    for table in plan.distributed:
        if table not in done:
            beside = "default" if table == LOG[0] else LOG[0]
            owner.execute(
                "SELECT create_distributed_table(%s, %s, colocate_with => %s)",
                [table, COLUMN, beside],
            )
    return plan


def _references(owner: psycopg.Connection) -> list[tuple[str, str]]:
    """Every foreign key: from which table to which."""
    rows = owner.execute(
        "SELECT DISTINCT conrelid::regclass::text, confrelid::regclass::text FROM pg_constraint"
        " WHERE contype = 'f' AND connamespace = 'public'::regnamespace"
    )
    return [(a, b) for a, b in rows if a != b]


def _keys_without_district(owner: psycopg.Connection) -> list[str]:
    rows = owner.execute(
        sql.SQL(
            """SELECT i.indexrelid::regclass::text FROM pg_index i
               WHERE i.indisunique AND i.indrelid = ANY({tables}::regclass[]) AND NOT EXISTS (
                     SELECT 1 FROM pg_attribute a WHERE a.attrelid = i.indrelid
                            AND a.attname = {column} AND a.attnum = ANY(i.indkey))"""
        ).format(tables=sql.Literal(list(LOG)), column=sql.Literal(COLUMN))
    )
    return [row[0] for row in rows]


def _closure(roots: Sequence[str], references: Sequence[tuple[str, str]]) -> tuple[str, ...]:
    """The roots and all that they refer to, each after what it refers to."""
    ordered: list[str] = []

    def visit(table: str, above: tuple[str, ...]) -> None:
        if table in ordered or table in above:
            return
        for from_, to in sorted(references):
            if from_ == table:
                visit(to, (*above, table))
        ordered.append(table)

    for root in roots:
        visit(root, ())
    return tuple(ordered)
