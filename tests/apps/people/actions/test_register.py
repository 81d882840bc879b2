"""Entering persons: searchable, sealed, countable; merging two that are one."""

from datetime import date

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.models import AuditLine
from muster.apps.people.actions import (
    NewPerson,
    keyring,
    merge_persons,
    register_person,
    register_persons,
)
from muster.apps.people.actions.register import search_keys
from muster.apps.people.errors import NameMissing, NotAllowed, PersonNotFound
from muster.apps.people.models import Person, Phone
from muster.apps.people.queries.people import persons, search
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, SmallCity

NUMBER = "11010519491231002X"


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("王小明", "wangxiaoming", "wxm"),
        ("欧阳娜娜", "ouyangnana", "oynn"),
        ("买买提·艾力", "maimaiti·aili", "mmt·al"),
        ("John Smith", "john smith", "j"),
        ("", "", ""),
    ],
)
def test_the_keys_a_name_is_searched_by(name: str, pinyin: str, initials: str) -> None:
    assert search_keys(name) == (pinyin, initials)


def test_what_is_known_of_somebody_is_kept_and_the_number_sealed(city: SmallCity) -> None:
    with act_as(city.secretary):
        id_ = register_person(
            person=NewPerson(
                area=HERE,
                name="钱多多",
                birth_date=date(1949, 12, 31),
                id_type="resident_id",
                id_number=NUMBER.lower(),
                phones=["13911110001", "13911110002", "13911110001"],
                skills=["medical"],
                remarks="住院",
            )
        )
        found = Person.objects.get(id=id_)
        phones = Phone.objects.filter(person=id_).order_by("rank")
        assert [(p.number, p.tail, p.rank) for p in phones] == [
            ("13911110001", "0001", 0),
            ("13911110002", "0002", 1),
        ]
    assert (found.name, found.initials, found.id_tail, found.skills) == (
        "钱多多", "qdd", "002X", ["medical"],
    )  # fmt: skip
    assert NUMBER.encode() not in bytes(found.id_cipher)
    assert keyring().open(bytes(found.id_cipher)) == NUMBER
    assert bytes(found.id_index) == keyring().index(f" {NUMBER} ")


def test_many_at_once_in_order_one_audit_line_a_community(city: SmallCity) -> None:
    with as_system("test"):
        before = AuditLine.objects.filter(action="persons_registered").count()
        ids = register_persons(
            persons=[NewPerson(area=a, name=f"人{i}") for i, a in enumerate((HERE, THERE, HERE))]
        )
        names = {p.id: p.name for p in Person.objects.filter(id__in=ids)}
        assert [names[i] for i in ids] == ["人0", "人1", "人2"]
        lines = AuditLine.objects.filter(action="persons_registered").order_by("id")[before:]
        assert [(x.area, x.detail["count"]) for x in lines] == [(HERE, 2), (THERE, 1)]


def test_nobody_is_entered_elsewhere_or_without_a_name(city: SmallCity) -> None:
    with act_as(city.secretary):
        with pytest.raises(NotAllowed):
            register_persons(persons=[NewPerson(area=a, name="甲") for a in (HERE, THERE)])
        with pytest.raises(NameMissing):
            register_persons(persons=[NewPerson(area=HERE, name=n) for n in ("甲", " ")])
        assert not persons().filter(name="甲").exists()


def test_two_entries_of_one_person_become_one(city: SmallCity) -> None:
    keep, drop = city.residents[0], city.residents[1]
    with act_as(city.secretary):
        merge_persons(keep=keep, drop=drop)
        assert Person.objects.get(id=drop).merged_into_id == keep
        assert drop not in {p.id for p in persons()}
        phones = Phone.objects.filter(person=keep).order_by("rank")
        assert [(p.number, p.rank) for p in phones] == [("13900000000", 0), ("13900000001", 1)]
        assert [p.id for p in search("13900000001")] == [keep]
        with pytest.raises(PersonNotFound):
            merge_persons(keep=keep, drop=new_id())
    with act_as(city.other_secretary), pytest.raises(PersonNotFound):
        merge_persons(keep=keep, drop=drop)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        merge_persons(keep=keep, drop=city.residents[2])
