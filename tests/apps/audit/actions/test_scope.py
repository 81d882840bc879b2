"""The scope of a transaction: nests, is given back, and is never guessed."""

from contextlib import nullcontext

import psycopg
import pytest
from django.db import DataError, IntegrityError, OperationalError, connection, transaction

from muster.apps.audit.actions import (
    act_as,
    as_system,
    current_actor,
    fast_lane,
    scope_values,
    switch_actor,
)
from muster.apps.audit.errors import NoActor
from muster.apps.people.models import Person
from muster.protocols.actors import Actor
from tests.support.city import HERE, THERE, SmallCity, build_city


def areas() -> set[int]:
    return set(Person.objects.values_list("area", flat=True))


def test_the_inner_reach_holds_inside_and_the_outer_again_after(city: SmallCity) -> None:
    with act_as(city.secretary) as outer:
        assert areas() == {HERE}
        with act_as(city.other_secretary):
            assert areas() == {THERE}
            assert current_actor() is city.other_secretary
            with as_system("look"):
                assert areas() == {HERE, THERE}
            assert areas() == {THERE}
        assert areas() == {HERE}
        assert current_actor() is outer


def test_an_error_inside_gives_the_outer_reach_back_and_undoes_what_was_written(
    city: SmallCity,
) -> None:
    def fail() -> None:
        with as_system("fails"):
            Person.objects.filter(area=THERE).update(remarks="changed")
            raise RuntimeError

    with act_as(city.secretary):
        with pytest.raises(RuntimeError):
            fail()
        assert areas() == {HERE}
        assert current_actor() is city.secretary
    with as_system("look"):
        assert not Person.objects.filter(remarks="changed").exists()


def test_outside_nobody_acts(db: None) -> None:
    with pytest.raises(NoActor):
        current_actor()


def test_somebody_becomes_known_in_a_running_transaction(city: SmallCity) -> None:
    with as_system("log-in"):
        assert areas() == {HERE, THERE}
        switch_actor(city.secretary)
        assert areas() == {HERE}
        assert current_actor() is city.secretary


def test_the_programs_reason_is_its_name(db: None) -> None:
    with as_system("delivery") as actor:
        assert (actor.name, actor.is_system) == ("system:delivery", True)


def test_the_settings_hold_ranges_person_and_account(city: SmallCity) -> None:
    with act_as(city.secretary), connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('muster.places'), current_setting('muster.account')")
        assert cursor.fetchone() == (f"{{[{HERE},{HERE}]}}", str(city.secretary.account))
    assert scope_values(Actor.nobody()) == ["{}", "{}", "", ""]


SEEN = "SELECT count(*) FROM people_person"
NOTE = "UPDATE people_person SET remarks = %(said)s RETURNING area"


def said() -> set[str]:
    with as_system("look"):
        return set(Person.objects.values_list("remarks", flat=True))


def test_the_last_statement_ends_a_fast_transaction(committed: psycopg.Connection) -> None:
    city = build_city()
    with fast_lane(city.secretary, SEEN, {}) as lane:
        (seen,) = lane.cursor.fetchone()
        rows = lane.last(NOTE, {"said": "x"}).fetchall()
    assert [(HERE,)] * seen == rows != []
    assert "x" in said()
    with fast_lane(city.secretary, SEEN, {}) as lane:
        lane.cursor.execute(NOTE, {"said": "y"})
    assert "y" in said(), "committed without a last statement too"
    assert connection.connection.info.transaction_status == psycopg.pq.TransactionStatus.IDLE


@pytest.mark.parametrize("inner", [False, True])
def test_a_fast_transaction_that_fails_keeps_nothing(
    committed: psycopg.Connection, inner: bool
) -> None:
    """Also where it is one within another, which goes on."""
    city = build_city()

    def note(why: str) -> None:
        with fast_lane(city.secretary, SEEN, {}) as lane:
            lane.cursor.execute(NOTE, {"said": why})
            if why == "stops":
                raise RuntimeError
            if why == "first":
                lane.cursor.execute("SELECT 1 / 0")
            lane.last("INSERT INTO people_person SELECT * FROM people_person LIMIT 1", {})

    with transaction.atomic() if inner else nullcontext():
        for why, error in (("stops", RuntimeError), ("first", DataError), ("last", IntegrityError)):
            with pytest.raises(error):
                note(why)
            assert not said() & {"stops", "first", "last"}
    assert not said() & {"stops", "first", "last"}


def test_a_connection_that_breaks_is_told_as_such(committed: psycopg.Connection) -> None:
    """The phone is asked to come again, not told of a defect."""
    city = build_city()

    def breaks() -> None:
        with fast_lane(city.secretary, SEEN, {}) as lane:
            own = lane.cursor.connection.info.backend_pid
            committed.execute("SELECT pg_terminate_backend(%s, 5000)", [own])
            lane.last(NOTE, {"said": "x"})

    with pytest.raises(OperationalError):
        breaks()
    connection.close()
    assert said() == {""}
