"""The rows given back as a cleaner xlsx: one sheet, one heading row, doubtful cells marked with a
comment that says the mend. A cell that looks like a formula is written as text."""

from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any

import xlsxwriter

from muster.intake.mends import MENDS
from muster.intake.sheets.fields import LONG_CELL
from muster.intake.sheets.model import Row, SheetDocument

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

_HEADINGS = {
    "sheet": "原表",
    "row": "原行号",
    "name": "姓名",
    "id_type": "证件类型",
    "id_number": "证件号",
    "birth_date": "出生日期",
    "phones": "电话",
    "building": "楼号",
    "unit": "单元",
    "room": "房号",
    "residency": "居住类型",
    "org": "单位",
    "party_member": "是否党员",
    "skills": "特长",
    "roles": "岗位",
    "availability": "时间",
    "uscc": "统一社会信用代码",
    "contact": "联系人",
    "people": "人数",
    "tube": "试管编号",
    "sampled_at": "采样时间",
    "result": "结果",
    "lab": "检测机构",
    "items": "需求",
    "items_unread": "未读出",
    "remarks": "备注",
    "problems": "问题",
}
# Which field shows a problem.
_SHOWN_IN = {
    "birth_mismatch": "birth_date",
    "date_unreadable": "birth_date",
    "duplicate_id": "id_number",
    "house_is_date": "building",
    "house_missing": "building",
    "name_conflict": "name",
    "name_missing": "name",
    "phone_invalid": "phones",
    "possible_duplicate": "name",
    "number_unreadable": "people",
    "uscc_invalid": "uscc",
    "result_unknown": "result",
    "amount_unclear": "items",
}
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "|", "%")
_WIDTHS = {"name": 14, "id_number": 22, "phones": 26, "remarks": 30, "problems": 44, "items": 40}


def write_cleaner(document: SheetDocument) -> bytes:
    """An xlsx of every row, good and bad. Every cell is text, so that no number loses digits."""
    buffer = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "strings_to_numbers": False,
    }
    book = xlsxwriter.Workbook(buffer, options)
    plain = book.add_format({"num_format": "@", "valign": "top"})
    head = book.add_format({"bold": True, "bg_color": "#E7EDF3", "border": 1, "num_format": "@"})
    marked = book.add_format({"bg_color": "#FFE699", "num_format": "@", "valign": "top"})
    styles = _Styles(plain, marked)
    sheet = book.add_worksheet("整理")
    names = _columns(document)
    for column, name in enumerate(names):
        sheet.write_string(0, column, _HEADINGS.get(name, name), head)
        sheet.set_column(column, column, _WIDTHS.get(name, 10), plain)
    for at, row in enumerate(document.rows, 1):
        _write_row(sheet, at, row, names, styles)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(1, len(document.rows)), len(names) - 1)
    book.close()
    return buffer.getvalue()


def defused(value: str) -> str:
    """Text that no spreadsheet program takes for a formula."""
    return f"'{value}" if value.startswith(_DANGEROUS) else value


def _columns(document: SheetDocument) -> list[str]:
    fields = list(dict.fromkeys(name for row in document.rows[:1] for name in row.fields))
    fields = sorted(fields, key=lambda name: name == "remarks")
    return ["sheet", "row", *fields, "problems"]


@dataclass(frozen=True, slots=True)
class _Styles:
    plain: "Format"
    marked: "Format"


def _write_row(sheet: "Worksheet", at: int, row: Row, names: list[str], styles: _Styles) -> None:
    shown: dict[str, list[str]] = {}
    for code in row.problems:
        field = _SHOWN_IN.get(code, "id_number" if code.startswith("id_") else "problems")
        shown.setdefault(field if field in names else "problems", []).append(code)
    for column, name in enumerate(names):
        codes = shown.get(name)
        style = styles.marked if codes else styles.plain
        sheet.write_string(at, column, defused(_said(row, name))[:LONG_CELL], style)
        if codes:
            sheet.write_comment(at, column, "\n".join(_comment(c) for c in codes))


def _comment(code: str) -> str:
    mend = MENDS[code]
    return f"{mend.zh}。{mend.mend_zh}。"


def _said(row: Row, name: str) -> str:
    own: dict[str, Any] = {
        "sheet": row.sheet,
        "row": row.row,
        "problems": [MENDS[c].zh for c in row.problems],
    }
    value = own[name] if name in own else row.fields.get(name)
    if isinstance(value, list):
        return "、".join(_part(v) for v in value)
    if isinstance(value, bool):
        return "是" if value else "否"
    return "" if value is None else str(value)


def _part(value: object) -> str:
    if not isinstance(value, dict):
        return str(value)
    return "".join(str(v) for v in value.values() if v not in (None, []))
