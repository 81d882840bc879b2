"""Workbooks as grids: xlsx and ods through calamine, xls through xlrd.

calamine gives values, not what is hidden or in error; that is read beside it from the XML, with
patterns only: nothing is expanded, fetched or evaluated.
"""

import re
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import Any

import xlrd
from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from muster.intake.errors import Damaged, Encrypted
from muster.intake.sheets.archives import member
from muster.intake.sheets.model import CellError, Grid, Value, index_of
from muster.intake.sheets.opendocument import layouts

XLS_ROWS = 65_536
MERGES_LIMIT = 200_000
_HIDDEN_ROW = re.compile(
    rb"<(?:\w+:)?row\b[^>]*?\bhidden=\"(?:1|true)\"[^>]*>|<(?:\w+:)?c\b[^>]*?\bt=\"e\"[^>]*>"
)
_REFERENCE = re.compile(rb"\br=\"([A-Z]*)(\d+)\"")
_SHEET = re.compile(rb"<(?:\w+:)?sheet\b[^>]*>")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_ATTRIBUTE = re.compile(rb"([\w:]+)=\"([^\"]*)\"")


def read_xlsx(data: bytes, filename: str) -> Iterator[Grid]:
    """The sheets of an .xlsx file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        paths = _sheet_paths(archive, filename)
        for index, grid, merges in _calamine(data, filename):
            hidden: frozenset[int] = frozenset()
            if index < len(paths) and paths[index] in archive.namelist():
                hidden = _row_marks(member(archive, paths[index], filename), grid)
            grid.hidden_rows = hidden
            _fill_merges(grid, merges)
            yield grid


def read_ods(data: bytes, filename: str) -> Iterator[Grid]:
    """The sheets of an .ods file."""
    with zipfile.ZipFile(BytesIO(data)) as archive:
        found = layouts(member(archive, "content.xml", filename))
    for index, grid, _ in _calamine(data, filename):
        if index < len(found):
            grid.hidden_rows = found[index].hidden_rows
            _fill_merges(grid, found[index].merges)
        yield grid


def read_xls(data: bytes, filename: str) -> Iterator[Grid]:
    """The sheets of an old .xls file; one that fills all 65,536 rows was cut off by its format."""
    try:
        book = xlrd.open_workbook(
            file_contents=data, formatting_info=True, on_demand=True, logfile=_Silence()
        )
        names = book.sheet_names()
    except Exception as problem:
        raise _xls_error(problem, filename) from problem
    for name in names:
        try:
            sheet = book.sheet_by_name(name)
            rows = [
                [_xls_value(cell, book.datemode) for cell in sheet.row(r)]
                for r in range(sheet.nrows)
            ]
        except Exception as problem:
            raise _xls_error(problem, filename) from problem
        hidden = frozenset(r + 1 for r, info in sheet.rowinfo_map.items() if info.hidden)
        cut = sheet.nrows >= XLS_ROWS
        grid = Grid(name, rows, hidden=sheet.visibility > 0, hidden_rows=hidden, cut=cut)
        _fill_merges(grid, [((a, c), (b - 1, d - 1)) for a, b, c, d in sheet.merged_cells])
        book.unload_sheet(name)
        yield grid


class _Silence:
    """xlrd reports oddities on a stream; nobody reads them."""

    def write(self, text: str) -> int:
        return len(text)

    def flush(self) -> None:
        return


def _xls_error(problem: Exception, filename: str) -> Exception:
    if "encrypt" in str(problem).lower() or "password" in str(problem).lower():
        return Encrypted(filename=filename)
    return Damaged(filename=filename, reason="the old .xls format cannot be followed")


def _xls_value(cell: Any, datemode: int) -> Value:
    kind: int = cell.ctype
    value: str | int | float = cell.value
    if kind == xlrd.XL_CELL_DATE:
        return _xls_date(float(value), datemode)
    if kind == xlrd.XL_CELL_ERROR:
        return CellError(xlrd.error_text_from_code.get(value, "#N/A"))
    if kind in {xlrd.XL_CELL_EMPTY, xlrd.XL_CELL_BLANK}:
        return None
    return bool(value) if kind == xlrd.XL_CELL_BOOLEAN else value


def _xls_date(value: float, datemode: int) -> Value:
    when: datetime | None = None
    with suppress(ValueError, OverflowError, xlrd.XLDateError):
        when = xlrd.xldate_as_datetime(value, datemode)
    return value if when is None else when


def _calamine(data: bytes, filename: str) -> Iterator[tuple[int, Grid, list[Any]]]:
    try:
        book = CalamineWorkbook.from_filelike(BytesIO(data))
        metadata = book.sheets_metadata
    except PasswordError as problem:
        raise Encrypted(filename=filename) from problem
    except (CalamineError, OSError, ValueError) as problem:
        raise Damaged(filename=filename, reason=_reason(problem)) from problem
    for index, meta in enumerate(metadata):
        if meta.typ != SheetTypeEnum.WorkSheet:
            continue
        try:
            sheet = book.get_sheet_by_index(index)
            cells = sheet.to_python(skip_empty_area=False)
        except (CalamineError, OSError, ValueError) as problem:
            raise Damaged(filename=filename, reason=_reason(problem)) from problem
        grid = Grid(
            meta.name,
            [[_value(c) for c in row] for row in cells],
            hidden=meta.visible != SheetVisibleEnum.Visible,
        )
        yield index, grid, list(sheet.merged_cell_ranges or [])


def _reason(problem: Exception) -> str:
    return " ".join(str(problem).split())[:120] or "it cannot be opened"


def _value(cell: object) -> Value:
    if cell == "":
        return None
    if isinstance(cell, time | timedelta):
        return str(cell)
    if isinstance(cell, str | int | float | date | datetime):
        return cell
    return str(cell)


def _sheet_paths(archive: zipfile.ZipFile, filename: str) -> list[str]:
    """Paths of the sheets' XML in the order of the workbook; what cannot be told is left out."""
    names = set(archive.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return []
    targets = {}
    for tag in _RELATION.findall(member(archive, "xl/_rels/workbook.xml.rels", filename)):
        have = dict(_ATTRIBUTE.findall(tag))
        targets[have.get(b"Id")] = have.get(b"Target", b"").decode("utf-8", "replace")
    paths = []
    for tag in _SHEET.findall(member(archive, "xl/workbook.xml", filename)):
        have = dict(_ATTRIBUTE.findall(tag))
        key = next((v for k, v in have.items() if k.endswith(b":id")), None)
        target = targets.get(key, "")
        paths.append(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
    return paths


def _row_marks(xml: bytes, grid: Grid) -> frozenset[int]:
    """Hidden rows; cells with a cached error become CellError in place."""
    hidden = set()
    for match in _HIDDEN_ROW.finditer(xml):
        reference = _REFERENCE.search(match[0])
        if not reference:
            continue
        row, letters = int(reference[2]), reference[1].decode()
        if not letters:
            hidden.add(row)
        elif row <= len(grid.rows) and index_of(letters) < len(grid.rows[row - 1]):
            grid.rows[row - 1][index_of(letters)] = CellError("#N/A")
    return frozenset(hidden)


def _fill_merges(grid: Grid, merges: list[Any]) -> None:
    """A merged cell gives its value to every row of the merge."""
    for (top, left), (bottom, _) in merges[:MERGES_LIMIT]:
        if bottom == top or top >= len(grid.rows) or left >= len(grid.rows[top]):
            continue
        value = grid.rows[top][left]
        for row in grid.rows[top + 1 : bottom + 1]:
            if left < len(row) and row[left] is None:
                row[left] = value
