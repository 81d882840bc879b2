"""A file read into rows."""

from collections.abc import Callable, Iterator, Mapping

from muster.intake.errors import Empty, UnknownKind
from muster.intake.sheets.checks import check_rows
from muster.intake.sheets.delimited import read_delimited
from muster.intake.sheets.guards import LIMIT_MB, Format, recognise
from muster.intake.sheets.headings import find_columns
from muster.intake.sheets.kinds import KINDS
from muster.intake.sheets.model import Grid, Notice, SheetDocument
from muster.intake.sheets.rows import read_rows
from muster.intake.sheets.workbooks import read_ods, read_xls, read_xlsx

type Corrections = Mapping[str, Mapping[str, list[str]]]
type Remembered = Mapping[str, Mapping[str, list[str]]]
type Progress = Callable[[int, int], None]

EVERY = 2000  # rows between two reports of progress


def read_sheet(
    data: bytes,
    *,
    filename: str,
    kind: str = "roster",
    mapping: Corrections | None = None,
    remembered: Remembered | None = None,
    progress: Progress | None = None,
    limit_mb: float = LIMIT_MB,
) -> SheetDocument:
    """Every row of a spreadsheet that names somebody, with its problems.

    `kind`: a key of `kinds.KINDS`. `mapping`: columns a person corrected, sheet name ("" for any) →
    field → letters; `remembered`: the same by `headings.signature`, for any sheet with
    these headings. `progress(done, total)` is called while reading, in rows of the sheet. Raises
    the errors of `muster.intake.errors` for a file that cannot be taken as a whole.
    """
    if kind not in KINDS:
        raise UnknownKind(kind=kind, known=", ".join(KINDS))
    grids, notices = _grids(data, filename, limit_mb)
    document = SheetDocument(filename, kind, [], [], notices)
    for grid in grids:
        _read_grid(document, grid, (mapping, remembered), progress)
    check_rows(document.rows, document.columns)
    return document


def _read_grid(
    document: SheetDocument,
    grid: Grid,
    known: tuple[Corrections | None, Remembered | None],
    progress: Progress | None,
) -> None:
    kind = KINDS[document.kind]
    if grid.cut:
        document.notices.append(Notice("cut_at_65536", grid.sheet, len(grid.rows)))
    found = find_columns(grid, kind, *known)
    if found is None:
        if any(any(v is not None for v in row) for row in grid.rows):
            document.notices.append(Notice("no_headings", grid.sheet))
        return
    document.columns.append(found)
    for row in read_rows(grid, found, kind):
        document.rows.append(row)
        if progress and len(document.rows) % EVERY == 0:
            progress(row.row, len(grid.rows))
    if progress:
        progress(len(grid.rows), len(grid.rows))


def _grids(data: bytes, filename: str, limit_mb: float) -> tuple[Iterator[Grid], list[Notice]]:
    form = recognise(data, filename=filename, limit_mb=limit_mb)
    if form is Format.XLSX:
        return read_xlsx(data, filename), []
    if form is Format.ODS:
        return read_ods(data, filename), []
    if form is Format.XLS:
        return read_xls(data, filename), []
    grid, notices = read_delimited(data, filename)
    if not any(any(v is not None for v in row) for row in grid.rows):
        raise Empty(filename=filename)
    return iter([grid]), notices
