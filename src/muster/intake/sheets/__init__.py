"""Spreadsheets in, rows with their doubts out, and a cleaner spreadsheet back.

::

    read_sheet(data, filename=…)   xlsx, xls, ods, csv, tsv → SheetDocument
    cleaner.write_cleaner(document)  the rows again as xlsx, doubtful cells marked and commented

Every row that names somebody stays, with its problems; nothing is merged or corrected. Nothing in a
cell is executed: formulas count with the value that was saved with them. Source: SCHEMA part B.
"""

from muster.intake.sheets.guards import check_size
from muster.intake.sheets.kinds import KINDS, SheetKind
from muster.intake.sheets.model import Notice, Row, SheetColumns, SheetDocument
from muster.intake.sheets.reading import read_sheet

__all__ = [
    "KINDS",
    "Notice",
    "Row",
    "SheetColumns",
    "SheetDocument",
    "SheetKind",
    "check_size",
    "read_sheet",
]
