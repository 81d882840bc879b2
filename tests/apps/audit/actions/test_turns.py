"""What has no row yet comes one after the other: numbers of rounds, bulletins, zone orders."""

from datetime import timedelta

import psycopg
import pytest

from muster.apps.audit.actions import act_as, as_system, take_turns
from muster.apps.bulletins.actions import freeze
from muster.apps.people.actions.forming import NewBody, form_bodies
from muster.apps.people.actions.organisations import NewOrganisation, register_organisations
from muster.apps.screening.models import Round
from muster.apps.zones.actions import NewItem, issue_order
from muster.apps.zones.errors import NumberTaken
from muster.kernel import clock
from tests.support.at_once import meanwhile
from tests.support.city import CITY, HERE, OFFICE, SmallCity, build_city, open_small_round


@pytest.fixture
def city(committed: psycopg.Connection) -> SmallCity:
    return build_city()


def test_the_same_waits_and_the_other_does_not(city: SmallCity) -> None:
    order: list[str] = []

    def first() -> None:
        take_turns("count", HERE)
        order.append("first")

    def second() -> None:
        with as_system("test"):
            take_turns("count", CITY)
            order.append("other")
        with as_system("test"):
            take_turns("count", HERE)
            order.append("second")

    meanwhile(first, second)
    assert order == ["first", "other", "second"]


def test_numbers_follow_each_other(city: SmallCity) -> None:
    def bulletin() -> int:
        with act_as(city.headquarters):
            return freeze(area=HERE, cutoff=clock.now(), figures=[]).number

    def opened() -> int:
        with act_as(city.secretary):
            return Round.objects.get(id=open_small_round(city).id).number

    assert meanwhile(bulletin, bulletin) == [1, 2]
    assert meanwhile(opened, opened) == [1, 2]


def test_of_two_orders_with_one_number_one_hears_that_it_is_taken(city: SmallCity) -> None:
    def order() -> str:
        with act_as(city.headquarters):
            try:
                return issue_order(
                    number="1", title="封控", area=HERE,
                    effective_at=clock.now() - timedelta(hours=1),
                    items=[NewItem(place=city.estates[0], level="lockdown")],
                ).number  # fmt: skip
            except NumberTaken as error:
                return error.code

    assert meanwhile(order, order) == ["1", NumberTaken.code]


def test_bodies_beside_a_body_of_the_lowest_level_have_codes_of_their_own(city: SmallCity) -> None:
    units = [OFFICE + 1001, OFFICE + 1002]
    with as_system("test"):
        for code, above in ((OFFICE + 1000, OFFICE), *((unit, OFFICE + 1000) for unit in units)):
            new = NewOrganisation(code=code, parent=above, kind="office", name="组", area=CITY)
            register_organisations(organisations=[new], area=CITY)

    def form(unit: int) -> int:
        with act_as(city.secretary):
            body = NewBody(kind="team", name="队", leader=None, members=city.residents[:1])
            return form_bodies(unit=unit, area=HERE, bodies=[body])[0].code

    made = meanwhile(lambda: form(units[0]), lambda: form(units[1]))
    assert made == [OFFICE + 1003, OFFICE + 1004]
