"""A database of the tests on a Citus cluster: one name on every node, the log spread over it."""

import os

import psycopg
from psycopg import sql
from psycopg.conninfo import make_conninfo

from muster.project.distribution import distribute

URL = os.environ.get("MUSTER_TEST_CITUS_URL", "")
"""The owner's connection to a database of the coordinator in which the nodes are known."""


def spread(owner: str) -> None:
    """Make the migrated database of `owner` one of the cluster, and distribute the log."""
    with psycopg.connect(owner, autocommit=True) as connection, psycopg.connect(URL) as known:
        name = connection.info.dbname
        workers = known.execute("SELECT * FROM citus_get_active_worker_nodes()").fetchall()
        for host, port in workers:
            _make(make_conninfo(URL, host=host, port=port), name)
        connection.execute("CREATE EXTENSION citus")
        here = (connection.info.host, connection.info.port)
        connection.execute("SELECT citus_set_coordinator_host(%s, %s)", here)
        for node in workers:
            connection.execute("SELECT citus_add_node(%s, %s)", node)
        distribute(connection)


def _make(worker: str, name: str) -> None:
    database = sql.Identifier(name)
    with psycopg.connect(worker, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(database))
    with psycopg.connect(make_conninfo(worker, dbname=name), autocommit=True) as connection:
        connection.execute("CREATE EXTENSION citus")
