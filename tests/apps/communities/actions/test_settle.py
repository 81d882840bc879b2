"""A person decides about a row that waits; what is decided can be looked up, some of it undone."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.communities.actions import dismiss_row, import_roll, reopen_row, settle_row
from muster.apps.communities.errors import AlreadySettled, BatchNotFound, StillDoubtful
from muster.apps.communities.models import Intake, Residence
from muster.apps.communities.queries.imports import row_of, waiting_rows
from muster.apps.people.actions import merge_persons
from muster.apps.people.errors import InUse, NotAllowed
from muster.apps.people.models import Person
from muster.kernel.ids import new_id
from tests.apps.communities.actions.test_rolls import number, row, small
from tests.support.city import HERE, SmallCity


def waiting(city: SmallCity, **changed: str | None) -> Intake:
    """A row that waits because of what was changed in it."""
    cells = row(0)
    for field, value in changed.items():
        cells[{"name": 0, "id_number": 1, "room": 5}[field]] = value
    with act_as(city.secretary):
        done = import_roll(area=HERE, filename="晨光花园.xlsx", data=small(cells, row(1)))
        return waiting_rows(HERE, done.batch.id).get()


def test_mended_it_is_a_person_behind_the_door(city: SmallCity) -> None:
    found = waiting(city, room="901")
    with act_as(city.secretary):
        done = settle_row(row=found.id, mended={"room": " 101 ", "phones": "13511110000，"})
        assert (done.state, done.problems) == (Intake.State.SETTLED, ["door_unknown"])
        assert done.settled_by == f"account:{city.secretary.account}"
        assert done.fields == {}
        assert Residence.objects.get(person=done.person_id).place_id == city.places["D1111"]
        assert waiting_rows(HERE).count() == 0
        with pytest.raises(AlreadySettled):
            settle_row(row=found.id, mended={})


def test_the_door_may_be_chosen(city: SmallCity) -> None:
    found = waiting(city, room="901")
    with act_as(city.secretary):
        done = settle_row(row=found.id, mended={}, door=city.places["D2223"])
        assert Residence.objects.get(person=done.person_id).place_id == city.places["D2223"]


@pytest.mark.parametrize(
    ("changed", "mended", "problem"),
    [
        ({"room": "901"}, {}, "door_unknown"),
        ({"room": "901"}, {"room": "801"}, "door_unknown"),
        ({"name": None}, {}, "name_missing"),
        ({"id_number": number(0)[:-1] + "0"}, {}, "id_check_failed"),
        ({"id_number": number(0)[:-1] + "0"}, {"name": "甲"}, "id_check_failed"),
    ],
)
def test_what_is_still_wrong_is_said_and_nothing_happens(
    city: SmallCity, changed: dict[str, str], mended: dict[str, str], problem: str
) -> None:
    assert number(0)[-1] != "0"
    found = waiting(city, **changed)
    with act_as(city.secretary):
        with pytest.raises(StillDoubtful) as refused:
            settle_row(row=found.id, mended=mended)
        assert problem in str(refused.value.data["problems"])
        assert row_of(found.id).state == Intake.State.WAITING


def test_a_number_that_fails_its_check_is_kept_as_another_kind(city: SmallCity) -> None:
    found = waiting(city, id_number=number(0)[:-1] + "0")
    with act_as(city.secretary):
        done = settle_row(row=found.id, mended={}, as_it_is=True)
        person = Person.objects.get(id=done.person_id)
    assert (person.id_type, person.id_tail) == ("other", (number(0)[:-1] + "0")[-4:])


def test_a_number_is_mended(city: SmallCity) -> None:
    found = waiting(city, id_number=number(0)[:-1] + "0")
    with act_as(city.secretary):
        done = settle_row(row=found.id, mended={"id_number": number(0).lower() + " "})
        assert Person.objects.get(id=done.person_id).id_type == "resident_id"


def test_left_out_and_back_again(city: SmallCity) -> None:
    found = waiting(city, name=None)
    with act_as(city.secretary):
        assert dismiss_row(row=found.id).state == Intake.State.DISMISSED
        with pytest.raises(AlreadySettled):
            dismiss_row(row=found.id)
        assert reopen_row(row=found.id).state == Intake.State.WAITING
        with pytest.raises(AlreadySettled):
            reopen_row(row=found.id)
        done = settle_row(row=found.id, mended={"name": "甲"})
        assert Person.objects.get(id=done.person_id).name == "甲"


def test_the_estate_chosen_for_the_file_holds_for_its_rows(city: SmallCity) -> None:
    cells = row(0)
    cells[1] = number(0)[:-1] + ("1" if number(0)[-1] != "1" else "2")
    estate = city.estates[0]
    with act_as(city.secretary):
        done = import_roll(area=HERE, filename="名单.xlsx", data=small(cells), estate=estate)
        found = waiting_rows(HERE, done.batch.id).get()
        settled = settle_row(row=found.id, mended={}, as_it_is=True)
        assert Residence.objects.get(person=settled.person_id).place_id == city.places["D1111"]


def test_a_settled_row_is_undone_as_it_came(city: SmallCity) -> None:
    found = waiting(city, room="901")
    before = found.fields
    with act_as(city.secretary):
        person = settle_row(row=found.id, mended={"room": "101"}).person_id
        again = reopen_row(row=found.id)
        assert again.fields == before
        assert again.raw == {}
        assert not Person.objects.filter(id=person).exists()
        assert not Residence.objects.filter(person_id=person).exists()
        assert waiting_rows(HERE).count() == 1
        assert settle_row(row=found.id, mended={"room": "101"}).state == "settled"


def test_who_is_known_elsewhere_is_not_taken_out(city: SmallCity) -> None:
    found = waiting(city, room="901")
    with act_as(city.secretary):
        person = settle_row(row=found.id, mended={"room": "101"}).person_id
        assert person is not None
        merge_persons(keep=person, drop=city.residents[0])
        with pytest.raises(InUse):
            reopen_row(row=found.id)


def test_only_who_settles_here(city: SmallCity) -> None:
    found = waiting(city, name=None)
    with act_as(city.other_secretary), pytest.raises(BatchNotFound):
        settle_row(row=found.id, mended={"name": "甲"})
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        dismiss_row(row=found.id)
    with act_as(city.secretary), pytest.raises(BatchNotFound):
        row_of(new_id())
    with as_system("look"):
        assert row_of(found.id).batch.filename == "晨光花园.xlsx"
