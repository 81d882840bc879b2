"""Comma- and tab-separated text in UTF-8 or GB18030 (all of it: rare characters in names)."""

import csv
from io import StringIO

from muster.intake.errors import BrokenEncoding
from muster.intake.sheets.model import Grid, Notice, Value

FIELD_LIMIT = 4_000_000
_TOLERATED = 0.001
_ENCODINGS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


def read_delimited(data: bytes, filename: str) -> tuple[Grid, list[Notice]]:
    """One grid without a sheet name. A row is a record: a quoted field may hold line breaks. A few
    broken bytes are replaced and noticed; more than one in a thousand and the text is refused."""
    text, broken = _decode(data, filename)
    notices = [Notice("broken_characters")] if broken else []
    csv.field_size_limit(FIELD_LIMIT)
    dialect = _delimiter(text, filename)
    rows: list[list[Value]] = []
    try:
        for record in csv.reader(StringIO(text, newline=""), delimiter=dialect):
            rows.append([cell if cell.strip() else None for cell in record])  # noqa: PERF401
    except csv.Error:
        notices.append(Notice("cut_short", None, len(rows) + 1))
    return Grid(None, rows), notices


def _decode(data: bytes, filename: str) -> tuple[str, bool]:
    marked = next((e for bom, e in _ENCODINGS.items() if data.startswith(bom)), None)
    problem: UnicodeDecodeError | None = None
    for encoding in [marked] if marked else ["utf-8", "gb18030"]:
        try:
            return data.decode(encoding), False
        except UnicodeDecodeError as error:
            problem = error
    best = min((data.decode(e, "replace") for e in ("utf-8", "gb18030")), key=_damage)
    if problem and _damage(best) > max(1, len(best) * _TOLERATED):
        raise BrokenEncoding(filename=filename, offset=problem.start)
    return best, True


def _damage(text: str) -> int:
    return text.count("\ufffd")


def _delimiter(text: str, filename: str) -> str:
    if filename.lower().endswith((".tsv", ".tab")):
        return "\t"
    head = text[:20_000]
    counts = {d: head.count(d) for d in ",\t;"}
    best = max(counts, key=lambda d: counts[d])
    return best if counts[best] > counts[","] else ","
