"""The rows that wait as a spreadsheet to mend at the desk: every doubtful cell marked, with the
problem and its mend as a comment. Cells are text, so that no number loses digits."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import xlsxwriter
from django.http import HttpResponse
from django.utils.translation import gettext

from muster.apps.audit.actions import write_line
from muster.apps.communities.actions.settle import MENDABLE
from muster.apps.people.queries.access import require
from muster.intake.sheets.cleaner import defused
from muster.protocols.access import Verb
from muster.web.exports import MEDIA
from muster.web.templatetags.muster import problem_mend, problem_name

if TYPE_CHECKING:
    from muster.apps.communities.models import Batch, Intake

# Chinese headings, so that the mended file can be taken in again.
HEADINGS = {
    "name": "姓名",
    "id_number": "身份证号",
    "phones": "联系电话",
    "building": "楼号",
    "unit": "单元",
    "room": "房号",
}
SHOWN_IN = {"name": "name", "id": "id_number", "duplicate": "id_number", "phone": "phones",
            "house": "building", "door": "building", "birth": "id_number"}  # fmt: skip


def cleaner_response(batch: Batch, rows: Sequence[Intake]) -> HttpResponse:
    """The file. Raises `NotAllowed`; leaves an audit line."""
    require(Verb.EXPORT, place=batch.area)
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "strings_to_formulas": False})
    text = book.add_format({"num_format": "@"})
    marked = book.add_format({"num_format": "@", "bg_color": "#FFE699"})
    sheet = book.add_worksheet("整理")
    heads = [*HEADINGS.values(), "备注", "原行号"]
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, book.add_format({"bold": True, "border": 1}))
    for at, row in enumerate(rows, start=1):
        _write(sheet, at, row, text, marked)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, len(heads) - 1, 18, text)
    book.close()
    write_line(action="exported", area=batch.area, subject=batch.id, rows=len(rows))
    response = HttpResponse(buffer.getvalue(), content_type=MEDIA)
    response.headers["Content-Disposition"] = 'attachment; filename="to-mend.xlsx"'
    return response


def _write(sheet: Any, at: int, row: Intake, text: Any, marked: Any) -> None:
    shown: dict[str, list[str]] = {}
    for code in row.problems:
        shown.setdefault(SHOWN_IN.get(code.split("_")[0], "name"), []).append(code)
    for column, name in enumerate(MENDABLE):
        value = row.fields.get(name)
        said = " ".join(value) if isinstance(value, list) else str(value or "")
        codes = shown.get(name)
        sheet.write_string(at, column, defused(said), marked if codes else text)
        if codes:
            note = "\n".join(f"{problem_name(c)}：{problem_mend(c)}" for c in codes)
            sheet.write_comment(at, column, note or gettext("Doubtful"))
    sheet.write_string(at, len(MENDABLE), defused(str(row.fields.get("remarks") or "")), text)
    sheet.write_string(at, len(MENDABLE) + 1, str(row.row), text)
