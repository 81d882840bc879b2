import csv
import io
from datetime import date, datetime

from python_calamine import CalamineWorkbook

from muster.demo.generator import DemoCity
from muster.demo.generator.mess import MessySheet, sheets
from muster.kernel.resident_id import check_digit


def cells(sheet: MessySheet) -> list[list[object]]:
    if sheet.filename.endswith(".csv"):
        return [list(row) for row in csv.reader(io.StringIO(sheet.content.decode("gb18030")))]
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content))
    return [list(row) for row in book.get_sheet_by_index(0).to_python(skip_empty_area=False)]


def test_everybody_is_in_the_sheets_once(city: DemoCity) -> None:
    made = sheets(city)
    assert sum(sheet.good + sheet.bad for sheet in made) == len(city.residents)
    assert (made[0].good, made[0].bad) == (2960, 40)
    assert all(len(sheet.faults) == sheet.bad for sheet in made)
    assert sheets(city) == made


def test_each_fault_is_where_it_is_said(city: DemoCity) -> None:
    kinds = set()
    for sheet in sheets(city):
        rows = cells(sheet)
        for fault in sheet.faults:
            row = rows[fault.row - 1]
            kinds.add(fault.kind)
            assert shows(fault.kind, row), (sheet.filename, fault, row)
    assert kinds == {"check_digit", "excel_digits", "house_as_date", "no_name"}


def shows(kind: str, row: list[object]) -> bool:
    texts = [cell.lstrip("'") for cell in row if isinstance(cell, str)]
    numbers = [text for text in texts if len(text) == 18 and text[:17].isdigit()]
    match kind:
        case "check_digit":
            return any(n[17] != check_digit(n[:17]) for n in numbers)
        case "excel_digits":
            return any(isinstance(cell, float) and cell > 1e16 for cell in row)
        case "house_as_date":
            return any(isinstance(cell, date | datetime) for cell in row)
        case _:
            return "" in texts


def test_the_usual_furniture_is_there(city: DemoCity) -> None:
    first, second, third, _ = sheets(city)
    assert "摸排登记表" in str(cells(first)[0][0])
    assert any(row[0] == "合计" for row in cells(first))
    assert cells(second)[-1][0] == "合计"
    assert cells(third)[1][0] == "房号"
