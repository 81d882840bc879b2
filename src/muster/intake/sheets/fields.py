"""One cell, one field: names, identity, telephone, dates, residency. Source: SCHEMA B3."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from muster.intake.identity import NOTHING, Identity, judge
from muster.intake.sheets.model import CellError, Value
from muster.intake.speech.phones import read_phones
from muster.intake.speech.slate import Slate
from muster.intake.writing import HAN, clean_spaces, fold, simplify

_BRACKET_END = re.compile(r"\s*[(\[【]([^)\]】]*)[)\]】]\s*$")
_HAS_HAN = re.compile(f"[{HAN}]")
_QUOTED = re.compile(r"=?\"?'?(.*?)\"?'?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_PARTS = re.compile(r"[/、,，;；\n]+|\s{2,}")
_DATE = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s+\d{1,2}:\d{2}(?::\d{2})?)?")
_COMPACT = re.compile(r"((?:18|19|20)\d{2})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{1,5}(?:\.\d+)?")
_EPOCH = date(1899, 12, 30)
LONG_CELL = 32_767

_RESIDENCY = {
    "owner": "业主 房主 自住 产权人 房东",
    "tenant": "租户 租客 承租 租",
    "floating": "流动人口 流动 外来 暂住",
    "visitor": "访客 探亲 临时",
}
RESIDENCY = {word: code for code, words in _RESIDENCY.items() for word in words.split()}
_ANSWERS = {
    "是否流动人口": {"是": "floating", "否": "unknown"},
    "是否常住": {"否": "floating", "是": "unknown"},
}
_DOCUMENTS = (("护照", "passport"), ("港澳", "hk_macao_permit"), ("台", "taiwan_permit"))


@dataclass(frozen=True, slots=True)
class Named:
    """A name and what stood in the bracket behind it."""

    name: str | None
    aside: str | None = None


def text(value: Value) -> str:
    """A cell as text: whole numbers without `.0`, dates in ISO form, errors as nothing."""
    if value is None or isinstance(value, CellError):
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime):
        return value.strftime("%Y-%m-%d") if value.time() == value.time().min else str(value)
    return clean_spaces(str(value)).strip()


def read_name(value: Value) -> Named:
    """NFKC, no inner spaces in Chinese names, `•` → `·`, a bracket at the end cut off."""
    said = fold(text(value)).replace("•", "·").replace("・", "·").strip()
    aside = None
    bracket = _BRACKET_END.search(said)
    if bracket:
        aside, said = bracket[1].strip() or None, said[: bracket.start()].strip()
    if _HAS_HAN.search(said):
        said = "".join(said.split())
    return Named(said or None, aside)


def read_identity(value: Value, document: Value = None) -> Identity:
    """The number of an identity document; `document` is the cell that says which one."""
    if isinstance(value, int | float) and not isinstance(value, bool):
        if abs(value) >= 1e15:
            return Identity("resident_id", None, "id_precision_lost")
        number = text(value)
    else:
        number = fold(text(value)).strip()
        match = _QUOTED.fullmatch(number)
        number = "".join((match[1] if match else number).split()).upper()
    if not number:
        return Identity("none", None, "id_missing")
    if simplify(number) in NOTHING:
        return Identity("none")
    named = simplify(fold(text(document)))
    for word, kind in _DOCUMENTS:
        if word in named:
            return Identity(kind, number)
    return judge(number)


def read_phone_cells(values: Sequence[Value]) -> tuple[list[str], list[int]]:
    """All numbers in order, and the positions of the cells that hold a part that is no number."""
    numbers: list[str] = []
    bad: list[int] = []
    for i, value in enumerate(values):
        said = text(value)
        if _MOBILE.fullmatch(said):
            numbers.append(said)
            continue
        if said and simplify(said) not in NOTHING:
            found, good = _phones(said)
            numbers += found
            if not good:
                bad.append(i)
    return numbers, bad


def _phones(said: str) -> tuple[list[str], bool]:
    said = re.sub(r"(\d{11})\.0\b", r"\1", fold(said))
    slate = Slate(_PARTS.sub("\n", said))
    found = [number for _, number in read_phones(slate)[0]]
    rest = [slate.text[a:b] for a, b, _ in slate.rest()]
    odd = any(len(run) >= 5 for part in rest for run in re.findall(r"\d+", part))
    return found, bool(found) and not odd


def read_date(value: Value) -> date | None:
    """A date cell, an Excel serial number (1900 system), or one of the ways people write a date.
    None when it cannot be read."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    said = fold(text(value)).replace(" 00:00:00", "").strip()
    match = _DATE.fullmatch(said) or _COMPACT.fullmatch(said)
    try:
        if match:
            return date(int(match[1]), int(match[2]), int(match[3]))
        if _SERIAL.fullmatch(said) and 1 <= float(said) <= 80_000:
            return _EPOCH + timedelta(days=int(float(said)))
    except ValueError:
        return None
    return None


def read_residency(value: Value, heading: str) -> str:
    """owner, tenant, floating, visitor or unknown. A yes or no is read by its heading."""
    said = _BRACKET_END.sub("", simplify(fold(text(value)))).strip()
    answers = _ANSWERS.get(heading, {})
    return answers.get(said) or RESIDENCY.get(said, "unknown")
