"""A column is corrected once: the next list of the same sender with these headings is read so."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.communities.actions import correct_columns, import_roll
from muster.apps.communities.actions.columns import remembered_columns
from muster.apps.communities.errors import BatchNotFound
from muster.apps.communities.models import ColumnChoice, Intake
from muster.apps.communities.queries.imports import senders_of, waiting_rows
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Person
from muster.intake.errors import BadMapping
from muster.kernel.ids import new_id
from tests.apps.communities.actions.test_rolls import number
from tests.intake.sheets.books import xlsx
from tests.support.city import HERE, SmallCity

# 证 and 住处 are no headings that are known.
HEADS = ("姓名", "证", "手机号", "楼号", "单元", "房号")
ROW = ("新来一", number(3), "13911110001", "1号楼", "1单元", "101")


def test_what_was_corrected_is_used_for_the_next_list(city: SmallCity) -> None:
    first = xlsx(HEADS, ROW)
    with act_as(city.secretary):
        came = import_roll(area=HERE, filename="晨光花园.xlsx", data=first, sender="物业")
        assert not came.remembered
        assert came.batch.mapping["columns"][0]["headings"][1] == "证"
        letters = {"name": ["A"], "id_number": ["B"], "phones": ["C"], "building": ["D"],
                   "unit": ["E"], "room": ["F"]}  # fmt: skip
        correct_columns(batch=came.batch.id, sheet="总表", columns=letters)
        assert ColumnChoice.objects.get().by == f"account:{city.secretary.account}"
        assert senders_of(HERE) == ["物业"]
        second = xlsx(HEADS, ("新来二", number(4), *ROW[2:]))
        for sender, remembered in (("物业", True), ("派出所", False)):
            data = second + sender.encode() * 0
            after = import_roll(area=HERE, filename="晨光花园.xlsx", data=data, sender=sender)
            if remembered:
                assert after.remembered
                assert Person.objects.get(name="新来二").id_tail == number(4)[-4:]
        assert remembered_columns(HERE, "") == {}
    with act_as(city.other_secretary):
        assert remembered_columns(HERE, "物业") == {}


def test_the_same_file_may_come_again_after_a_correction(city: SmallCity) -> None:
    data = xlsx(HEADS, (*ROW[:5], "901"))
    with act_as(city.secretary):
        came = import_roll(area=HERE, filename="晨光花园.xlsx", data=data)
        assert waiting_rows(HERE).count() == 1
        correct_columns(batch=came.batch.id, sheet="总表", columns={"name": ["A"], "room": ["F"]})
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
