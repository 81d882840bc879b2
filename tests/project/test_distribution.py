"""muster.project.distribution: the log can be spread by district; on a real cluster where
`MUSTER_TEST_CITUS_URL` names one."""

import psycopg
import pytest

from muster.project.distribution import (
    COLUMN,
    LOG,
    CitusMissing,
    distribute,
    obstacles,
)
from muster.project.protect import protect
from tests.support import cluster


def test_nothing_stands_in_the_way(owner: psycopg.Connection) -> None:
    assert obstacles(owner) == []


@pytest.mark.skipif(bool(cluster.URL), reason="Citus refuses such a key itself")
def test_every_obstacle_is_named(owner: psycopg.Connection) -> None:
    owner.execute("BEGIN")
    try:
        owner.execute("CREATE UNIQUE INDEX odd ON screening_tube (round, code)")
        owner.execute(
            "CREATE TABLE odd_table (district int, round uuid, code text, FOREIGN KEY"
            " (district, round, code) REFERENCES screening_tube (district, round, code))"
        )
        named = obstacles(owner)
    finally:
        owner.execute("ROLLBACK")
    assert "odd_table refers to screening_tube" in named
    assert f"odd is unique without {COLUMN}" in named


@pytest.mark.skipif(bool(cluster.URL), reason="this is a cluster")
def test_without_citus_it_is_said(owner: psycopg.Connection) -> None:
    with pytest.raises(CitusMissing):
        distribute(owner)


@pytest.mark.skipif(not cluster.URL, reason="MUSTER_TEST_CITUS_URL names no cluster")
def test_on_a_cluster(owner: psycopg.Connection) -> None:
    """All other tests of the log run there too: see docs/howto."""
    kinds = dict(
        owner.execute("SELECT table_name::text, citus_table_type FROM citus_tables").fetchall()
    )
    assert {kinds[table] for table in LOG} == {"distributed"}
    assert all(name.startswith(LOG) for name in kinds)
    assert distribute(owner) == LOG
    protect(owner.info.dsn)
