"""Problems that only show across rows of the file. Source: SCHEMA B3. Nothing is merged."""

from collections import defaultdict
from collections.abc import Iterable
from itertools import combinations

from muster.intake.sheets.model import Row, SheetColumns

GROUP_LIMIT = 400  # a telephone shared by more people is a switchboard, not a family


def check_rows(rows: list[Row], columns: Iterable[SheetColumns]) -> None:
    """Flag duplicate IDs, conflicting names and possible duplicates on all rows concerned."""
    at = {c.sheet: c.columns for c in columns}
    _same_number(rows, at)
    _same_door(rows, at)


def _same_number(rows: list[Row], at: dict[str | None, dict[str, list[int]]]) -> None:
    groups: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        number = row.fields.get("id_number")
        if number:
            groups[number].append(row)
    for group in groups.values():
        if len(group) < 2:
            continue
        conflict = len({row.fields["name"] for row in group}) > 1
        for row in group:
            row.doubt("duplicate_id", *at[row.sheet].get("id_number", ()))
            if conflict:
                row.doubt("name_conflict", *at[row.sheet].get("name", ()))


def _same_door(rows: list[Row], at: dict[str | None, dict[str, list[int]]]) -> None:
    groups: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        fields = row.fields
        if not fields.get("room") or not fields.get("name"):
            continue
        for phone in set(fields["phones"]):
            groups[fields["building"] or "", fields["unit"] or "", fields["room"], phone].append(
                row
            )
    for group in groups.values():
        for one, other in combinations(group[:GROUP_LIMIT], 2):
            if _may_be_one(one, other):
                for row in (one, other):
                    row.doubt("possible_duplicate", *at[row.sheet].get("name", ()))


def _may_be_one(one: Row, other: Row) -> bool:
    if one.fields.get("id_number") and one.fields["id_number"] == other.fields.get("id_number"):
        return False
    a, b = one.fields["name"], other.fields["name"]
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b, strict=True)) <= 1
