"""A laboratory's file as rows of tube, result and time. Headings in Chinese or English; values
too; or a FHIR R4 bundle.

A file that ends exactly where old spreadsheets end was cut off there: in October 2020 such a file
lost 15,841 cases. It is taken, and the cut is said.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from charset_normalizer import from_bytes
from django.utils import timezone
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from muster.apps.screening.actions import ResultRow
from muster.apps.screening.errors import ResultsUnreadable
from muster.gateways.laboratory import read_bundle

TUBE = {"tube", "管号", "试管编号", "试管号", "采样管编号", "条码", "管码", "采样编码", "barcode"}
RESULT = {"result", "结果", "检测结果", "核酸结果", "检验结果"}
VALUES = {
    "阴性": "negative", "阴性(-)": "negative", "-": "negative", "negative": "negative",
    "阳性": "positive", "阳性(+)": "positive", "+": "positive", "positive": "positive",
    "弱阳性": "weak", "可疑": "weak", "weak": "weak",
    "无效": "invalid", "复测": "invalid", "invalid": "invalid",
}  # fmt: skip
TIME = {
    "检测时间", "报告时间", "检测日期", "报告日期", "出具时间", "结果时间", "检验时间",
    "time", "date", "reportedat", "resultedat",
}  # fmt: skip
SIZE = 64 * 1024 * 1024
CUTS = {65_536, 1_048_576}
"""Rows after which an xls, and an xlsx, cannot go on."""
SHOWN = 30
"""Rows in which the headings are looked for."""


@dataclass(frozen=True, slots=True)
class ResultFile:
    """The rows of a file. `cut`: the row number at which it was cut off, 0 if it was not."""

    rows: list[ResultRow]
    cut: int = 0


def read_results(data: bytes, filename: str) -> ResultFile:
    """Every row that names a tube, numbered as in the file; an unknown value is kept as it is, a
    time that cannot be read is noted (`time_unreadable`) and the result taken all the same.

    Raises `ResultsUnreadable`: too large, not a table, or without the two headings. Raises
    `BundleUnreadable` for a FHIR bundle that does not fit.
    """
    if len(data) > SIZE:
        raise ResultsUnreadable(reason="64 MB")
    if data.lstrip()[:1] == b"{":
        found = enumerate(read_bundle(data), start=1)
        return ResultFile([ResultRow(n, r.tube, r.value, r.at) for n, r in found])
    rows = _delimited(data) if _is_text(data, filename) else _workbook(data)
    for at, row in enumerate(rows[:SHOWN]):
        heads = ["".join(str(cell).split()).lower() for cell in row]
        tube, result, time = (_column(heads, names) for names in (TUBE, RESULT, TIME))
        if tube is not None and result is not None:
            taken = list(_taken(rows[at + 1 :], at + 2, tube, result, time))
            return ResultFile(taken, len(rows) if len(rows) in CUTS else 0)
    raise ResultsUnreadable(reason="管号, 结果")


def _column(heads: Sequence[str], names: set[str]) -> int | None:
    return next((i for i, head in enumerate(heads) if head in names), None)


def _taken(
    rows: Iterable[Sequence[object]], first: int, tube: int, result: int, time: int | None
) -> Iterable[ResultRow]:
    for number, row in enumerate(rows, start=first):
        code = _text(row, tube).upper()
        value = _text(row, result)
        if code or value:
            cell = row[time] if time is not None and time < len(row) else None
            at = moment(cell)
            doubt = "time_unreadable" if at is None and str(cell or "").strip() else ""
            yield ResultRow(number, code, VALUES.get(_plain(value), value), at, doubt)


DAY_ONE = datetime(1899, 12, 30)  # noqa: DTZ001 -- a spreadsheet's days have no zone
SERIALS = (36_526.0, 73_051.0)
"""2000 to 2099 as a spreadsheet counts days."""
PARTS = re.compile(
    r"(\d{4})\D{1,2}(\d{1,2})\D{1,2}(\d{1,2})(?:\D+(\d{1,2})\D(\d{1,2})(?:\D(\d{1,2}))?)?\D*"
)


def moment(cell: object) -> datetime | None:
    """A cell as a local moment: a date, a spreadsheet's number of days (also as text), a text such
    as 2022-04-04 03:20 or 2022年4月4日 3:20. None where it is none of these."""
    if isinstance(cell, datetime):
        return cell if cell.tzinfo else timezone.make_aware(cell)
    text = str(cell if cell is not None else "").strip()
    try:
        if text.replace(".", "", 1).isdigit() and SERIALS[0] <= float(text) < SERIALS[1]:
            days = timedelta(seconds=round(float(text) * 86_400))
            return timezone.make_aware(DAY_ONE + days)
        found = PARTS.fullmatch(text)
        if found is None:
            return None
        return timezone.make_aware(datetime(*(int(p or 0) for p in found.groups())))  # type: ignore[arg-type] # noqa: DTZ001
    except ValueError:
        return None


def _plain(value: str) -> str:
    return value.replace("（", "(").replace("）", ")").lower()


def _text(row: Sequence[object], at: int) -> str:
    value = row[at] if at < len(row) else ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "".join(str(value).split())


def _is_text(data: bytes, filename: str) -> bool:
    return filename.lower().endswith((".csv", ".tsv", ".txt")) or b"\x00" not in data[:4096]


def _delimited(data: bytes) -> Sequence[Sequence[object]]:
    best = from_bytes(data, cp_isolation=["utf_8", "gb18030", "utf_16"]).best()
    if best is None:
        raise ResultsUnreadable(reason="encoding")
    text = str(best).lstrip("\ufeff")
    delimiter = max(",\t;", key=text[:2000].count)
    rows: list[list[object]] = [[*r] for r in csv.reader(io.StringIO(text), delimiter=delimiter)]
    return rows


def _workbook(data: bytes) -> Sequence[Sequence[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        return [list(row) for row in sheet.to_python(skip_empty_area=False)]
    except (CalamineError, PasswordError, IndexError) as error:
        raise ResultsUnreadable(reason="xlsx") from error
