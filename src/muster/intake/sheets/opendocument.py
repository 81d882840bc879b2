"""Which rows of an .ods are hidden and which cells are merged: what calamine does not tell."""

import re
from dataclasses import dataclass, field

LAST_ROW = 1_048_576
_TAG = re.compile(
    rb"<table:(?P<name>table-row|table-cell|covered-table-cell|table)(?![\w-])(?P<attributes>[^>]*?)/?>"
)
_REPEATED_ROWS = re.compile(rb"number-rows-repeated=\"(\d+)\"")
_REPEATED_COLUMNS = re.compile(rb"number-columns-repeated=\"(\d+)\"")
_SPANNED = re.compile(rb"number-rows-spanned=\"(\d+)\"")
_HIDDEN = re.compile(rb"table:visibility=\"(?:collapse|filter)\"")


@dataclass(slots=True)
class Layout:
    """`hidden_rows` from 1; `merges` as ((top, left), (bottom, left)) from 0."""

    hidden_rows: frozenset[int] = frozenset()
    merges: list[tuple[tuple[int, int], tuple[int, int]]] = field(default_factory=list)


def layouts(content: bytes) -> list[Layout]:
    """The layout of every table of a content.xml, in order."""
    found: list[Layout] = []
    row = following = column = 0
    for match in _TAG.finditer(content):
        name, attributes = match["name"], match["attributes"]
        if name == b"table":
            found.append(Layout())
            row, following = -1, 0
        elif not found:
            continue
        elif name == b"table-row":
            row, column = following, 0
            count = _count(_REPEATED_ROWS, attributes)
            following = row + count
            if _HIDDEN.search(attributes):
                rows = range(row + 1, min(following, LAST_ROW) + 1)
                found[-1].hidden_rows |= frozenset(rows[:10_000])
        else:
            height = _count(_SPANNED, attributes)
            if height > 1:
                found[-1].merges.append(((row, column), (row + height - 1, column)))
            column += _count(_REPEATED_COLUMNS, attributes)
    return found


def _count(pattern: re.Pattern[bytes], attributes: bytes) -> int:
    match = pattern.search(attributes)
    return min(int(match[1]), LAST_ROW) if match else 1
