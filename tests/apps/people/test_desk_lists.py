"""`muster.apps.people.queries.accounts`, `muster.apps.people.queries.bodies`,
`muster.apps.people.queries.contacts`, and `muster.apps.people.actions.closing`."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import create_account, create_temporary_body
from muster.apps.people.actions.closing import close_account, end_body
from muster.apps.people.errors import NotAllowed, OrganisationNotFound, PersonNotFound
from muster.apps.people.queries.access import account_of
from muster.apps.people.queries.accounts import (
    accounts_within,
    names_of_actors,
    passes_within,
)
from muster.apps.people.queries.bodies import bodies_within, person_by_phone
from muster.apps.people.queries.contacts import (
    contacts_of,
    organisation_with_code,
    top_of_tree,
)
from muster.kernel.ids import new_id
from tests.support.city import DISTRICT, HERE, OFFICE, ROOT, THERE, SmallCity


def test_accounts_of_a_place(city: SmallCity) -> None:
    with act_as(city.secretary):
        found = accounts_within(low=HERE, high=HERE)
        assert [a.username for a in found] == ["secretary"]
        assert not passes_within(low=HERE, high=HERE)
        assert names_of_actors({city.secretary.name, "system:x"}) == {
            city.secretary.name: "secretary"
        }


def test_closed_account_enters_no_more(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = create_account(username="g", display_name="g", area=HERE)
        close_account(account=made.id)
    with as_system("test"):
        assert account_of(made.id) is None
    with act_as(city.other_secretary), pytest.raises((PersonNotFound, NotAllowed)):
        close_account(account=made.id)


def test_body_with_leader_and_members_until_it_ends(city: SmallCity) -> None:
    with act_as(city.secretary):
        root = organisation_with_code(ROOT)
        assert root is not None
        made = create_temporary_body(
            kind="team", name="一队", parent=root.id, area=HERE, scope="东门",
            leader=city.residents[0], members=[city.residents[1]],
        )  # fmt: skip
        body = bodies_within(low=HERE, high=HERE)[0]
        assert (body.leaders, body.members) == (["王一"], ["李二"])
        assert end_body(body=made.id).ends_at is not None
        assert not bodies_within(low=THERE, high=THERE)
        with pytest.raises(OrganisationNotFound):
            end_body(body=root.id)
        with pytest.raises(OrganisationNotFound):
            end_body(body=new_id())


def test_person_by_phone_is_one_or_nobody(city: SmallCity) -> None:
    with act_as(city.secretary):
        assert person_by_phone("139 0000 0005") == city.residents[5]
        assert person_by_phone("13900001000") is None


def test_contacts_and_the_top_of_the_tree(city: SmallCity) -> None:
    with act_as(city.headquarters):
        assert contacts_of([OFFICE])[OFFICE].name == "联络员"
        assert [o.code for o in top_of_tree()] == [ROOT, DISTRICT]
        assert organisation_with_code(5) is None
