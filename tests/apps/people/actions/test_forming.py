"""Bodies set up at once: `muster.apps.people.actions.forming`."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions.forming import NewBody, form_bodies
from muster.apps.people.actions.organisations import NewOrganisation, register_organisations
from muster.apps.people.errors import NotAllowed, OrganisationNotFound
from muster.apps.people.models import Membership
from tests.support.city import CITY, HERE, OFFICE, ROOT, SmallCity


def bodies(city: SmallCity) -> list[NewBody]:
    people = city.residents[:3]
    return [NewBody(kind="team", name=f"第{i}队", leader=people[0], members=people) for i in (1, 2)]


def test_each_has_its_leader_and_members(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = form_bodies(unit=OFFICE, area=HERE, bodies=bodies(city))
        assert [body.code - OFFICE for body in made] == [1000, 2000]
        rows = Membership.objects.filter(organisation=made[0])
        assert sorted(rows.values_list("leader", flat=True)) == [False, False, True]
        assert form_bodies(unit=None, area=HERE, bodies=bodies(city)[:1])[0].parent.code == ROOT  # type: ignore[union-attr]


def test_beside_a_body_of_the_lowest_level(city: SmallCity) -> None:
    with as_system("test"):
        above = OFFICE
        for step in (1000, 1):
            register_organisations(
                organisations=[
                    NewOrganisation(code=above + step, parent=above, kind="office", name="组",
                                    area=CITY)
                ],
                area=CITY,
            )  # fmt: skip
            above += step
        (made,) = form_bodies(unit=above, area=HERE, bodies=bodies(city)[:1])
        assert made.code == above + 1


def test_not_elsewhere(city: SmallCity) -> None:
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        form_bodies(unit=OFFICE, area=HERE, bodies=bodies(city))
    with act_as(city.headquarters), pytest.raises(OrganisationNotFound):
        form_bodies(unit=OFFICE + 5, area=HERE, bodies=bodies(city))
