"""A spreadsheet comes in whole: good rows are people behind doors, doubtful ones wait, nothing is
lost and nothing doubled. A real file of 3,000 rows with 40 bad ones."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.communities.actions import Imported, import_roll
from muster.apps.communities.models import Batch, Intake, Residence
from muster.apps.communities.queries.imports import batch_of, batches_of, waiting_rows
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Person, Phone
from muster.intake.errors import NotReadable
from muster.kernel.resident_id import check_digit
from tests.intake.sheets.books import HEAD, xlsx
from tests.support.city import HERE, SmallCity

SURNAMES = "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许"
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平"


def name(i: int) -> str:
    return SURNAMES[i % 20] + GIVEN[i // 20 % 20] + GIVEN[i // 400 % 20]


def number(i: int) -> str:
    body = f"140105{1950 + i % 60}{i % 12 + 1:02d}{i % 28 + 1:02d}{i // 60 % 1000:03d}"
    return body + check_digit(body)


def row(i: int) -> list[str | None]:
    """The i-th resident, behind one of the twelve doors of an estate."""
    door = i % 12
    return [
        name(i), number(i), f"135{i:08d}", f"{door // 6 + 1}号楼", f"{door // 3 % 2 + 1}单元",
        f"{door % 3 + 1}01", "",
    ]  # fmt: skip


def spoil(i: int, cells: list[str | None]) -> str:
    """Make a row bad; the problem it has then."""
    kind = i // 75 % 4
    if kind == 0:
        cells[0] = None
        return "name_missing"
    if kind == 1:
        good = str(cells[1])
        cells[1] = good[:-1] + ("0" if good[-1] != "0" else "1")
        return "id_check_failed"
    if kind == 2:
        cells[5] = "901"
        return "door_unknown"
    cells[1] = number(i + 3000)[:10]
    return "id_malformed"


def the_file() -> tuple[bytes, dict[int, str]]:
    """The workbook, and the bad ones: row of the sheet → problem."""
    rows, bad = [], {}
    for i in range(3000):
        cells = row(i)
        if i % 75 == 7:
            bad[i + 2] = spoil(i, cells)
        rows.append(cells)
    return xlsx(HEAD, *rows), bad


FILE, BAD = the_file()


def take(city: SmallCity, data: bytes = FILE, filename: str = "晨光花园.xlsx") -> Imported:
    with act_as(city.secretary):
        return import_roll(area=HERE, filename=filename, data=data)


def test_of_3000_rows_2960_go_in_and_40_wait_with_row_and_problem(city: SmallCity) -> None:
    with as_system("look"):
        before = Person.objects.count()
    done = take(city)
    assert len(BAD) == 40
    assert (done.rows, done.taken, done.known, done.waiting) == (3000, 2960, 0, 40)
    with act_as(city.secretary):
        waiting = {r.row: r.problems for r in waiting_rows(HERE)}
        assert waiting.keys() == BAD.keys()
        assert {r: p for r, p in BAD.items() if p.startswith(("name", "door", "id_check"))} == {
            r: waiting[r][0] for r in BAD if BAD[r].startswith(("name", "door", "id_check"))
        }
        assert all(waiting.values())
        assert Intake.objects.filter(batch=done.batch).count() == 3000
        (batch,) = batches_of(HERE)
        assert (batch.waiting_now, batch_of(batch.id).filename) == (40, "晨光花园.xlsx")
    with as_system("look"):
        assert Person.objects.count() == before + 2960
        one = Person.objects.get(name=name(0), source__startswith="batch:")
        assert one.id_tail == number(0)[-4:]
        assert str(one.birth_date) == "1950-01-01"
        assert Phone.objects.get(person=one).number == "13500000000"
        assert Residence.objects.get(person=one).place_id == city.places["D1111"]
        # What was taken is in the sealed person only; the row that waits is kept as it came.
        assert set(Intake.objects.filter(state="taken")[0].fields) == {"door"}
        assert Intake.objects.filter(state="waiting")[0].fields["phones"]

    again = take(city)
    assert again.again
    assert (again.batch.id, again.taken, again.waiting) == (done.batch.id, 2960, 40)
    with as_system("look"):
        assert Person.objects.count() == before + 2960
        assert Batch.objects.count() == 1


def test_a_room_without_a_building_waits(city: SmallCity) -> None:
    data = "姓名,房号,手机号\n甲某,1,13500009999\n乙某,,13500009998".encode()
    done = take(city, data, "别处.csv")
    assert (done.taken, done.waiting) == (0, 2)
    with act_as(city.secretary):
        assert [r.problems[0] for r in waiting_rows(HERE)] == [
            "door_ambiguous",
            "house_missing",
        ]


def small(*rows: list[str | None]) -> bytes:
    return xlsx(HEAD, *rows)


def test_the_same_people_in_another_file_are_known(city: SmallCity) -> None:
    first = [row(i) for i in range(5)]
    assert take(city, small(*first)).taken == 5
    done = take(city, small(*first, row(5)), "晨光花园（新）.xlsx")
    assert (done.taken, done.known, done.waiting) == (1, 5, 0)


def test_a_resident_without_a_number_is_known_by_name_behind_the_door(city: SmallCity) -> None:
    with as_system("look"):
        resident = Person.objects.get(id=city.residents[0])
    cells = [resident.name, None, "13900000000", "1号楼", "1单元", "101", ""]
    done = take(city, small(cells))
    assert (done.taken, done.known) == (0, 1)


def test_a_number_twice_in_one_file_waits_both_times(city: SmallCity) -> None:
    other = row(1)
    other[1] = row(0)[1]
    done = take(city, small(row(0), other, row(2)))
    assert (done.taken, done.waiting) == (1, 2)


def test_without_an_estate_a_door_of_two_estates_is_ambiguous(city: SmallCity) -> None:
    done = take(city, small(row(0)), "名单.xlsx")
    assert done.waiting == 1
    with act_as(city.secretary):
        (waiting,) = waiting_rows(HERE, done.batch.id)
        assert waiting.problems == ["door_ambiguous"]
        told = import_roll(
            area=HERE, filename="名单二.xlsx", data=small(row(1)), estate=city.places["E2"]
        )
    assert told.taken == 1


def test_a_missing_number_or_a_bad_phone_keeps_nobody_waiting(city: SmallCity) -> None:
    cells = row(0)
    cells[1], cells[2] = None, "12"
    done = take(city, small(cells))
    assert (done.taken, done.waiting) == (1, 0)
    with act_as(city.secretary):
        assert Intake.objects.get(batch=done.batch).problems


def test_what_cannot_be_read_is_refused_and_leaves_nothing(city: SmallCity) -> None:
    with pytest.raises(NotReadable):
        take(city, b"\x00\x01 not a workbook")
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        import_roll(area=HERE, filename="x.xlsx", data=FILE)
    with as_system("look"):
        assert not Batch.objects.exists()
