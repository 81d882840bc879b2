"""The scope of a transaction: nests, is given back, and is never guessed."""

import pytest
from django.db import connection

from muster.apps.audit.actions import (
    act_as,
    as_system,
    current_actor,
    scope_values,
    switch_actor,
)
from muster.apps.audit.errors import NoActor
from muster.apps.people.models import Person
from muster.protocols.actors import Actor
from tests.support.city import HERE, THERE, SmallCity


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
