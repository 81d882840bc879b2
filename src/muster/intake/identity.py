"""Identity documents: what a number is, and whether it can be right. Source: SCHEMA B3, GB 11643.

Only the calendar date and the check digit of a resident ID are judged. The area part is not: codes
were re-drawn, and a table of today's codes refuses most people born before 1983.
"""

import re
from dataclasses import dataclass
from datetime import date

from muster.kernel.resident_id import birth_date, check_digit

_RESIDENT = re.compile(r"\d{17}[\dX]")
_SHAPES = (
    (re.compile(r"\d{15}"), "resident_id_15"),
    (re.compile(r"[EGDSP][A-Z]?\d{7,8}"), "passport"),
    (re.compile(r"[HM](?:\d{8}|\d{10})"), "hk_macao_permit"),
)
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?\d{1,2}")
NOTHING = frozenset({"无", "暂无", "无证", "未上户", "新生儿"})


@dataclass(frozen=True, slots=True)
class Identity:
    """`kind`: resident_id, resident_id_15, passport, hk_macao_permit, taiwan_permit, other, none.
    `problem`: a code of `muster.intake.mends`, or None. `born`: only from a good resident ID."""

    kind: str
    number: str | None = None
    problem: str | None = None
    born: date | None = None


def judge(number: str) -> Identity:
    """Judge a number by its shape. `number` is folded, without spaces, letters upper case."""
    if _SCIENTIFIC.fullmatch(number):
        return Identity("resident_id", None, "id_precision_lost")
    if _RESIDENT.fullmatch(number):
        return _resident(number)
    kind = next((kind for pattern, kind in _SHAPES if pattern.fullmatch(number)), None)
    if kind:
        return Identity(kind, number)
    problem = "id_bad_length" if re.fullmatch(r"\d+X?", number) else "id_unrecognised"
    return Identity("other", number, problem)


def _resident(number: str) -> Identity:
    born = birth_date(number)
    if born is None:
        return Identity("resident_id", number, "id_bad_date")
    if check_digit(number[:17]) != number[17]:
        return Identity("resident_id", number, "id_check_failed")
    return Identity("resident_id", number, None, born)
