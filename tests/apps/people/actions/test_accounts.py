"""Accounts, grants within one's own reach, and passes that run out.
`muster.apps.people.tasks` closes what has run out."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import (
    create_account,
    end_expired_accounts,
    grant_role,
    make_surge_pass,
    use_surge_pass,
)
from muster.apps.people.errors import NotAllowed, PassSpent
from muster.apps.people.models import Account, GrantRow, SurgePass
from muster.apps.people.queries.access import account_of, actor_of
from muster.apps.people.tasks import end_expired
from muster.kernel import clock
from tests.support.city import CITY, HERE, THERE, SmallCity


def test_an_account_is_made_where_one_may_and_its_password_is_hashed(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = create_account(
            username="xiaoli", display_name="小李", area=HERE, password="long-enough-one"
        )
        assert made.password != "long-enough-one"
        assert made.check_password("long-enough-one")
        with pytest.raises(NotAllowed):
            create_account(username="x", display_name="x", area=THERE)
    with act_as(city.contact), pytest.raises(NotAllowed):
        create_account(username="x", display_name="x", area=CITY)


def test_without_a_password_nobody_logs_in_with_one(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = create_account(username="pass-only", display_name="", area=HERE)
    assert not made.has_usable_password()


def test_nobody_grants_more_than_he_reaches(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = create_account(username="x", display_name="x", area=HERE)
        grant_role(account=made.id, role="recorder", places=(HERE, HERE))
        for places in ((HERE, THERE), (CITY, CITY + 99_999_999), (THERE, THERE)):
            with pytest.raises(NotAllowed):
                grant_role(account=made.id, role="community_secretary", places=places)
        assert GrantRow.objects.filter(account=made).count() == 1
        assert [g.role for g in actor_of(made).grants] == ["recorder"]


def test_a_grant_ends_at_its_time(city: SmallCity) -> None:
    with act_as(city.secretary):
        made = create_account(username="x", display_name="x", area=HERE)
        until = clock.now() + timedelta(hours=1)
        grant_role(account=made.id, role="recorder", places=(HERE, HERE), until=until)
        assert actor_of(made).places == ((HERE, HERE),)
        with clock.travel(until):
            assert actor_of(made).places == ()


def test_a_pass_opens_as_many_accounts_as_it_says_each_for_a_night(city: SmallCity) -> None:
    with act_as(city.secretary):
        token = make_surge_pass(role="recorder", area=HERE, uses=2, valid=timedelta(hours=2))
        assert token.encode() not in bytes(SurgePass.objects.get().token_hash)
    first = use_surge_pass(token=token, display_name="  小王 ")
    second = use_surge_pass(token=token, display_name="小王")
    assert first.id != second.id
    assert (first.display_name, first.area) == ("小王", HERE)
    assert first.expires_at is not None
    assert timedelta(hours=11) < first.expires_at - clock.now() <= timedelta(hours=12)
    with as_system("look"):
        assert actor_of(first).places == ((HERE, HERE),)
    with pytest.raises(PassSpent):
        use_surge_pass(token=token, display_name="x")


def test_a_pass_that_ran_out_or_never_was_opens_nothing(city: SmallCity) -> None:
    with act_as(city.secretary):
        token = make_surge_pass(role="recorder", area=HERE, uses=2, valid=timedelta(hours=2))
    with clock.travel(clock.now() + timedelta(hours=3)), pytest.raises(PassSpent):
        use_surge_pass(token=token, display_name="x")
    with pytest.raises(PassSpent):
        use_surge_pass(token="made-up", display_name="x")
    with as_system("look"):
        assert SurgePass.objects.get().uses_left == 2
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        make_surge_pass(role="recorder", area=HERE, uses=2, valid=timedelta(hours=2))


def test_accounts_whose_time_is_over_are_closed(city: SmallCity) -> None:
    with act_as(city.secretary):
        token = make_surge_pass(role="recorder", area=HERE, uses=1, valid=timedelta(hours=2))
    surge = use_surge_pass(token=token, display_name="x")
    with as_system("test"):
        assert account_of(surge.id) == surge
        assert end_expired_accounts() == 0
    with clock.travel(clock.now() + timedelta(hours=13)):
        with as_system("test"):
            assert account_of(surge.id) is None
        assert end_expired(timestamp=0) == 1
    with as_system("look"):
        assert not Account.objects.get(id=surge.id).is_active
        assert Account.objects.filter(is_active=True).count() == 4
