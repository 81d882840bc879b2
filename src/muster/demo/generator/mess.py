"""The residents as the community office has them: spreadsheets with all that is usual in them.

Title rows, merged headers, synonyms, empty rows and a totals row are in good sheets too. About
1.3 % of the rows are spoilt on purpose, and each is told, so that intake can be counted.
"""

import csv
import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any

import xlsxwriter

from muster.demo.generator.model import DemoCity, InventedPlace, Resident

SPOILT_SHARE = 40 / 3000
FIRST_SHEET = 3000
_WRITTEN = datetime(2022, 4, 3, 16, 0)  # noqa: DTZ001 -- a file property, in the office's own time
_KINDS = {
    "id_card": "身份证",
    "passport": "护照",
    "hk_macao": "港澳通行证",
    "taiwan": "台胞证",
    "none": "无",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """A row spoilt on purpose: `row` counts from 1 as the sheet shows it. `kind`: ``check_digit``,
    ``excel_digits`` (the number lost its tail), ``house_as_date``, ``no_name``."""

    row: int
    field: str
    kind: str
    resident: int


@dataclass(frozen=True, slots=True)
class MessySheet:
    """A file as it is sent: `content` is its bytes; `good` + `bad` are its rows of people."""

    filename: str
    content: bytes
    good: int
    bad: int
    faults: tuple[Fault, ...]


@dataclass(slots=True)
class _Row:
    """One person on the way into a sheet; `house` is a text or the date Excel made of it."""

    resident: Resident
    building: str
    unit: str
    room: str
    name: str
    number: str | float
    house: str | date
    fault: tuple[str, str] | None = None


def sheets(city: DemoCity, seed: int | None = None) -> tuple[MessySheet, ...]:
    """All residents once, in four files: 3,000 rows of the first estate (xlsx, merged header),
    the rest of it (GB18030 csv), the second estate as an xlsx with one house column and a csv."""
    rng = Random(f"{city.seed if seed is None else seed}:mess")
    places = {place.id: place for place in city.places}
    first, second = (
        [_row(r, places) for r in city.residents if _estate(r, places) == estate]
        for estate in city.estates
    )
    half = len(second) // 2
    names = [places[estate].name for estate in city.estates]
    batches: tuple[tuple[str, str, list[_Row], Callable[..., bytes]], ...] = (
        (names[0], "居民信息摸排表.xlsx", first[:FIRST_SHEET], _merged_xlsx),
        (names[0], "补充名单（晚报）.csv", first[FIRST_SHEET:], _csv),
        (names[1], "住户登记 最新版2.xlsx", second[:half], _one_house_xlsx),
        (names[1], "后半部分.csv", second[half:], _csv),
    )
    return tuple(
        _sheet(f"{estate}{file}", estate, rows, write, rng) for estate, file, rows, write in batches
    )


def _estate(resident: Resident, places: dict[int, InventedPlace]) -> int:
    place = places[resident.door]
    while place.kind != "estate" and place.parent is not None:
        place = places[place.parent]
    return place.id


def _row(resident: Resident, places: dict[int, InventedPlace]) -> _Row:
    door = places[resident.door]
    unit = places[door.parent or 0]
    building = places[unit.parent or 0]
    parts = (building.name.removesuffix("号楼"), unit.name.removesuffix("单元"), door.name)
    number = resident.who.id_number or ""
    return _Row(resident, *parts, resident.who.name, number, "-".join(parts))


def _sheet(
    filename: str, estate: str, rows: list[_Row], write: Callable[..., bytes], rng: Random
) -> MessySheet:
    wanted = round(len(rows) * SPOILT_SHARE)
    able = [row for row in rows if row.resident.who.id_kind == "id_card"]
    for row in rng.sample(able, wanted):
        _spoil(row, write is _one_house_xlsx, write is not _csv, rng)
    lines: dict[int, int] = {}
    content = write(estate, rows, lines)
    faults = tuple(
        Fault(lines[row.resident.id], *row.fault, row.resident.id) for row in rows if row.fault
    )
    return MessySheet(filename, content, len(rows) - wanted, wanted, faults)


def _spoil(row: _Row, one_house: bool, excel: bool, rng: Random) -> None:
    kinds = ["check_digit", "no_name", *(["excel_digits"] if excel else [])]
    kind = rng.choice([*kinds, "house_as_date"] if one_house else kinds)
    number = str(row.number)
    if kind == "check_digit":
        row.number = number[:-1] + ("5" if number[-1] != "5" else "6")
        row.fault = ("id_number", kind)
    elif kind == "excel_digits" and number.isdigit():
        row.number = float(number[:15] + "000")
        row.fault = ("id_number", kind)
    elif kind == "house_as_date":
        row.house = date(2022, min(12, int(row.building)), int(row.unit))
        row.fault = ("house", kind)
    else:
        row.name = ""
        row.fault = ("name", "no_name")


def _book(write: Callable[[Any, Any], None]) -> bytes:
    """An xlsx in memory, the same bytes each time."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": _WRITTEN, "author": "社区"})
    write(book, book.add_worksheet("Sheet1"))
    book.close()
    return buffer.getvalue()


def _merged_xlsx(estate: str, rows: list[_Row], lines: dict[int, int]) -> bytes:
    """Title, a note, a header in two rows with merged cells, an empty row now and then, a total."""

    def write(book: Any, page: Any) -> None:
        bold = book.add_format({"bold": True, "align": "center"})
        page.merge_range(0, 0, 0, 9, f"{estate}居民信息摸排登记表", bold)
        page.write(1, 0, "填报单位：澄园社区居委会    填报日期：2022年4月3日")
        for column, title in ((0, "序号"), (1, "姓名"), (2, "性别"), (8, "人户分离"), (9, "备注")):
            page.merge_range(2, column, 3, column, title, bold)
        page.merge_range(2, 3, 2, 4, "证件", bold)
        page.merge_range(2, 5, 2, 7, "现住址", bold)
        page.write_row(3, 3, ["公民身份号码", "联系电话", "楼号", "单元", "室"], bold)
        at = 4
        for count, row in enumerate(rows, start=1):
            at += count % 800 == 0
            who = row.resident.who
            page.write_row(at, 0, [count, _spaced(row.name, count), who.sex, row.number])
            phones = "、".join(who.phones)
            page.write_row(at, 4, [phones, f"{row.building}号楼", f"{row.unit}单元", row.room])
            page.write_row(at, 8, ["是" if row.resident.floating else "", _remark(row.resident)])
            lines[row.resident.id] = at + 1
            at += 1
        page.write_row(at, 0, ["合计", f"{len(rows)}人"])
        page.write(at + 2, 0, "填表人：          审核人：")

    return _book(write)


def _one_house_xlsx(estate: str, rows: list[_Row], lines: dict[int, int]) -> bytes:
    """One house column as ``3-2-501``, which Excel may take for a date; a kind of document."""

    def write(book: Any, page: Any) -> None:
        dated = book.add_format({"num_format": "m月d日"})
        page.write(0, 0, f"{estate}（截至16:00）")
        page.write_row(
            1, 0, ["房号", "住户姓名", "与户主关系", "证件类型", "证件号码", "手机", "说明"]
        )
        for at, row in enumerate(rows, start=2):
            who = row.resident.who
            if isinstance(row.house, date):
                page.write_datetime(at, 0, datetime.combine(row.house, datetime.min.time()), dated)
            else:
                page.write_string(at, 0, row.house)
            page.write_row(at, 1, [row.name, row.resident.relation, _KINDS[who.id_kind]])
            page.write_row(at, 4, [row.number, " ".join(who.phones), _remark(row.resident)])
            lines[row.resident.id] = at + 1
        page.write_row(len(rows) + 2, 0, ["总计", len(rows)])

    return _book(write)


def _csv(estate: str, rows: list[_Row], lines: dict[int, int]) -> bytes:
    """GB18030 as the office's spreadsheet saves it; numbers behind an apostrophe."""
    out = io.StringIO()
    sheet = csv.writer(out, lineterminator="\r\n")
    sheet.writerow([f"{estate}人员名单", *[""] * 5])
    sheet.writerow(["姓 名", "身份证号", "电话号码", "楼栋", "单元号", "门牌号"])
    for at, row in enumerate(rows, start=3):
        number = f"'{row.number}" if row.number else ""
        phones = "/".join(row.resident.who.phones)
        sheet.writerow([row.name, number, phones, row.building, row.unit, row.room])
        lines[row.resident.id] = at
    sheet.writerow(["合计", len(rows), *[""] * 4])
    return out.getvalue().encode("gb18030")


def _spaced(name: str, count: int) -> str:
    """Short names stretched to three characters' width, as clerks do."""
    stretch = len(name) == 2 and count % 3 == 0
    return f"{name[0]}\u3000{name[1]}" if stretch else name


def _remark(resident: Resident) -> str:
    words: Iterable[tuple[bool, str]] = (
        (resident.away, "外地未归"),
        (resident.tenant, "租户"),
        (resident.who.id_kind == "none", "新生儿无证"),
        (resident.who.id_kind in {"passport", "hk_macao", "taiwan"}, _KINDS[resident.who.id_kind]),
    )
    return "，".join(word for holds, word in words if holds)
