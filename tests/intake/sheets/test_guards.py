"""Bad input: each is refused with what to do, or taken as far as it can be read.

Covers muster.intake.errors, muster.intake.signatures, muster.intake.sheets.guards,
muster.intake.sheets.opendocument,
muster.intake.sheets.archives, muster.intake.sheets.cleaner.
"""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from muster.intake import errors
from muster.intake.mends import MENDS
from muster.intake.sheets import check_size, read_sheet
from muster.intake.sheets.cleaner import defused, write_cleaner
from muster.intake.sheets.opendocument import layouts
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
