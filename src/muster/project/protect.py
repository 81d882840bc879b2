"""Row-level security and privileges, made from what each model says of itself.

Run by the owner after every migration; idempotent. A policy is a function of the model's `Scope`
alone, so that no migration can forget one; `tests/project/test_protect.py` walks every table.
The web role never owns a table, cannot bypass a policy and cannot touch the audit log directly.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import psycopg
from django.apps import apps
from django.db import models
from psycopg import sql

from muster.kernel.records import Record, Scope
from muster.project.postgres import WEB_ROLE

FUNCTIONS = """
CREATE OR REPLACE FUNCTION muster_places() RETURNS int8multirange LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('muster.places', true), '')::int8multirange $$;
CREATE OR REPLACE FUNCTION muster_units() RETURNS int8multirange LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('muster.units', true), '')::int8multirange $$;
CREATE OR REPLACE FUNCTION muster_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('muster.person', true), '')::uuid $$;
CREATE OR REPLACE FUNCTION muster_account() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE
AS $$ SELECT nullif(current_setting('muster.account', true), '')::uuid $$;
"""

# Tables of libraries: how the rows that belong to an account are found.
LIBRARY_SCOPES = {
    "account_emailaddress": Scope(via=("user_id", "people_account")),
    "mfa_authenticator": Scope(via=("user_id", "people_account")),
    "socialaccount_socialaccount": Scope(via=("user_id", "people_account")),
}

# Tables that name nobody, or only an account's opaque id, with the reason.
LIBRARY_OPEN = {
    "account_emailconfirmation": "empty: e-mail is not used",
    "auth_group": "names nobody",
    "auth_group_permissions": "names nobody",
    "auth_permission": "names nobody",
    "django_content_type": "names nobody",
    "django_migrations": "names nobody",
    "django_session": "signed session, found by its random key only",
    "procrastinate_events": "job states",
    "procrastinate_jobs": "job arguments are ids, never names",
    "procrastinate_periodic_defers": "job states",
    "procrastinate_workers": "job states",
    "socialaccount_socialapp": "configuration",
    "socialaccount_socialapp_sites": "configuration",
    "socialaccount_socialtoken": "empty: tokens are not stored",
    "web_cache": "rate limits by hashed key",
}

PARTITIONS = """
SELECT c.relname FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE n.nspname = 'public' AND c.relispartition AND c.relkind IN ('r', 'p')
"""

READ_ONLY = ("audit_auditline", "audit_audithead", "django_migrations")
APPEND_ONLY = ("kits_stockmovement",)
"""Ledgers: the web writes lines and never changes one."""


@dataclass(frozen=True, slots=True)
class Protected:
    """A table and who sees its rows."""

    table: str
    scope: Scope


def muster_models() -> Iterator[type[models.Model]]:
    """Every model of ours."""
    for model in apps.get_models():
        if model.__module__.startswith("muster."):
            yield model


def record_of(model: type[models.Model]) -> Record:
    """What a model says of itself. Raises `LookupError` for an unmarked model."""
    record = getattr(model, "record", None)
    if isinstance(record, Record):
        return record
    raise LookupError(f"{model.__name__} does not say what personal data it holds")


def protected_tables() -> list[Protected]:
    """Every table under row-level security, ours and the libraries'."""
    ours = [
        Protected(model._meta.db_table, scope)
        for model in muster_models()
        if (scope := record_of(model).scope) is not None
    ]
    return ours + [Protected(table, scope) for table, scope in LIBRARY_SCOPES.items()]


def _condition(scope: Scope, *, spread: bool = False) -> sql.Composable:
    """The policy's expression.

    Sub-selects make PostgreSQL read each setting once a query; Citus, over which the log may be
    `spread`, takes none. COALESCE keeps it from guessing that one row in two hundred passes,
    after which it would join thousands of rows one by one.
    """
    parts: list[sql.Composable] = []
    for column, test, setting in (
        (scope.place, "<@", "muster_places()"),
        (scope.serving, "<@", "muster_places()"),
        (scope.unit, "<@", "muster_units()"),
        (scope.person, "=", "muster_person()"),
        (scope.account, "=", "muster_account()"),
    ):
        if column:
            value = setting if spread else f"(SELECT {setting})"
            parts.append(
                sql.SQL("COALESCE({} {} {}, false)").format(
                    sql.Identifier(column), sql.SQL(test), sql.SQL(value)
                )
            )
    if scope.via:
        column, table = scope.via
        parts.append(
            sql.SQL("EXISTS (SELECT 1 FROM {table} seen WHERE seen.id = {column})").format(
                table=sql.Identifier(table), column=sql.Identifier(column)
            )
        )
    return sql.SQL(" OR ").join(parts)


def protect(owner: str) -> int:
    """Install functions, policies and privileges over the owner's connection string.

    Returns the number of tables under row-level security.
    """
    tables = protected_tables()
    role = sql.Identifier(WEB_ROLE)
    with psycopg.connect(owner) as connection:
        connection.execute(FUNCTIONS)
        connection.execute(sql.SQL("GRANT USAGE ON SCHEMA public TO {}").format(role))
        for kind in ("TABLES", "SEQUENCES", "FUNCTIONS"):
            connection.execute(
                sql.SQL("GRANT ALL ON ALL {} IN SCHEMA public TO {}").format(sql.SQL(kind), role)
            )
        connection.execute(
            sql.SQL(
                "REVOKE TRUNCATE, TRIGGER, REFERENCES ON ALL TABLES IN SCHEMA public FROM {}"
            ).format(role)
        )
        for table in READ_ONLY:
            connection.execute(
                sql.SQL("REVOKE INSERT, UPDATE, DELETE ON {} FROM {}").format(
                    sql.Identifier(table), role
                )
            )
        for table in APPEND_ONLY:
            connection.execute(
                sql.SQL("REVOKE UPDATE, DELETE ON {} FROM {}").format(sql.Identifier(table), role)
            )
        for (part,) in connection.execute(PARTITIONS).fetchall():
            # Rows are reached through the whole table, whose policy holds; a part has none.
            connection.execute(
                sql.SQL("REVOKE ALL ON {} FROM {}").format(sql.Identifier(part), role)
            )
        spread = bool(spread_tables(connection))
        for each in tables:
            set_policy(connection, each, spread=spread)
    return len(tables)


def set_policy(connection: psycopg.Connection, each: Protected, *, spread: bool) -> None:
    """The one policy of a table, as it must be where the log is `spread` or is not."""
    name, condition = sql.Identifier(each.table), _condition(each.scope, spread=spread)
    connection.execute(sql.SQL("ALTER TABLE {} ENABLE ROW LEVEL SECURITY").format(name))
    connection.execute(sql.SQL("DROP POLICY IF EXISTS muster_scope ON {}").format(name))
    connection.execute(
        sql.SQL("CREATE POLICY muster_scope ON {} TO {} USING ({}) WITH CHECK ({})").format(
            name, sql.Identifier(WEB_ROLE), condition, condition
        )
    )


def spread_tables(connection: psycopg.Connection) -> set[str]:
    """Tables that Citus has distributed; none where there is no Citus."""
    found = connection.execute("SELECT to_regclass('pg_catalog.pg_dist_partition')").fetchone()
    if not found or found[0] is None:
        return set()
    rows = connection.execute("SELECT logicalrelid::text FROM pg_dist_partition")
    return {row[0] for row in rows}
