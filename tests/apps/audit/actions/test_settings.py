"""muster.apps.audit.actions.settings: one database or a cluster, the scope is the same."""

import psycopg
import pytest
from django.db import connection, transaction

from muster.apps.audit.actions.settings import SETTINGS, is_spread, set_scope
from tests.support import cluster

VALUES = ("{[1,5)}", "{}", "", "it's \\ one")


def set_in_database() -> tuple[str, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f"current_setting('{s}', true)" for s in SETTINGS))
        return tuple(value or "" for value in cursor.fetchone())


@pytest.mark.parametrize("spread", [False, True])
def test_until_the_transaction_ends(committed: psycopg.Connection, spread: bool) -> None:
    with transaction.atomic():
        connection.ensure_connection()
        raw: psycopg.Connection = connection.connection
        set_scope(raw, VALUES, spread=spread)
        assert set_in_database() == VALUES
    assert set_in_database() == ("", "", "", "")


@pytest.mark.parametrize("spread", [False, True])
def test_within_a_pipeline(db: None, spread: bool) -> None:
    connection.ensure_connection()
    raw: psycopg.Connection = connection.connection
    with raw.pipeline():
        set_scope(raw, VALUES, spread=spread)
    assert set_in_database() == VALUES


def test_the_database_says_whether_it_is_spread(db: None, owner: psycopg.Connection) -> None:
    connection.ensure_connection()
    assert is_spread(connection.connection) == bool(cluster.URL)
    owner.execute("SET citus.propagate_set_commands = 'local'")
    assert is_spread(owner)
