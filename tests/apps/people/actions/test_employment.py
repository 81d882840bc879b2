"""What is learned of somebody later is added, nothing known is taken away."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import note_employment, note_phone, note_serving
from muster.apps.people.errors import NotAllowed, PersonNotFound
from muster.apps.people.models import Person, Phone
from tests.support.city import HERE, OFFICE, SmallCity


def test_the_unit_sees_its_member_and_his_number(city: SmallCity) -> None:
    me = city.residents[1]
    with act_as(city.secretary):
        note_employment(person=me, unit=OFFICE, party_member=True, skills=["driver"])
        note_employment(person=me, skills=["driver", "medical"])
    with act_as(city.contact):
        found = Person.objects.get(id=me)
        assert (found.unit, found.party_member) == (OFFICE, True)
        assert found.skills == ["driver", "medical"]
        assert Phone.objects.filter(person=me).count() == 1
    with act_as(city.other_secretary), pytest.raises(PersonNotFound):
        note_employment(person=me, unit=OFFICE)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        note_employment(person=me, unit=OFFICE)


def test_the_community_sees_who_serves_there_while_he_does(city: SmallCity) -> None:
    stranger = city.strangers[0]
    with as_system("test"):
        note_serving(person=stranger, area=HERE)
    with act_as(city.secretary):
        assert Person.objects.filter(id=stranger).exists()
        assert Phone.objects.filter(person=stranger).exists()
    with as_system("test"):
        note_serving(person=stranger, area=None)
    with act_as(city.secretary):
        assert not Person.objects.filter(id=stranger).exists()


def test_a_number_he_gave_himself_is_rung_first_and_kept_once(city: SmallCity) -> None:
    me = city.residents[0]
    with as_system("test"):
        note_phone(person=me, number="13711112222")
        note_phone(person=me, number="13711112222")
        note_phone(person=me, number="13900000000")
        phones = Phone.objects.filter(person=me).order_by("rank")
        assert [(p.number, p.tail, p.rank, p.area) for p in phones] == [
            ("13711112222", "2222", 0, HERE),
            ("13900000000", "0000", 1, HERE),
        ]
