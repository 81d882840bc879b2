"""An account is closed, a temporary body ends; a standing one does not."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import create_temporary_body
from muster.apps.people.actions.closing import close_account, end_body
from muster.apps.people.errors import NotAllowed, OrganisationNotFound, PersonNotFound
from muster.apps.people.models import Account, Membership, Organisation
from muster.apps.people.queries.access import account_of
from muster.kernel.ids import new_id
from tests.support.city import HERE, OFFICE, SmallCity


def test_nobody_enters_with_a_closed_account(city: SmallCity) -> None:
    with as_system("test"):
        other = Account.objects.get(username="other")
        own = Account.objects.get(username="secretary")
    with act_as(city.secretary):
        with pytest.raises(PersonNotFound):
            close_account(account=other.id)
        close_account(account=own.id)
        assert account_of(own.id) is None
    with act_as(city.headquarters), pytest.raises(PersonNotFound):
        close_account(account=new_id())


def test_a_bodys_memberships_end_with_it(city: SmallCity) -> None:
    office = Organisation.objects.get(code=OFFICE)
    with act_as(city.secretary):
        body = create_temporary_body(
            kind="team", name="x", parent=office.id, area=HERE, scope="",
            leader=city.residents[0], members=[city.residents[1]],
        )  # fmt: skip
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        end_body(body=body.id)
    with act_as(city.secretary):
        assert end_body(body=body.id).ends_at is not None
        assert not Membership.objects.filter(organisation=body, until=None).exists()
        with pytest.raises(OrganisationNotFound):
            end_body(body=office.id)
