"""Two change a plan at the same moment, on two connections: each rule holds of what both have done
together. The lock is the plan's."""

from collections.abc import Callable

import psycopg
import pytest

from muster.apps.audit.actions import act_as
from muster.apps.rosters.actions import (
    add_person,
    move_person,
    publish_plan,
    replace_no_show,
)
from muster.apps.rosters.actions.watching import refuse_overtaken
from muster.apps.rosters.errors import EditRefused, ReserveEmpty, SearchUnderWay
from muster.apps.rosters.models import Assignment, Plan, Search, Shift
from muster.kernel import clock
from muster.kernel.errors import MusterError
from tests.support.at_once import meanwhile
from tests.support.city import SmallCity, build_city
from tests.support.posts import a_call, plan, post, roster, stand, volunteer


@pytest.fixture
def city(committed: psycopg.Connection) -> SmallCity:
    return build_city()


def as_secretary(city: SmallCity, do: Callable[[], object]) -> Callable[[], object]:
    """What is done, or the code of what refuses it."""

    def act() -> object:
        with act_as(city.secretary):
            try:
                return do()
            except MusterError as error:
                return error.code

    return act


def test_the_last_seat_is_taken_by_one(city: SmallCity) -> None:
    call = a_call(city, order=9)
    for person in city.residents[:4]:
        volunteer(call, person, "order")
    stand(city, post(city.estates[0], required=2))
    proposed = plan(city)
    (made,) = stand(city, post(city.estates[1]))
    with act_as(city.secretary):
        to = Shift.objects.get(post=made).id
        one, two = Assignment.objects.filter(plan=proposed.plan)
    told = meanwhile(
        *(
            as_secretary(city, lambda a=a: move_person(assignment=a.id, shift=to))
            for a in (one, two)
        )
    )
    assert told[1] == EditRefused.code
    with act_as(city.secretary):
        assert Assignment.objects.filter(plan=proposed.plan, shift=to).count() == 1


def test_a_seat_given_away_is_not_given_again(city: SmallCity) -> None:
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    stand(city, post(city.estates[0]))
    proposed = plan(city)
    (made,) = stand(city, post(city.estates[1]))
    with act_as(city.secretary):
        to = Shift.objects.get(post=made).id
        one = Assignment.objects.get(plan=proposed.plan)
        (other,) = {*city.residents[:2]} - {one.person_id}
    told = meanwhile(
        as_secretary(city, lambda: move_person(assignment=one.id, shift=to)),
        as_secretary(city, lambda: add_person(plan=proposed.plan.id, shift=to, person=other)),
    )
    assert told[1] == EditRefused.code


def test_of_two_plans_of_one_night_one_is_the_roster(city: SmallCity) -> None:
    volunteer(a_call(city, order=9), city.residents[0], "order")
    stand(city, post(city.estates[0]))
    one, two = plan(city).plan.id, plan(city).plan.id
    meanwhile(*(as_secretary(city, lambda p=p: publish_plan(plan=p)) for p in (one, two)))
    with act_as(city.secretary):
        states = {p.id: p.state for p in Plan.objects.all()}
    assert states == {one: Plan.State.REPLACED, two: Plan.State.PUBLISHED}


def test_of_two_who_do_not_come_one_is_replaced(city: SmallCity) -> None:
    call = a_call(city, order=2)
    for person in city.residents[:3]:
        volunteer(call, person, "order")
    stand(city, post(city.estates[0], required=2))
    published = roster(city)
    with act_as(city.secretary):
        rows = list(Assignment.objects.filter(plan=published.plan))
    told = meanwhile(
        *(as_secretary(city, lambda a=a: replace_no_show(assignment=a.id).person_id) for a in rows)
    )
    assert told == [city.residents[2], ReserveEmpty.code]


def test_a_search_that_was_taken_for_dead_writes_nothing(city: SmallCity) -> None:
    volunteer(a_call(city, order=9), city.residents[0], "order")
    stand(city, post(city.estates[0]))
    made, now = plan(city).plan, clock.now()
    with act_as(city.secretary):
        search = Search.objects.create(
            plan=made, area=made.area, seconds=1, created_at=now, told_at=now
        )
        refuse_overtaken(search)
        Search.objects.filter(id=search.id).update(state=Search.State.FAILED)
        with pytest.raises(SearchUnderWay):
            refuse_overtaken(search)
