"""Spread the log over a Citus cluster, by district; everything else stays on the coordinator.

`muster db distribute` on the coordinator that `DATABASE_URL` names. On one PostgreSQL nothing of
this is needed: the same code runs on the same tables (docs/adr/0006-the-log.md).
"""

import psycopg
from psycopg import sql

from muster.kernel.errors import Conflict, Unavailable
from muster.project.protect import protected_tables, set_policy, spread_tables

LOG = (
    "screening_specimen",
    "screening_sampled",
    "screening_tube",
    "screening_change",
    "screening_closing",
)
"""Distributed by `COLUMN`, rows of one district beside each other."""
COLUMN = "district"
SEE_DISTRICT = "ALTER FUNCTION screening_known(int, uuid, uuid, uuid[], text[]) RESET ALL"
"""One PostgreSQL plans the question of a batch once for all districts. Citus has to see which one
is asked for: it names the node."""


class CitusMissing(Unavailable):
    """This PostgreSQL has no Citus. Name a Citus coordinator in DATABASE_URL."""

    code = "citus_missing"


class NotDistributable(Conflict):
    """The log cannot be distributed: {reason}"""

    code = "not_distributable"


def obstacles(owner: psycopg.Connection) -> list[str]:
    """What Citus would refuse: a foreign key from or to the log, a unique key without the
    district."""
    return [
        *(f"{a} refers to {b}" for a, b in _references(owner) if a in LOG or b in LOG),
        *(f"{index} is unique without {COLUMN}" for index in _keys_without_district(owner)),
    ]


def distribute(owner: psycopg.Connection) -> tuple[str, ...]:
    """Do it; tables that are distributed already are left as they are. From then on settings of a
    transaction are handed on to the nodes: that is how they know whose scope it has. Servers that
    run must be started again.

    Returns:
        The tables that are distributed.

    Raises:
        CitusMissing: this PostgreSQL has none.
        NotDistributable: names every obstacle.
    """
    found = owner.execute("SELECT 1 FROM pg_available_extensions WHERE name = 'citus'").fetchone()
    if found is None:
        raise CitusMissing(retry_after=0)
    if named := obstacles(owner):
        raise NotDistributable(reason="; ".join(named))
    owner.execute("CREATE EXTENSION IF NOT EXISTS citus")
    owner.execute(
        sql.SQL("ALTER DATABASE {} SET citus.propagate_set_commands TO 'local'").format(
            sql.Identifier(owner.info.dbname)
        )
    )
    owner.execute(SEE_DISTRICT)
    done = spread_tables(owner)
    for each in protected_tables():
        if each.table not in done:
            set_policy(owner, each, spread=True)
    for table in LOG:
        if table in done:
            continue
        beside = "default" if table == LOG[0] else LOG[0]
        owner.execute(
            "SELECT create_distributed_table(%s, %s, colocate_with => %s)", [table, COLUMN, beside]
        )
    return LOG


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
