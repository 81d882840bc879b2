"""What a spreadsheet gives: columns found, rows with problems, notices on the file as a whole."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

type Value = str | int | float | bool | date | CellError | None


@dataclass(frozen=True, slots=True)
class CellError:
    """A formula's cached error, `#N/A`; or a cell that was refused."""

    text: str


@dataclass(slots=True)
class Grid:
    """One sheet as cells. `rows[i]` is the physical row `first + i`, counted from 1; cells start at
    column A. `hidden_rows` counts like `first`. `cut`: the format's row limit was reached."""

    sheet: str | None
    rows: list[list[Value]]
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    cut: bool = False


@dataclass(slots=True)
class SheetColumns:
    """Where the fields stand in one sheet: `columns` maps a field to column indices from 0, in the
    order of the sheet; `header_row` counts from 1. `headings` are the cells of the heading row.
    `remembered`: a person had corrected these columns before."""

    sheet: str | None
    header_row: int
    columns: dict[str, list[int]]
    headings: list[str]
    remembered: bool = False

    def to_json(self) -> dict[str, object]:
        return {"sheet": self.sheet, "header_row": self.header_row, "map": self.letters}

    @property
    def letters(self) -> dict[str, list[str]]:
        """Field → column letters, as a person reads them and may correct them."""
        return {key: [letter(i) for i in at] for key, at in sorted(self.columns.items())}


@dataclass(slots=True)
class Row:
    """One row. `fields` holds the fields of the kind (for a roster those of SCHEMA B3), `problems`
    sorted codes of `muster.intake.mends`, `doubts` the columns they are about, `cells` the row as
    it stood."""

    sheet: str | None
    row: int
    fields: dict[str, Any]
    problems: list[str] = field(default_factory=list)
    doubts: dict[int, list[str]] = field(default_factory=dict)
    cells: list[Value] = field(default_factory=list)

    def doubt(self, code: str, *columns: int) -> None:
        """Add a problem and the columns that show it."""
        if code not in self.problems:
            self.problems = sorted([*self.problems, code])
        for column in columns:
            codes = self.doubts.setdefault(column, [])
            if code not in codes:
                codes.append(code)

    def __getitem__(self, key: str) -> Any:
        return self.fields[key]

    def to_json(self) -> dict[str, object]:
        return {"sheet": self.sheet, "row": self.row, **self.fields, "problems": self.problems}


@dataclass(frozen=True, slots=True)
class Notice:
    """Something about the file or a sheet that a person should know; `code` has its mend."""

    code: str
    sheet: str | None = None
    row: int | None = None

    def to_json(self) -> dict[str, object]:
        return {"code": self.code, "sheet": self.sheet, "row": self.row}


@dataclass(slots=True)
class SheetDocument:
    filename: str
    kind: str
    columns: list[SheetColumns]
    rows: list[Row]
    notices: list[Notice] = field(default_factory=list)

    def to_json(self) -> dict[str, object]:
        return {
            "kind": self.kind,
            "columns": [c.to_json() for c in self.columns],
            "rows": [r.to_json() for r in self.rows],
            "notices": [n.to_json() for n in self.notices],
        }

    @property
    def doubtful(self) -> list[Row]:
        return [r for r in self.rows if r.problems]


def letter(index: int) -> str:
    """Column letters of an index from 0: 0 → A, 26 → AA."""
    text = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        text = chr(65 + rest) + text
    return text


def index_of(letters: str) -> int:
    """Index from 0 of column letters."""
    index = 0
    for c in letters.upper():
        index = index * 26 + ord(c) - 64
    return index - 1
