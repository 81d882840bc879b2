"""Who lives where, in time; two entries that are one person live in one place."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import (
    Arrival,
    merge_residents,
    move_in,
    settle_row,
    unmerge_residents,
)
from muster.apps.communities.models import Residence
from muster.apps.people.errors import MergeNotFound
from muster.apps.people.models import Person, Phone
from muster.apps.screening.queries.coverage import coverage_total
from tests.apps.communities.actions.test_rolls import number
from tests.apps.communities.actions.test_settle import waiting
from tests.support.city import HERE, SmallCity, open_small_round


def test_who_moves_leaves_the_old_home(city: SmallCity) -> None:
    person = city.residents[0]
    with act_as(city.secretary):
        arrival = Arrival(person=person, place=city.places["D2223"], area=HERE)
        move_in(arrivals=[arrival])
        homes = Residence.objects.filter(person_id=person)
        assert homes.count() == 2
        assert homes.get(until=None).place_id == city.places["D2223"]


def test_merged_two_entries_are_one_resident(city: SmallCity) -> None:
    keep, drop = city.residents[:2]
    with act_as(city.secretary):
        round_ = open_small_round(city)
        before = coverage_total(round_.id).residents
        merge_residents(keep=keep, drop=drop)
        assert coverage_total(round_.id).residents == before - 1
        assert not Residence.objects.filter(person_id=drop, until=None).exists()


def test_a_merge_is_undone(city: SmallCity) -> None:
    keep, drop = city.residents[:2]
    with act_as(city.secretary):
        before = list(Residence.objects.filter(until=None).order_by("id").values_list("id"))
        numbers = set(Phone.objects.values_list("person_id", "number", "rank"))
        merge_residents(keep=keep, drop=drop)
        assert unmerge_residents(drop=drop) == keep
        assert Person.objects.get(id=drop).merged_into_id is None
        assert list(Residence.objects.filter(until=None).order_by("id").values_list("id")) == before
        assert set(Phone.objects.values_list("person_id", "number", "rank")) == numbers
        with pytest.raises(MergeNotFound):
            unmerge_residents(drop=drop)
    with act_as(city.other_secretary), pytest.raises(MergeNotFound):
        unmerge_residents(drop=drop)


def test_a_row_of_somebody_known_is_settled_as_him(city: SmallCity) -> None:
    first = waiting(city, room="901")
    with act_as(city.secretary):
        person = settle_row(row=first.id, mended={"room": "101"}).person_id
        everybody = Person.objects.count()
    again = waiting(city, room="902")
    with act_as(city.secretary):
        assert again.fields["id_number"] == number(0)
        done = settle_row(row=again.id, mended={"room": "101"})
        assert done.person_id == person
        assert Person.objects.count() == everybody
