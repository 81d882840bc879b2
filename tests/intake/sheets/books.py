"""Small spreadsheets made for a test."""

from collections.abc import Sequence
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter

HEAD = ("姓名", "身份证号", "手机号", "楼号", "单元", "房号", "备注")


def xlsx(*rows: Sequence[object], name: str = "总表", hidden: Sequence[int] = ()) -> bytes:
    """A workbook of one sheet; `hidden` are rows from 1."""
    buffer = BytesIO()
    book = xlsxwriter.Workbook(buffer, {"strings_to_numbers": False})
    sheet = book.add_worksheet(name)
    for at, row in enumerate(rows):
        for column, value in enumerate(row):
            if value is not None:
                sheet.write(at, column, value)
    for row_number in hidden:
        sheet.set_row(row_number - 1, None, None, {"hidden": True})
    book.close()
    return buffer.getvalue()


def csv(*rows: Sequence[str], encoding: str = "utf-8") -> bytes:
    return "\n".join(",".join(row) for row in rows).encode(encoding)


def archive(files: dict[str, bytes]) -> bytes:
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as bundle:
        for name, data in files.items():
            bundle.writestr(name, data)
    return buffer.getvalue()
