"""Many rows at once, whatever their types, and never past the policies."""

from datetime import UTC, date, datetime

import pytest
from django.db.utils import ProgrammingError

from muster.apps.audit.actions import act_as, as_system, insert_rows
from muster.apps.audit.actions.rows import CHUNK
from muster.apps.people.models import Person, Phone
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, SmallCity

AT = datetime(2022, 4, 3, 10, 30, tzinfo=UTC)
COLUMNS = (
    "id", "area", "name", "pinyin", "initials", "birth_date", "id_type", "id_cipher", "id_tail",
    "party_member", "skills", "roles", "unavailable", "registered_address", "remarks", "source",
    "created_at",
)  # fmt: skip


def row(name: str = "甲", area: int = HERE) -> tuple[object, ...]:
    return (
        new_id(), area, name, "", "", date(1990, 2, 28), "none", b"\x00\xff\\", "", True,
        ["a,b", '"c"', "丁"], [], "", "", 'quote " \' \\ and , ;', "", AT,
    )  # fmt: skip


def test_every_type_comes_back_as_it_went_in(db: None) -> None:
    with as_system("test"):
        made = row()
        assert insert_rows("people_person", COLUMNS, [made]) == 1
        found = Person.objects.get(id=made[0])
    assert found.birth_date == date(1990, 2, 28)
    assert bytes(found.id_cipher) == b"\x00\xff\\"
    assert found.skills == ["a,b", '"c"', "丁"]
    assert found.remarks == "quote \" ' \\ and , ;"
    assert found.created_at == AT
    assert found.party_member is True
    assert found.unit is None


def test_more_than_one_statement_loses_nothing(city: SmallCity) -> None:
    with as_system("test"):
        before = Phone.objects.count()
        rows = [
            (new_id(), city.residents[0], f"{i:011d}", "", 1, HERE, None) for i in range(CHUNK + 3)
        ]
        columns = ("id", "person_id", "number", "tail", "rank", "area", "unit")
        assert insert_rows("people_phone", columns, rows) == CHUNK + 3
        assert Phone.objects.count() == before + CHUNK + 3


def test_a_row_out_of_reach_is_refused(city: SmallCity) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        act_as(city.secretary),
    ):
        insert_rows("people_person", COLUMNS, [row(), row(area=THERE)])
