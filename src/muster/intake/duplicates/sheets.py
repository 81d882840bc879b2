"""The same person in one sheet or two: rows of `muster.intake.sheets` as records to link."""

from collections.abc import Iterator
from dataclasses import dataclass

from muster.intake.duplicates.linking import Pair, link
from muster.intake.identity import judge
from muster.intake.sheets.model import Row, SheetDocument


@dataclass(frozen=True, slots=True)
class RowPair:
    """Two rows that are, or may be, one person."""

    left: Row
    right: Row
    pair: Pair

    @property
    def probability(self) -> float:
        return self.pair.probability

    def to_json(self) -> dict[str, object]:
        return {
            "probability": round(self.pair.probability, 4),
            "verdict": self.pair.verdict.value,
            "left": _where(self.left),
            "right": _where(self.right),
            "reasons": self.pair.reasons,
        }


def record(row: Row) -> dict[str, object]:
    """A row as a record: its first telephone, its door in one word, the birth date from the ID when
    no column says it."""
    fields = row.fields
    door = [fields.get(x) for x in ("building", "unit", "room")]
    born = fields.get("birth_date")
    number = fields.get("id_number")
    if born is None and number and fields.get("id_type") == "resident_id":
        known = judge(number).born
        born = known.isoformat() if known else None
    return {
        "name": fields.get("name"),
        "phone": next(iter(fields.get("phones") or ()), None),
        "id_number": number,
        "door": "-".join(d or "" for d in door) if fields.get("room") else None,
        "birth_date": born.replace("-", "") if born else None,
    }


def link_sheets(first: SheetDocument, second: SheetDocument | None = None) -> Iterator[RowPair]:
    """Pairs of rows, the surest first."""
    left = first.rows
    right = second.rows if second else left
    others = [record(r) for r in right] if second else None
    for pair in link([record(r) for r in left], others).pairs():
        yield RowPair(left[pair.left], right[pair.right], pair)


def _where(row: Row) -> dict[str, object]:
    return {"sheet": row.sheet, "row": row.row, "name": row.fields.get("name")}
