"""muster.project.distribution: the log can be spread by district; on a real cluster where
`MUSTER_TEST_CITUS_URL` names one."""

import os

import psycopg
import pytest

from muster.project.distribution import (
    COLUMN,
    JOINED,
    LOG,
    CitusMissing,
    NotDistributable,
    distribute,
    layout,
)


def test_nothing_stands_in_the_way(owner: psycopg.Connection) -> None:
    plan = layout(owner)
    assert plan.distributed == LOG
    assert set(JOINED) < set(plan.whole)
    assert {"screening_round", "communities_place", "people_person"} <= set(plan.whole)
    assert not set(plan.whole) & set(LOG)


def test_what_is_referred_to_comes_first(owner: psycopg.Connection) -> None:
    order = layout(owner).whole
    assert order.index("screening_round") < order.index("screening_site")
    assert order.index("screening_site") < order.index("screening_samplingtable")
    assert order.index("people_person") < order.index("communities_residence")


def test_every_obstacle_is_named(owner: psycopg.Connection) -> None:
    owner.execute("BEGIN")
    try:
        owner.execute("CREATE UNIQUE INDEX odd ON screening_tube (round, code)")
        owner.execute(
            "CREATE TABLE odd_table (district int, round uuid, code text, FOREIGN KEY"
            " (district, round, code) REFERENCES screening_tube (district, round, code))"
        )
        with pytest.raises(NotDistributable) as raised:
            layout(owner)
    finally:
        owner.execute("ROLLBACK")
    assert "odd_table refers to screening_tube" in raised.value.data["reason"]
    assert f"odd is unique without {COLUMN}" in raised.value.data["reason"]


def test_without_citus_it_is_said(owner: psycopg.Connection) -> None:
    with pytest.raises(CitusMissing):
        distribute(owner)


CLUSTER = os.environ.get("MUSTER_TEST_CITUS_URL", "")


@pytest.mark.skipif(not CLUSTER, reason="MUSTER_TEST_CITUS_URL names no cluster")
def test_on_a_cluster() -> None:
    """To be run as `DATABASE_URL=$MUSTER_TEST_CITUS_URL make test ARGS=...` after `muster db
    prepare`: the tables are distributed, and the whole sync conformance suite is then run there."""
    with psycopg.connect(CLUSTER, autocommit=True) as owner:
        plan = distribute(owner)
        kinds = dict(
            owner.execute("SELECT table_name::text, citus_table_type FROM citus_tables").fetchall()
        )
        assert {kinds[t] for t in plan.distributed} == {"distributed"}
        assert {kinds[t] for t in plan.whole} == {"reference"}
        assert distribute(owner) == plan
