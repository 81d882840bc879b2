"""Columns are corrected, and the file is read again with them; nothing that waited is lost."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import (
    Imported,
    correct_columns,
    import_roll,
    reopen_row,
    take_file,
    uploads,
)
from muster.apps.communities.errors import BatchNotFound
from muster.apps.communities.models import Intake, Upload
from muster.apps.communities.queries.imports import settled_rows, waiting_rows
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Person
from muster.intake.errors import BadMapping
from muster.kernel.ids import new_id
from tests.apps.communities.actions.test_rolls import number
from tests.intake.sheets.books import xlsx
from tests.support.city import HERE, SmallCity

# 证 is no heading that is known.
HEADS = ("姓名", "证", "手机号", "楼号", "单元", "房号")
ROW = ("新来一", number(3), "13911110001", "1号楼", "1单元", "101")
LETTERS = {"name": ["A"], "id_number": ["B"], "phones": ["C"], "building": ["D"],
           "unit": ["E"], "room": ["F"]}  # fmt: skip
# With the columns of the rooms and the buildings changed over nobody is at home anywhere.
TURNED = ("姓名", "证", "手机号", "房号", "单元", "楼号")


def test_the_file_is_read_again_with_the_corrected_columns(city: SmallCity) -> None:
    data = xlsx(TURNED, ROW)
    with act_as(city.secretary):
        came = take_file(area=HERE, filename="晨光花园.xlsx", data=data, sender="物业")
        assert isinstance(came, Imported)
        assert (came.taken, came.waiting) == (0, 1)
        again = correct_columns(batch=came.batch.id, sheet="总表", columns=LETTERS)
        assert isinstance(again, Imported)
        assert again.remembered
        assert (again.taken, again.waiting) == (1, 0)
        assert Person.objects.get(name="新来一").id_tail == number(3)[-4:]
        assert waiting_rows(HERE).count() == 0
        (left_out,) = settled_rows(came.batch.id)
        assert left_out.settled_by == f"account:{city.secretary.account}"
        reopen_row(row=left_out.id)
        assert waiting_rows(HERE).count() == 1
        contents = {u.batch_id: bool(u.content) for u in Upload.objects.all()}
        assert contents == {came.batch.id: False, again.batch.id: True}


def test_a_large_file_is_read_again_by_a_job(
    city: SmallCity, monkeypatch: pytest.MonkeyPatch
) -> None:
    with act_as(city.secretary):
        came = take_file(area=HERE, filename="晨光花园.xlsx", data=xlsx(TURNED, ROW))
        assert isinstance(came, Imported)
        monkeypatch.setattr(uploads, "LARGE", 10)
        again = correct_columns(batch=came.batch.id, sheet="总表", columns=LETTERS)
        assert isinstance(again, Upload)
        assert again.state == Upload.State.QUEUED


def test_a_file_that_was_not_kept_may_come_again(city: SmallCity) -> None:
    data = xlsx(HEADS, (*ROW[:5], "901"))
    with act_as(city.secretary):
        came = import_roll(area=HERE, filename="晨光花园.xlsx", data=data)
        assert waiting_rows(HERE).count() == 1
        assert correct_columns(batch=came.batch.id, sheet="总表", columns=LETTERS) is None
        assert waiting_rows(HERE).count() == 0
        assert Intake.objects.get(batch=came.batch).state == Intake.State.DISMISSED
        assert not import_roll(area=HERE, filename="晨光花园.xlsx", data=data).again


def test_only_fields_there_are_and_only_who_may(city: SmallCity) -> None:
    with act_as(city.secretary):
        came = import_roll(area=HERE, filename="a.xlsx", data=xlsx(HEADS, ROW))
        with pytest.raises(BadMapping):
            correct_columns(batch=came.batch.id, sheet="总表", columns={"shoe": ["A"]})
        with pytest.raises(BatchNotFound):
            correct_columns(batch=came.batch.id, sheet="别的表", columns={})
        with pytest.raises(BatchNotFound):
            correct_columns(batch=new_id(), sheet="总表", columns={})
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        correct_columns(batch=came.batch.id, sheet="总表", columns={})
