"""Where the headings are and what they mean. Source: SCHEMA B1."""

import re
from collections.abc import Mapping, Sequence

from muster.intake.errors import BadMapping
from muster.intake.sheets.kinds import SheetKind
from muster.intake.sheets.model import Grid, SheetColumns, Value, index_of
from muster.intake.writing import fold, simplify

SEARCHED_ROWS = 12
ENOUGH = 3
_BRACKETED = re.compile(r"[(\[【{<][^)\]】}>]*[)\]】}>]")
_NOISE = re.compile(r"[\s*:'\u200b\ufeff]+")


def heading(value: Value) -> str:
    """A heading cell as it is compared: NFKC, simplified, without spaces, `*` and brackets."""
    if not isinstance(value, str):
        return ""
    return _NOISE.sub("", _BRACKETED.sub("", simplify(fold(value))))


def find_columns(
    grid: Grid,
    kind: SheetKind,
    mapping: Mapping[str, Mapping[str, list[str]]] | None = None,
    remembered: Mapping[str, Mapping[str, list[str]]] | None = None,
) -> SheetColumns | None:
    """The heading row and its columns, or None for a sheet without one (instructions, lists).

    `mapping` is what a person corrected, by sheet name ("" for any sheet): field → column letters.
    It wins over the headings, and over what is `remembered` for these headings (`signature`).
    Raises BadMapping for a field the kind does not have.
    """
    words = kind.words
    given = _given(mapping, grid.sheet, kind)
    at = _heading_row(grid, words)
    if at is None and given is None:
        return None
    row = at if at is not None else 0
    headings = _merged_headings(grid, row, words) if at is not None else []
    columns: dict[str, list[int]] = {}
    for index, text in enumerate(headings):
        if text in words:
            columns.setdefault(words[text], []).append(index)
    known = (remembered or {}).get(signature(headings)) if given is None and headings else None
    if known is not None:
        given = _columns(known, kind)
    if given is not None:
        columns = given
    first = row + 1 if at is not None else 0
    return SheetColumns(grid.sheet, first, columns, headings, remembered=known is not None)


def signature(headings: Sequence[str]) -> str:
    """What two lists with the same headings have in common."""
    return "|".join(headings).rstrip("|")


def _given(
    mapping: Mapping[str, Mapping[str, list[str]]] | None, sheet: str | None, kind: SheetKind
) -> dict[str, list[int]] | None:
    if not mapping:
        return None
    chosen = mapping.get(sheet or "") or mapping.get("")
    return None if chosen is None else _columns(chosen, kind)


def _columns(chosen: Mapping[str, list[str]], kind: SheetKind) -> dict[str, list[int]]:
    for name in chosen:
        if name not in kind.headings:
            raise BadMapping(field=name, known=", ".join(kind.headings))
    return {name: [index_of(x) for x in letters] for name, letters in chosen.items()}


def _heading_row(grid: Grid, words: Mapping[str, str]) -> int | None:
    """The first row with three known headings; the second of two heading rows."""
    for i, row in enumerate(grid.rows[:SEARCHED_ROWS]):
        if _known(row, words) < ENOUGH:
            continue
        below = grid.rows[i + 1] if i + 1 < len(grid.rows) else []
        if _is_second_row(row, below, words):
            return i + 1
        return i
    return None


def _is_second_row(first: list[Value], second: list[Value], words: Mapping[str, str]) -> bool:
    """A row of headings below a row of group headings, not the same headings again."""
    mine = [heading(v) for v in second]
    fresh = [h for i, h in enumerate(mine) if h in words and h != _at(first, i)]
    texts = [h for h in mine if h]
    return len(fresh) >= 2 and 2 * sum(1 for h in texts if h in words) >= len(texts)


def _known(row: list[Value], words: Mapping[str, str]) -> int:
    return len({h for h in map(heading, row) if h in words})


def _at(row: list[Value], index: int) -> str:
    return heading(row[index]) if index < len(row) else ""


def _merged_headings(grid: Grid, at: int, words: Mapping[str, str]) -> list[str]:
    """The headings of a row; a blank one takes the heading above it, if that is a known one."""
    row = grid.rows[at] if at < len(grid.rows) else []
    above = grid.rows[at - 1] if at else []
    headings = [heading(v) for v in row]
    for i, text in enumerate(headings):
        if not text and _at(above, i) in words:
            headings[i] = _at(above, i)
    return headings
