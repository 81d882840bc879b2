"""A laboratory's file as rows of tube and result. Headings in Chinese or English; values too."""

import csv
import io
from collections.abc import Iterable, Sequence

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineWorkbook, PasswordError

from muster.apps.screening.actions import ResultRow
from muster.apps.screening.errors import ResultsUnreadable

TUBE = {"tube", "管号", "试管编号", "试管号", "采样管编号", "条码", "管码", "采样编码", "barcode"}
RESULT = {"result", "结果", "检测结果", "核酸结果", "检验结果"}
VALUES = {
    "阴性": "negative", "阴性(-)": "negative", "-": "negative", "negative": "negative",
    "阳性": "positive", "阳性(+)": "positive", "+": "positive", "positive": "positive",
    "弱阳性": "weak", "可疑": "weak", "weak": "weak",
    "无效": "invalid", "复测": "invalid", "invalid": "invalid",
}  # fmt: skip
SIZE, ROWS = 20 * 1024 * 1024, 100_000


def read_results(data: bytes, filename: str) -> list[ResultRow]:
    """Every row that names a tube, numbered as in the file; an unknown value is kept as it is.

    Raises `ResultsUnreadable`: too large, not a table, or without the two headings.
    """
    if len(data) > SIZE:
        raise ResultsUnreadable(reason="20 MB")
    rows = _delimited(data) if _is_text(data, filename) else _workbook(data)
    for at, row in enumerate(rows[:30]):
        heads = ["".join(str(cell).split()).lower() for cell in row]
        tube = next((i for i, h in enumerate(heads) if h in TUBE), None)
        result = next((i for i, h in enumerate(heads) if h in RESULT), None)
        if tube is not None and result is not None:
            return list(_taken(rows[at + 1 :], at + 2, tube, result))
    raise ResultsUnreadable(reason="管号, 结果")


def _taken(
    rows: Iterable[Sequence[object]], first: int, tube: int, result: int
) -> Iterable[ResultRow]:
    for number, row in enumerate(rows, start=first):
        code = _text(row, tube).upper()
        value = _text(row, result)
        if code or value:
            yield ResultRow(number, code, VALUES.get(_plain(value), value))


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
    return rows[:ROWS]


def _workbook(data: bytes) -> Sequence[Sequence[object]]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(data))
        sheet = book.get_sheet_by_index(0)
        return [list(row) for row in sheet.to_python(skip_empty_area=False, nrows=ROWS)]
    except (CalamineError, PasswordError, IndexError) as error:
        raise ResultsUnreadable(reason="xlsx") from error
