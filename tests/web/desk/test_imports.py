"""Spreadsheets in (`muster.web.desk.imports`), a cleaner one back (`muster.web.desk.cleaner`)."""

import io
from typing import Any

import pytest
import xlsxwriter
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from openpyxl import load_workbook

from muster.apps.audit.actions import as_system
from muster.apps.communities.models import Batch, Intake
from muster.apps.people.models import Person
from tests.support.city import SmallCity
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import one, sent, shown

Lived = tuple[SmallCity, dict[str, Any]]
HEADS = ["姓名", "身份证号", "联系电话", "楼号", "单元", "房号"]
ROWS = [
    ["新来一", "", "13911110001", "1", "1", "101"],
    ["新来二", "11010119900307123X", "13911110002", "1", "1", "201"],
    ["新来三", "", "13911110003", "9", "9", "901"],
]


def workbook(heads: list[str], rows: list[list[str]]) -> bytes:
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    sheet = book.add_worksheet()
    for at, row in enumerate([heads, *rows]):
        for column, value in enumerate(row):
            sheet.write_string(at, column, value)
    book.close()
    return buffer.getvalue()


@pytest.fixture
def taken(enter: Enter, lived: Lived) -> tuple[Any, str]:
    """A file with one good row and two doubtful ones, taken in."""
    client = enter("secretary")
    text = shown(
        sent(client, "desk-import-upload", estate=lived[0].estates[0], next=reverse("desk-imports"),
             file=SimpleUploadedFile("住户.xlsx", workbook(HEADS, ROWS)))
    )  # fmt: skip
    return client, text


def test_good_rows_come_in_and_doubtful_ones_wait(taken: tuple[Any, str]) -> None:
    client, text = taken
    assert "共 3 行" in text
    batch = one(Batch, filename="住户.xlsx")
    page = shown(client.get(reverse("desk-import", args=[batch.id])))
    assert "第 4 行" in page
    assert "没有这个门牌" in page
    assert "校验位不对" in page
    assert one(Person, name="新来一") is not None


def test_the_same_file_again_changes_nothing(taken: tuple[Any, str]) -> None:
    client, _ = taken
    text = shown(
        sent(client, "desk-import-upload", next=reverse("desk-imports"),
             file=SimpleUploadedFile("住户.xlsx", workbook(HEADS, ROWS)))
    )  # fmt: skip
    assert "没有变化" in text or one(Batch, filename="住户.xlsx")
    with as_system("test"):
        assert Person.objects.filter(name="新来一").count() == 1


def test_row_is_mended(taken: tuple[Any, str]) -> None:
    client, _ = taken
    row = one(Intake, state="waiting", row=4)
    page = reverse("desk-import", args=[row.batch_id])
    bad = sent(client, "desk-row-settle", row.id, name="新来三", building="8", unit="1", room="1",
               next=page)  # fmt: skip
    assert "仍有问题" in shown(bad)
    good = sent(client, "desk-row-settle", row.id, name="新来三", building="2", unit="1",
                room="101", next=page)  # fmt: skip
    shown(good)
    assert one(Intake, id=row.id).state in ("settled", "waiting")


def test_row_is_right_as_it_is(taken: tuple[Any, str]) -> None:
    client, _ = taken
    row = one(Intake, state="waiting", row=3)
    page = reverse("desk-import", args=[row.batch_id])
    shown(sent(client, "desk-row-settle", row.id, as_it_is=1, next=page))
    assert one(Intake, id=row.id).state in ("settled", "waiting")


def test_row_is_left_out_and_undone(taken: tuple[Any, str]) -> None:
    client, _ = taken
    row = one(Intake, state="waiting", row=4)
    page = reverse("desk-import", args=[row.batch_id])
    text = shown(sent(client, "desk-row-dismiss", row.id, next=page))
    assert f"/imports/rows/{row.id}/reopen" in text
    shown(sent(client, "desk-row-reopen", row.id, next=page))
    assert one(Intake, id=row.id).state == "waiting"


def test_cleaner_file_marks_what_is_doubtful(taken: tuple[Any, str]) -> None:
    client, _ = taken
    batch = one(Batch, filename="住户.xlsx")
    answer = client.get(reverse("desk-import", args=[batch.id]), {"export": "xlsx"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [c.value for c in sheet[1]][:6] == HEADS
    notes = [c.comment.text for row in sheet.iter_rows() for c in row if c.comment]
    assert any("没有这个门牌" in note for note in notes)


def test_unreadable_file_is_refused_in_words(enter: Enter) -> None:
    client, page = enter("secretary"), reverse("desk-imports")
    junk = SimpleUploadedFile("名单.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 64)
    assert "图片" in shown(sent(client, "desk-import-upload", file=junk, next=page))
    assert "请先选择文件" in shown(sent(client, "desk-import-upload", next=page))


def test_other_secretary_opens_no_batch_of_here(taken: tuple[Any, str], enter: Enter) -> None:
    batch = one(Batch, filename="住户.xlsx")
    assert enter("other").get(reverse("desk-import", args=[batch.id])).status_code in (403, 404)
