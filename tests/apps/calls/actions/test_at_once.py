"""Two come forward or draw back at the same moment, on two connections: each place is counted once,
nobody is entered twice."""

import psycopg
import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import withdraw
from muster.apps.calls.models import Call, SignUp
from muster.apps.people.models import Person
from tests.apps.calls.actions.test_signups import a_call, come
from tests.support.at_once import meanwhile
from tests.support.city import SmallCity, build_city


@pytest.fixture
def city(committed: psycopg.Connection) -> SmallCity:
    return build_city()


def taken(call: Call) -> dict[str, int]:
    with as_system("look"):
        return dict(Call.objects.get(id=call.id).taken)


@pytest.mark.parametrize("need", [2, 0])
def test_one_form_sent_twice_is_one_sign_up(city: SmallCity, need: int) -> None:
    """Also of somebody who is in no register yet."""
    call = a_call(city, order=need)
    one, two = meanwhile(*[lambda: come(call, "新来的", "13900010009", "order").id] * 2)
    assert one == two
    with as_system("look"):
        assert Person.objects.filter(name="新来的").count() == 1
        assert SignUp.objects.count() == 1
    assert taken(call) == ({"order": 1} if need else {})


def test_who_comes_again_twice_takes_one_place(city: SmallCity) -> None:
    call = a_call(city, order=3)
    first = come(call, "甲", "13900010001", "order")
    with as_system("test"):
        withdraw(signup=first.id)
    meanwhile(*[lambda: come(call, "甲", "13900010001", "order").id] * 2)
    assert taken(call) == {"order": 1}


def test_who_draws_back_frees_one_place(city: SmallCity) -> None:
    call = a_call(city, order=1)
    first, second = come(call, "甲", "13900010001"), come(call, "乙", "13900010002", "order")

    def back(signup: SignUp) -> str:
        with act_as(city.secretary):
            return withdraw(signup=signup.id).state

    meanwhile(lambda: back(second), lambda: back(first))
    with as_system("look"):
        assert {s.state for s in SignUp.objects.all()} == {SignUp.State.WITHDRAWN}
    assert taken(call) == {"order": 0}
