"""Switching to a role: one at a time, complete when all is ticked, never without the skill."""

import pytest

from muster import policies
from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import note_employment
from muster.apps.people.errors import NotAllowed, PersonNotFound
from muster.apps.people.queries.access import person_actor
from muster.apps.rosters.actions import switch_role
from muster.apps.rosters.errors import RoleRefused
from muster.apps.rosters.models import RoleSwitch
from muster.apps.rosters.queries.rosters import roles_of
from tests.support.city import SmallCity

LINES = [line.key for line in policies.load("2022-04").role("order").checklist]


def test_ticks_add_up_until_complete(city: SmallCity) -> None:
    me = city.residents[0]
    with act_as(person_actor(me)):
        first = switch_role(person=me, role="order", ticked=[LINES[0], "made up"])
        assert (first.ticked, first.complete) == ([LINES[0]], False)
        last = switch_role(person=me, role="order", ticked=LINES[1:])
        assert last.id == first.id
        assert (last.ticked, last.complete) == (sorted(LINES), True)


def test_a_new_role_ends_the_one_before_and_starts_its_own_list(city: SmallCity) -> None:
    me = city.residents[0]
    with act_as(person_actor(me)):
        before = switch_role(person=me, role="order", ticked=LINES)
        now = switch_role(person=me, role="guide")
        assert now.ticked == []
        assert roles_of([me]) == {me: now}
        before.refresh_from_db()
        assert before.until is not None
        assert RoleSwitch.objects.count() == 2


def test_a_sampler_needs_the_qualification(city: SmallCity) -> None:
    me = city.residents[0]
    with act_as(person_actor(me)), pytest.raises(RoleRefused, match="medical"):
        switch_role(person=me, role="sampler")
    with as_system("test"):
        note_employment(person=me, skills=["medical"])
    with act_as(person_actor(me)):
        assert switch_role(person=me, role="sampler").role == "sampler"


def test_a_refused_switch_leaves_the_role_before(city: SmallCity) -> None:
    me = city.residents[0]

    def refused(role: str) -> None:
        with act_as(person_actor(me)):
            switch_role(person=me, role=role)

    refused("order")
    for role in ("sampler", "captain"):
        with pytest.raises(RoleRefused):
            refused(role)
    with act_as(person_actor(me)):
        assert roles_of([me])[me].role == "order"


def test_the_secretary_may_switch_a_resident_others_may_not(city: SmallCity) -> None:
    with act_as(city.secretary):
        assert switch_role(person=city.residents[1], role="guide").role == "guide"
    with act_as(city.other_secretary), pytest.raises(PersonNotFound):
        switch_role(person=city.residents[1], role="guide")
    with act_as(city.secretary), pytest.raises((NotAllowed, PersonNotFound)):
        switch_role(person=city.strangers[0], role="guide")
