"""Bad input: each is refused with what to do, or taken as far as it can be read.

Covers muster.intake.errors, muster.intake.signatures, muster.intake.sheets.guards,
muster.intake.sheets.opendocument,
muster.intake.sheets.archives, muster.intake.sheets.cleaner.
"""

from io import BytesIO

import pytest
import xlsxwriter
from openpyxl import load_workbook

from muster.intake import errors
from muster.intake.mends import MENDS
from muster.intake.sheets import check_size, read_sheet
from muster.intake.sheets.cleaner import defused, write_cleaner
from muster.intake.sheets.opendocument import layouts
from tests.intake.shared import samples
from tests.intake.sheets.books import HEAD, archive, csv, xlsx

BOMB = archive({"xl/workbook.xml": b"", "xl/worksheets/sheet1.xml": b" " * (60 * 2**20)})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 512
BAD: list[tuple[bytes, type[errors.NotReadable]]] = [
    (b"", errors.Empty),
    (b"\xef\xbb\xbf \n", errors.Empty),
    (b"\x89PNG\r\n\x1a\n....", errors.Picture),
    (b"\xff\xd8\xff\xe0 JFIF", errors.Picture),
    (b"%PDF-1.7", errors.NotASpreadsheet),
    (b"<html><table></table></html>", errors.NotASpreadsheet),
    (b"abc\x00\x01\x02", errors.NotASpreadsheet),
    (archive({"a.txt": b"x"}), errors.NotASpreadsheet),
    (archive({"word/document.xml": b"x"}), errors.NotASpreadsheet),
    (archive({"xl/workbook.xml": b"x", "xl/vbaProject.bin": b"x"}), errors.Macros),
    (archive({"xl/workbook.xml": b"x", "xl/externalLinks/e1.xml": b"x"}), errors.ExternalLinks),
    (archive({"xl/workbook.xml": b"not xml"}), errors.Damaged),
    (b"PK\x03\x04 broken", errors.Damaged),
    (BOMB, errors.ZipBomb),
    (OLE, errors.NotASpreadsheet),
    (OLE + "Workbook".encode("utf-16-le"), errors.Damaged),
    (OLE + "EncryptedPackage".encode("utf-16-le"), errors.Encrypted),
    (OLE + "_VBA_PROJECT".encode("utf-16-le"), errors.Macros),
    (b"\xff\x81\xff\x81" * 200, errors.BrokenEncoding),
]


@pytest.mark.parametrize(("data", "error"), BAD)
def test_what_cannot_be_taken_is_refused(data: bytes, error: type[errors.NotReadable]) -> None:
    with pytest.raises(error) as refusal:
        read_sheet(data, filename="名册.xlsx")
    assert "<" not in refusal.value.message
    assert "名册.xlsx" in refusal.value.message
    assert refusal.value.code.startswith("intake_")


def test_a_file_too_large_is_refused_before_it_is_read() -> None:
    with pytest.raises(errors.TooLarge):
        check_size(200 * 2**20, filename="a.xlsx")
    with pytest.raises(errors.TooLarge):
        read_sheet(b"x" * 3000, filename="a.csv", limit_mb=0.001)


def test_every_error_has_a_code_of_its_own() -> None:
    found = [
        e for e in vars(errors).values() if isinstance(e, type) and e.__module__ == errors.__name__
    ]
    assert len({e.code for e in found}) == len(found)
    assert all(e.__doc__ for e in found)


def test_a_few_broken_bytes_are_replaced_and_noticed() -> None:
    row = ("王芳", "140101199003074210", "13800130001", "1", "1", "101", "")
    data = csv(HEAD, *[row] * 60) + b"\n\xff\xff"
    document = read_sheet(data, filename="a.csv")
    assert len(document.rows) == 61
    assert "broken_characters" in [n.code for n in document.notices]


def test_the_cleaner_marks_comments_and_defuses() -> None:
    rows = [
        ("=HYPERLINK", "140101199003074211", "1380013000", "1", "1", "101", "+cmd"),
        ("王芳", "140101199003074210", "13800130001", "1", "1", "101", ""),
    ]
    document = read_sheet(csv(HEAD, *rows), filename="a.csv")
    sheet = load_workbook(BytesIO(write_cleaner(document))).worksheets[0]
    head = {cell.value: cell.column_letter for cell in sheet[1]}
    assert sheet.max_row == 3
    assert sheet[f"{head['姓名']}2"].value == "'=HYPERLINK"
    assert sheet[f"{head['备注']}2"].value == "'+cmd"
    assert MENDS["id_check_failed"].zh in sheet[f"{head['证件号']}2"].comment.text
    assert sheet[f"{head['证件号']}3"].comment is None
    assert sheet[f"{head['证件号']}3"].value == "140101199003074210"
    assert all(cell.data_type == "s" for cell in sheet[3] if cell.value)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", "\t=1", "\r=1"])
def test_formulas_are_defused(text: str) -> None:
    assert defused(text).startswith("'")


def test_a_cleaner_can_be_read_again() -> None:
    data = xlsx(HEAD, ("王芳", "140101199003074210", "13800130001", "1", "1", "101"))
    again = read_sheet(write_cleaner(read_sheet(data, filename="a.xlsx")), filename="b.xlsx")
    assert [(r["name"], r["room"]) for r in again.rows] == [("王芳", "101")]


def test_hidden_rows_and_merges_of_opendocument() -> None:
    content = (
        b'<table:table table:name="a"><table:table-row table:number-rows-repeated="2"/>'
        b'<table:table-row table:visibility="collapse"><table:table-cell/></table:table-row>'
        b'<table:table-row><table:table-cell table:number-columns-repeated="2"/>'
        b'<table:table-cell table:number-rows-spanned="3"/></table:table-row></table:table>'
    )
    (layout,) = layouts(content)
    assert layout.hidden_rows == {3}
    assert layout.merges == [((3, 2), (5, 2))]


def test_an_old_workbook_that_fills_its_last_row_was_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.intake.sheets.workbooks.XLS_ROWS", 3)
    old = next(p for p in sorted((samples() / "sheets").glob("*.xls")))
    document = read_sheet(old.read_bytes(), filename=old.name)
    cut = [n for n in document.notices if n.code == "cut_at_65536"]
    assert cut
    assert "65,536" in MENDS["cut_at_65536"].zh or "65536" in MENDS["cut_at_65536"].zh


def test_a_workbook_with_macros_is_refused_under_any_name() -> None:
    data = archive({"xl/workbook.xml": b"<x/>", "xl/vbaProject.bin": b"x"})
    for name in ("名册.xlsm", "名册.xlsx", "名册.csv"):
        with pytest.raises(errors.Macros):
            read_sheet(data, filename=name)


def test_a_formula_counts_with_the_value_that_was_saved_with_it() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("总表")
    sheet.write_row(0, 0, HEAD)
    sheet.write_formula(1, 0, '="王"&"敏"', None, "王敏")
    sheet.write_formula(1, 1, '=HYPERLINK("http://example.org","x")', None, "无")
    sheet.write_row(1, 2, ["13800130001", "3", "2", "501"])
    book.close()
    (row,) = read_sheet(buffer.getvalue(), filename="a.xlsx").rows
    assert (row["name"], row["id_type"], row["room"]) == ("王敏", "none", "501")


def test_hidden_columns_are_read_like_the_others() -> None:
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer)
    sheet = book.add_worksheet("总表")
    sheet.write_row(0, 0, HEAD)
    sheet.write_row(1, 0, ["王敏", "", "13800130001", "3", "2", "501"])
    sheet.set_column(2, 3, None, None, {"hidden": True})
    book.close()
    (row,) = read_sheet(buffer.getvalue(), filename="a.xlsx").rows
    assert (row["phones"], row["building"]) == (["13800130001"], "3")


def test_a_cell_of_100000_signs_is_refused_alone() -> None:
    data = csv(HEAD, ["王敏", "", "13800130001", "3", "2", "501", "字" * 100_000])
    (row,) = read_sheet(data, filename="a.csv").rows
    assert row["name"] == "王敏"
    assert row.problems == ["cell_too_long", "id_missing"]


def test_an_empty_workbook_has_no_rows_and_says_so() -> None:
    document = read_sheet(xlsx(), filename="a.xlsx")
    assert document.rows == []


def test_two_hundred_megabytes_in_a_small_archive_are_refused_unopened() -> None:
    huge = archive({"xl/workbook.xml": b"<x/>", "xl/worksheets/sheet1.xml": bytes(200 * 2**20)})
    assert len(huge) < 2**20
    with pytest.raises(errors.ZipBomb):
        read_sheet(huge, filename="a.xlsx")
