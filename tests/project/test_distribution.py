"""muster.project.distribution: the log can be spread by district; on a real cluster where
`MUSTER_TEST_CITUS_URL` names one."""

from collections.abc import Sequence

import psycopg
import pytest
from django.db import ProgrammingError, connection, transaction

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import record_batch
from muster.apps.screening.models import Specimen
from muster.project.distribution import (
    COLUMN,
    LOG,
    CitusMissing,
    distribute,
    obstacles,
)
from muster.project.protect import protect, protected_tables
from muster.protocols.actors import Actor
from tests.apps.screening.actions.records.steps import closing, void
from tests.support import cluster
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_, tube_of

__all__ = ["round_"]

on_a_cluster = pytest.mark.skipif(not cluster.URL, reason="MUSTER_TEST_CITUS_URL names no cluster")


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


@on_a_cluster
def test_on_a_cluster(owner: psycopg.Connection) -> None:
    """All other tests of the log run there too: see docs/howto/several-machines.md."""
    kinds = dict(
        owner.execute("SELECT table_name::text, citus_table_type FROM citus_tables").fetchall()
    )
    assert {kinds[table] for table in LOG} == {"distributed"}
    assert all(name.startswith(LOG) for name in kinds)
    assert distribute(owner) == LOG
    protect(owner.info.dsn)


SCOPED = [each.table for each in protected_tables() if each.table in LOG]
"""Tubes and their closings name nobody."""
UNDER_POLICY = "SELECT relrowsecurity FROM pg_class WHERE oid = '%s'::regclass"
PARTS_SHUT = """
SELECT NOT bool_or(has_table_privilege('muster_web', inhrelid, 'SELECT'))
FROM pg_inherits WHERE inhparent = '%s'::regclass
"""


def rows_seen() -> dict[str, int]:
    with connection.cursor() as cursor:
        seen = {}
        for table in SCOPED:
            cursor.execute(f"SELECT count(*) FROM {table}")
            seen[table] = cursor.fetchone()[0]
    return seen


@on_a_cluster
def test_nodes_show_a_row_to_whom_its_place_is_open_only(
    city: SmallCity, round_: OpenRound
) -> None:
    records = tube_of(city.residents[:3])
    record_batch(
        token=round_.tokens[0], records=records, changes=[void(records[0])], closings=[closing(3)]
    )
    nothing = dict.fromkeys(SCOPED, 0)
    with act_as(city.secretary):
        assert all(rows_seen().values())
        (specimen, *_) = Specimen.objects.filter(round=round_.id)
    elsewhere = Actor("test:elsewhere", places=((140106001001, 140106001001),))
    with act_as(elsewhere):
        assert rows_seen() == nothing
        specimen.id = round_.id
        with pytest.raises(ProgrammingError, match="row-level security"), transaction.atomic():
            specimen.save(force_insert=True)
    with act_as(Actor.nobody()):
        assert rows_seen() == nothing
    with act_as(Actor("test:self", person=records[1].person)):
        assert rows_seen() == {**nothing, "screening_specimen": 1, "screening_sampled": 1}


@on_a_cluster
@pytest.mark.parametrize(
    ("asked", "tables"), [(UNDER_POLICY, SCOPED), (PARTS_SHUT, LOG)], ids=["policy", "parts"]
)
def test_nodes_hold_policies_and_no_way_past_them(
    owner: psycopg.Connection, asked: str, tables: Sequence[str]
) -> None:
    """Every part of a table on every node has its policy; its partitions are shut."""
    for table in tables:
        told = owner.execute(
            "SELECT success, result FROM run_command_on_shards(%s, %s)", [table, asked]
        ).fetchall()
        assert set(told) == {(True, "t")}
