"""The tree of bodies, its contacts, and bodies for one night."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import (
    add_members,
    create_temporary_body,
    register_organisations,
)
from muster.apps.people.actions.organisations import NewOrganisation
from muster.apps.people.errors import NotAllowed, OrganisationNotFound, PersonNotFound
from muster.apps.people.models import Contact, Membership, Organisation, Person
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import CITY, HERE, OFFICE, ROOT, SmallCity


def test_a_tree_with_its_contacts(city: SmallCity) -> None:
    with as_system("look"):
        office = Organisation.objects.get(code=OFFICE)
        assert office.parent is not None
        assert office.parent.name == "小店区委"
        contact = Contact.objects.get(organisation=office)
        assert (contact.name, contact.phone, contact.unit) == ("联络员", "13900009999", OFFICE)


def test_a_body_without_its_parent_is_refused(city: SmallCity) -> None:
    orphan = NewOrganisation(code=1, parent=2, kind="office", name="x", area=CITY)
    with as_system("test"), pytest.raises(OrganisationNotFound):
        register_organisations(organisations=[orphan], area=CITY)
    with act_as(city.contact), pytest.raises(NotAllowed):
        register_organisations(organisations=[], area=CITY)


def test_a_temporary_body_has_a_leader_members_a_scope_and_an_end(city: SmallCity) -> None:
    leader, member = city.residents[:2]
    until = clock.now() + timedelta(days=14)
    with act_as(city.secretary):
        office = Organisation.objects.get(code=OFFICE)
        made = [
            create_temporary_body(
                kind="team", name=f"{i}队", parent=office.id, area=HERE, scope="晨光花园",
                leader=leader, members=[leader, member], ends_at=until,
            )
            for i in (1, 2)
        ]  # fmt: skip
        assert [b.code for b in made] == [OFFICE + 1000, OFFICE + 2000]
        assert (made[0].scope, made[0].ends_at) == ("晨光花园", until)
        assert made[0].starts_at is not None
        rows = Membership.objects.filter(organisation=made[0])
        assert {(m.person_id, m.leader) for m in rows} == {(leader, True), (member, False)}


def test_members_must_be_in_reach_and_the_right_is_asked(city: SmallCity) -> None:
    office = Organisation.objects.get(code=OFFICE)
    with act_as(city.secretary):
        with pytest.raises(PersonNotFound):
            add_members(body=office.id, persons=[city.residents[0], city.strangers[0]])
        assert add_members(body=office.id, persons=[]) == 0
        with pytest.raises(OrganisationNotFound):
            create_temporary_body(
                kind="team", name="x", parent=new_id(), area=HERE, scope="", leader=None
            )
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        create_temporary_body(
            kind="team", name="x", parent=office.id, area=HERE, scope="", leader=None
        )


def test_who_lives_elsewhere_and_serves_here_belongs_here(city: SmallCity) -> None:
    with as_system("test"):
        Person.objects.filter(id=city.strangers[0]).update(serving=HERE)
        office = Organisation.objects.get(code=OFFICE)
    with act_as(city.secretary):
        team = create_temporary_body(
            kind="team", name="1队", parent=office.id, area=HERE, scope="",
            leader=city.strangers[0],
        )  # fmt: skip
        assert Membership.objects.get(organisation=team).area == HERE


def test_below_the_lowest_level_there_is_no_body(city: SmallCity) -> None:
    with as_system("test"):
        lowest = Organisation.objects.create(
            code=ROOT + 1, kind="team", name="x", area=CITY, parent=None
        )
        with pytest.raises(OrganisationNotFound):
            create_temporary_body(
                kind="team", name="y", parent=lowest.id, area=HERE, scope="", leader=None
            )
