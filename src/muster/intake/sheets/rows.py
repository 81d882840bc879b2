"""The rows of one sheet: which ones count, and what each says. Source: SCHEMA B2, B3."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from muster.intake.sheets import extras
from muster.intake.sheets.fields import (
    LONG_CELL,
    read_date,
    read_identity,
    read_name,
    read_phone_cells,
    read_residency,
    text,
)
from muster.intake.sheets.headings import heading
from muster.intake.sheets.houses import (
    Door,
    join,
    read_address,
    read_door,
    section_building,
    sheet_building,
)
from muster.intake.sheets.kinds import PAIR_HEADINGS, SheetKind
from muster.intake.sheets.model import CellError, Grid, Row, SheetColumns, Value
from muster.intake.writing import fold, simplify

_SKIPPED = re.compile(
    r"合计|总计|小计|共计?[\d一二三四五六七八九十百千]*[人户]|填表人|审核|负责人|制表|注:|注："
)
_DITTO = frozenset({"同上", "同上户", "〃", "″", '"', "''", "同前"})
_ERRORS = frozenset(
    {"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
)
_DITTO_FIELDS = ("address", "phones", "building", "unit", "room")
_HOUSE_FIELDS = ("building", "unit", "room", "address")


@dataclass(slots=True)
class _State:
    """What rows below take from rows above."""

    building: str | None
    above: dict[int, Value] = field(default_factory=dict)
    door: Door = field(default_factory=Door)


def read_rows(grid: Grid, columns: SheetColumns, kind: SheetKind) -> Iterator[Row]:
    """Every row below the headings that names somebody or something, in order."""
    at = columns.columns
    named = not any(at.get(f) for f in ("building", "address"))
    state = _State(sheet_building(grid.sheet) if named else None)
    presence = [i for f in kind.presence for i in at.get(f, ())]
    mapped = sorted({i for found in at.values() for i in found})
    for offset, cells in enumerate(grid.rows[columns.header_row :]):
        number = columns.header_row + offset + 1
        section = section_building(cells) if _is_single(cells) else None
        if section:
            state.building = section
        if section or not any(_filled(cells, i) for i in presence):
            continue
        if _is_noise(cells, columns, presence):
            continue
        row = Row(grid.sheet, number, {}, cells=cells)
        values = _clean(cells, mapped, row)
        _ditto(row, values, at, state)
        _read(row, values, columns, kind, state)
        if number in grid.hidden_rows:
            row.doubt("hidden_row")
        if grid.hidden:
            row.doubt("hidden_sheet")
        yield row


def _is_single(cells: list[Value]) -> bool:
    return sum(value is not None for value in cells) == 1


def _filled(cells: list[Value], index: int) -> bool:
    value = cells[index] if index < len(cells) else None
    return value is not None and (isinstance(value, CellError) or bool(str(value).strip()))


def _is_noise(cells: list[Value], columns: SheetColumns, presence: list[int]) -> bool:
    """Totals, signatures and repeated headings."""
    first = next((text(v) for v in cells if text(v)), "")
    if _SKIPPED.match("".join(simplify(fold(first)).split())):
        return True
    pairs = [
        (heading(cells[i]), head)
        for i in presence
        for head in columns.headings[i : i + 1]
        if i < len(cells)
    ]
    said = [(cell, head) for cell, head in pairs if cell]
    return bool(said) and all(cell == head for cell, head in said)


def _clean(cells: list[Value], mapped: list[int], row: Row) -> dict[int, Value]:
    """The mapped cells; an error and a cell too long to be an answer are empty, and noticed."""
    values: dict[int, Value] = {}
    for index in mapped:
        value = cells[index] if index < len(cells) else None
        if isinstance(value, CellError) or (isinstance(value, str) and value.strip() in _ERRORS):
            row.doubt("cell_error", index)
            value = None
        elif isinstance(value, str) and len(value) > LONG_CELL:
            row.doubt("cell_too_long", index)
            value = None
        values[index] = value
    return values


def _ditto(row: Row, values: dict[int, Value], at: dict[str, list[int]], state: _State) -> None:
    """同上 is the value of the row above; the same as an error is the same error."""
    for name in _DITTO_FIELDS:
        for index in at.get(name, ()):
            value = values[index]
            if isinstance(value, str) and simplify(fold(value)).strip() in _DITTO:
                value = state.above.get(index)
            elif "cell_error" in row.doubts.get(index, ()):
                value = CellError("#N/A")
            state.above[index] = value
            if isinstance(value, CellError):
                row.doubt("cell_error", index)
                value = None
            values[index] = value


def _read(
    row: Row, values: dict[int, Value], columns: SheetColumns, kind: SheetKind, state: _State
) -> None:
    at = columns.columns
    asides = _read_person(row, values, at, kind)
    if any(f in kind.headings for f in _HOUSE_FIELDS):
        _read_house(row, values, columns, kind, state)
    if "residency" in kind.headings:
        row.fields["residency"] = _residency(values, columns)
    for name, reader in kind.extra.items():
        said = [values[i] for i in at.get(name, ())]
        extras.READERS[reader](row, name, said, at.get(name, []))
    remarks = [text(values[i]) for i in at.get("remarks", ())]
    row.fields["remarks"] = "；".join(r for r in [*remarks, *asides] if r) or None


def _read_person(
    row: Row, values: dict[int, Value], at: dict[str, list[int]], kind: SheetKind
) -> list[str]:
    fields, asides = row.fields, []
    columns = at.get("name", [])
    named = read_name(next((values[i] for i in columns if text(values[i])), None))
    fields["name"] = named.name
    if named.aside:
        asides.append(named.aside)
    if named.name is None and "name" in kind.required:
        row.doubt("name_missing", *columns)
    if "id_number" in kind.headings:
        _read_identity(row, values, at, kind)
    phones = at.get("phones", [])
    fields["phones"], bad = read_phone_cells([values[i] for i in phones])
    if bad:
        row.doubt("phone_invalid", *(phones[i] for i in bad))
    return asides


def _read_identity(
    row: Row, values: dict[int, Value], at: dict[str, list[int]], kind: SheetKind
) -> None:
    numbers, documents = at.get("id_number", []), at.get("id_type", [])
    number = next((values[i] for i in numbers if text(values[i])), None)
    document = next((values[i] for i in documents if text(values[i])), None)
    identity = read_identity(number, document)
    row.fields["id_type"], row.fields["id_number"] = identity.kind, identity.number
    if identity.problem and (numbers or kind.name == "roster"):
        row.doubt(identity.problem, *numbers)
    if "birth_date" not in kind.headings:
        return
    births = at.get("birth_date", [])
    said = next((values[i] for i in births if text(values[i])), None)
    born = read_date(said) if said is not None else None
    row.fields["birth_date"] = born.isoformat() if born else None
    if said is not None and born is None:
        row.doubt("date_unreadable", *births)
    if born and identity.born and born != identity.born:
        row.doubt("birth_mismatch", *births, *numbers)


def _read_house(
    row: Row, values: dict[int, Value], columns: SheetColumns, kind: SheetKind, state: _State
) -> None:
    at = columns.columns
    shown = [i for f in _HOUSE_FIELDS for i in at.get(f, ())]
    parts = [
        next((values[i] for i in at.get(f, ()) if text(values[i])), None) for f in _HOUSE_FIELDS[:3]
    ]
    door = read_door(*parts, above=state.building)
    for index in at.get("address", ()):
        pair = index < len(columns.headings) and columns.headings[index] in PAIR_HEADINGS
        door = join(door, read_address(values[index], pair=pair))
    if not door and not door.is_date and _same_household(values, at, shown):
        door = state.door
    if door.building is None and not door.is_date and state.building:
        door = join(door, Door(building=state.building))
    state.door = door
    row.fields.update(building=door.building, unit=door.unit, room=door.room)
    if door.is_date:
        row.doubt("house_is_date", *shown)
    elif not door and kind.name != "organisations":
        row.doubt("house_missing", *shown)


def _same_household(values: dict[int, Value], at: dict[str, list[int]], shown: list[int]) -> bool:
    heads = at.get("head", [])
    return bool(heads) and not any(text(values[i]) for i in [*heads, *shown])


def _residency(values: dict[int, Value], columns: SheetColumns) -> str:
    for index in columns.columns.get("residency", ()):
        named = columns.headings[index] if index < len(columns.headings) else ""
        code = read_residency(values[index], named)
        if code != "unknown":
            return code
    return "unknown"
