"""Who came forward, in the order in which they are asked. `muster.apps.calls.queries.chains` is
shown in tests/apps/calls/actions/test_chains.py."""

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import NewSignUp, sign_up, withdraw
from muster.apps.calls.models import Call, SignUp
from muster.apps.calls.queries import (
    reserve_for,
    signups_of,
    signups_of_person,
    volunteers_of,
)
from tests.support.city import HERE, SmallCity
from tests.support.life import call


def come(issued: Call, name: str, n: int, *roles: str, **more: object) -> SignUp:
    with as_system("test"):
        return sign_up(
            call=issued.id,
            area=HERE,
            new=NewSignUp(name=name, phone=f"1390001000{n}", roles=roles, **more),  # type: ignore[arg-type]
        )


def test_the_accepted_then_the_reserve_by_rank_and_time(city: SmallCity) -> None:
    issued = call(city)
    with as_system("test"):
        Call.objects.filter(id=issued.id).update(need={"order": 1, "sampler": 0})
    first = come(issued, "甲", 1, "order")
    second = come(issued, "乙", 2, "order")
    third = come(issued, "丙", 3, "order", party_member=True)
    anywhere = come(issued, "丁", 4)
    gone = come(issued, "戊", 5, "order")
    with as_system("test"):
        withdraw(signup=gone.id)
    with act_as(city.secretary):
        assert list(signups_of(issued.id)) == [first, third, second, anywhere, gone]
        assert volunteers_of(HERE) == [first, third, second, anywhere]
        assert reserve_for(area=HERE, role="order") == [third, second, anywhere]
        assert reserve_for(area=HERE, role="guide") == [anywhere]
        assert reserve_for(area=HERE, role="sampler") == []
        assert reserve_for(area=HERE, role="order", limit=1) == [third]
        assert signups_of_person(first.person_id) == [first]
    with act_as(city.other_secretary):
        assert list(signups_of(issued.id)) == []
        assert volunteers_of(HERE) == []


def test_somebody_in_two_calls_is_one_volunteer(city: SmallCity) -> None:
    from tests.apps.calls.actions.test_signups import a_call

    one = come(call(city), "甲", 1, "order")
    two = come(a_call(city, order=1), "甲", 1, "order")
    assert one.person_id == two.person_id
    with act_as(city.secretary):
        assert [v.person_id for v in volunteers_of(HERE)] == [one.person_id]
