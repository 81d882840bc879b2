"""What an account may do, and for how long it is one."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Account
from muster.apps.people.queries.access import (
    account_of,
    count_accounts,
    demo_account,
    demo_accounts,
    may,
    person_actor,
    require,
    require_for,
)
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb
from tests.support.city import HERE, THERE, SmallCity


def test_a_verb_is_allowed_where_the_grant_reaches(city: SmallCity) -> None:
    with act_as(city.secretary):
        assert may(Verb.EDIT_PEOPLE, place=HERE)
        assert not may(Verb.EDIT_PEOPLE, place=THERE)
        assert not may(Verb.SEAL_ZONE, place=HERE)
        with pytest.raises(NotAllowed) as refused:
            require(Verb.SEAL_ZONE, place=HERE)
        assert refused.value.data == {"verb": "seal_zone"}
    with as_system("anything"):
        require(Verb.SEAL_ZONE, place=HERE)


def test_for_oneself_or_for_others_with_the_right(city: SmallCity) -> None:
    me = city.residents[0]
    with act_as(person_actor(me)):
        require_for(me, Verb.REPORT_IN, Verb.CONFIRM_REPORT_IN, place=HERE)
        with pytest.raises(NotAllowed):
            require_for(city.residents[1], Verb.REPORT_IN, Verb.CONFIRM_REPORT_IN, place=HERE)
    with act_as(city.secretary):
        require_for(me, Verb.REPORT_IN, Verb.CONFIRM_REPORT_IN, place=HERE)


def test_an_account_that_is_closed_or_over_is_none(city: SmallCity) -> None:
    with as_system("test"):
        account = Account.objects.get(username="secretary")
        assert account_of(account.id) == account
        assert account_of(new_id()) is None
        Account.objects.filter(id=account.id).update(
            expires_at=clock.now() + timedelta(hours=1), persona="secretary"
        )
        assert account_of(account.id) is not None
        assert demo_account("secretary") == account
        assert demo_accounts() == [account]
        with clock.travel(clock.now() + timedelta(hours=2)):
            assert account_of(account.id) is None
        assert count_accounts() == 4
        Account.objects.filter(id=account.id).update(is_active=False, expires_at=None)
        assert account_of(account.id) is None
        assert demo_account("secretary") is None
        assert count_accounts() == 3
