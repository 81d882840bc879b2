"""A list as a spreadsheet: what is on the screen, masked as on the screen, formulas defused."""

import io
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import xlsxwriter
from django.http import HttpResponse
from django.utils import timezone

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb

MEDIA = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def xlsx_response(
    *,
    name: str,
    title: str,
    area: int,
    columns: Sequence[str],
    rows: Iterable[Sequence[Any]],
    unit: int | None = None,
) -> HttpResponse:
    """An xlsx with a title, who made it when (the watermark), a header and the rows.

    area, unit: whose people they are; either may allow it. Raises `NotAllowed`. The export leaves
    an audit line with the number of rows.
    """
    require(Verb.EXPORT, place=area, unit=unit)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False,
                                        "strings_to_urls": False})  # fmt: skip
    sheet = book.add_worksheet(title[:31].translate(str.maketrans("", "", "[]:*?/\\")))
    bold = book.add_format({"bold": True, "bg_color": "#F2F4F7", "border": 1})
    mark = f"{timezone.localtime(clock.now()):%Y-%m-%d %H:%M} · {current_actor().name}"
    sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 14}))
    sheet.write_string(1, 0, mark, book.add_format({"font_color": "#98A2B3"}))
    sheet.set_footer(f"&L{mark}&R&P / &N")
    for column, text in enumerate(columns):
        sheet.write_string(3, column, str(text), bold)
    count = 0
    for count, row in enumerate(rows, start=1):
        for column, value in enumerate(row):
            _write(sheet, 3 + count, column, value)
    sheet.freeze_panes(4, 0)
    sheet.autofilter(3, 0, 3 + count, max(0, len(columns) - 1))
    sheet.autofit()
    book.close()
    write_line(action="exported", area=area, subject=name, rows=count)
    response = HttpResponse(buffer.getvalue(), content_type=MEDIA)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}.xlsx"'
    return response


def _write(sheet: Any, row: int, column: int, value: Any) -> None:
    if isinstance(value, bool) or value is None:
        sheet.write_string(row, column, {True: "✓", False: "", None: ""}[value])
    elif isinstance(value, int | float):
        sheet.write_number(row, column, value)
    elif isinstance(value, datetime):
        sheet.write_string(row, column, f"{timezone.localtime(value):%Y-%m-%d %H:%M}")
    else:
        sheet.write_string(row, column, str(value))
