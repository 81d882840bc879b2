"""Fields that only some kinds of sheets have: skills, results, codes, counts, goods."""

import re
from collections.abc import Callable
from datetime import datetime

from muster.intake.sheets.fields import read_date, text
from muster.intake.sheets.model import Row, Value
from muster.intake.speech.goods import Item, read_goods
from muster.intake.speech.numerals import whole
from muster.intake.speech.slate import Slate
from muster.intake.speech.times import read_times
from muster.intake.speech.trades import read_party, read_trades
from muster.intake.writing import fold, simplify

type Reader = Callable[[Row, str, list[Value], list[int]], None]

_RESULTS = {
    "negative": "阴性 阴 - (-) 未检出 negative",
    "positive": "阳性 阳 + (+) 检出 positive",
    "weak": "弱阳性 弱阳 可疑 灰区 待复核 待复检",
    "invalid": "无效 不合格 拒收",
    "pending": "待出 检测中 未出 待检",
}
_RESULT_OF = {word: code for code, words in _RESULTS.items() for word in words.split()}
_CODE = re.compile(r"[0-9A-HJ-NP-RTUWXY]{18}")
_CODE_DIGITS = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def _text(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    del columns
    row.fields[name] = "；".join(text(v) for v in values if text(v)) or None


def _party(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    del columns
    said = simplify(fold("".join(text(v) for v in values)))
    answer = {"是": True, "否": False, "不是": False}.get(said)
    row.fields[name] = read_party(Slate(said)) if answer is None else answer


def _trades(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    del columns
    found = read_trades(Slate(" ".join(text(v) for v in values)))
    row.fields[name] = list(found.skills if name == "skills" else found.roles)


def _times(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    del columns
    found = read_times(Slate(" ".join(text(v) for v in values)))
    row.fields[name] = [slot.to_json() for _, slot in found]


def _count(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    said = re.sub(r"[人名个]$", "", simplify(fold("".join(text(v) for v in values))))
    row.fields[name] = whole(said) if said else None
    if said and row.fields[name] is None:
        row.doubt("number_unreadable", *columns)


def _uscc(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    """The unified social credit code, GB 32100: 18 characters, the last one a check."""
    code = "".join(fold("".join(text(v) for v in values)).split()).upper()
    row.fields[name] = code or None
    if code and not _good_code(code):
        row.doubt("uscc_invalid", *columns)


def _good_code(code: str) -> bool:
    if not _CODE.fullmatch(code):
        return False
    total = sum(_CODE_DIGITS.index(c) * pow(3, i, 31) for i, c in enumerate(code[:17]))
    return _CODE_DIGITS[(31 - total % 31) % 31] == code[17]


def _result(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    said = simplify(fold("".join(text(v) for v in values))).strip().lower()
    row.fields[name] = _RESULT_OF.get(said)
    if said and row.fields[name] is None:
        row.doubt("result_unknown", *columns)


def _moment(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    value = next((v for v in values if text(v)), None)
    if isinstance(value, datetime):
        row.fields[name] = value.isoformat(timespec="minutes")
        return
    said = fold(text(value)).replace("/", "-")
    try:
        row.fields[name] = datetime.fromisoformat(said).isoformat(timespec="minutes")
    except ValueError:
        day = read_date(value) if value is not None else None
        row.fields[name] = day.isoformat() if day else None
        if value is not None and day is None:
            row.doubt("date_unreadable", *columns)


def _items(row: Row, name: str, values: list[Value], columns: list[int]) -> None:
    said = "，".join(text(v) for v in values if text(v))
    slate = Slate(said)
    items, doubtful = read_goods(slate)
    rest = "".join(slate.text[a:b] for a, b, _ in slate.rest()).strip(" ,;，；、")
    if rest and not items:
        items = [Item(rest, None, None)]
        doubtful = True
    row.fields[name] = [i.to_json() for i in items]
    row.fields["items_unread"] = rest if rest and not doubtful else None
    if doubtful or row.fields["items_unread"]:
        row.doubt("amount_unclear", *columns)


READERS: dict[str, Reader] = {
    "text": _text,
    "party": _party,
    "skills": _trades,
    "roles": _trades,
    "times": _times,
    "count": _count,
    "uscc": _uscc,
    "result": _result,
    "moment": _moment,
    "items": _items,
}
