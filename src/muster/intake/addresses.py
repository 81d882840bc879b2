"""House codes as people write them, and the place they mean. Source of the grammar: SCHEMA A7.

`read_houses` takes every code from a slate, `parse_house` reads one text, `match_place` scores the
places of the tree against what was read. A code that can be read two ways is not guessed: it is
kept for the note and reported as doubtful.
"""

import re
from dataclasses import dataclass, replace

from muster.intake.names import is_real_name
from muster.intake.places import Candidate, Place, match_place
from muster.intake.speech.numerals import WORD, arabic
from muster.intake.speech.slate import Slate
from muster.intake.writing import HAN

__all__ = ["Candidate", "House", "Place", "Reading", "match_place", "parse_house", "read_houses"]


@dataclass(frozen=True, slots=True)
class House:
    """Strings or None; numbers in Arabic digits with leading zeros kept, letters upper case."""

    area: str | None = None
    building: str | None = None
    unit: str | None = None
    room: str | None = None

    def __bool__(self) -> bool:
        return any((self.area, self.building, self.unit, self.room))

    def to_json(self) -> dict[str, str | None]:
        return {
            "area": self.area,
            "building": self.building,
            "unit": self.unit,
            "room": self.room,
        }


@dataclass(frozen=True, slots=True)
class Reading:
    """A house found at `start`:`end`."""

    start: int
    end: int
    house: House


_N = rf"(?:\d{{1,3}}|[{WORD}]{{1,4}})"
_SIDE = "[东西南北中]"
_DASH = r"[-—–−_~/]{1,2}"
_ESTATE = "(?:花园|小区|家园|公寓|苑|府|新村|村|社区)"
_ZONE = r"(?:[A-Za-z东西南北中]区|(?:[一二三四五六七八九十]|\d{1,2})(?:期|号院))"
_AREA = (
    rf"(?P<area>(?<![A-Za-z0-9])(?:[{HAN}A-Za-z0-9·]{{0,10}}[{HAN}]{_ESTATE})?{_ZONE}"
    rf"|[{HAN}A-Za-z0-9·]{{0,10}}[{HAN}]{_ESTATE})?\s*"
)
_ROOM_END = r"(?:\s?[室户号房](?!楼))?"
_ROOM = rf"(?P<room>\d{{3,4}}(?!\d)|[{WORD}]{{3,4}}(?![{WORD}]))" + _ROOM_END
_DOOR = rf"(?P<floor>{_N})[层楼](?P<side>{_SIDE})户"
_UNIT = rf"(?P<unit>{_N}|{_SIDE}|[A-Za-z](?=单元))\s*(?:单元|门|梯)"
_BUILDING = (
    r"(?:(?P<letter>[A-Za-z]\d{0,2})\s*(?:号楼|座|栋|幢|#楼?)"
    rf"|(?P<building>{_N})\s*(?:号楼|#楼?|栋|幢|座|号?楼?(?=\s*(?:{_N}|{_SIDE})单元)))"
)
_GAP = r"[\s\-—–,]{0,3}"
_CODE_PART = r"(?:\d{1,4}(?![\d人位口点时:月年小]|个人))"

# 3栋2单元501, A座1203, 11号楼西单元, 5号楼, 3#2-501, 3栋-2-501, 3号楼2单元5层东户
_SPELT = re.compile(
    rf"{_AREA}(?<![\d.]){_BUILDING}"
    rf"(?:{_GAP}(?:{_UNIT}(?:{_GAP}(?:{_DOOR}|{_ROOM}|(?P<side0>{_SIDE})户))?"
    rf"|(?P<unit2>\d{{1,2}}){_DASH}(?P<room2>\d{{3,4}})(?!\d){_ROOM_END}"
    rf"|(?P<floor3>{_N})[层楼](?P<side3>{_SIDE})户"
    rf"|(?P<room3>\d{{3,4}}(?![\d人位口./:\-])|[{WORD}]{{3,4}}(?![{WORD}])){_ROOM_END}))?"
)
# 2单元501, 2单元
_UNIT_ONLY = re.compile(rf"{_AREA}(?<![\d\-]){_UNIT}(?:{_GAP}(?:{_DOOR}|{_ROOM}))?")
# 3-2-501, B3-1-1201, 3/2/501, 3.2.501; four or more parts are doubtful
_CODED = re.compile(
    rf"{_AREA}(?<![\dA-Za-z.])(?P<building>[A-Za-z]?\d{{1,3}}){_DASH}"
    rf"(?:(?P<unit>\d{{1,2}}|{_SIDE}){_DASH}(?P<room>{_CODE_PART})"
    rf"(?P<more>(?:{_DASH}{_CODE_PART})*)"
    rf"|(?P<room2>(?<=[-—–−])\d{{3,4}}(?![\d人位口点时:]))){_ROOM_END}"
)
_DOTTED = re.compile(
    rf"{_AREA}(?<![\dA-Za-z.])(?P<building>[A-Za-z]?\d{{1,2}})\.(?P<unit>\d{{1,2}})\.(?P<room>\d{{3,4}})"
    rf"(?![\d.]){_ROOM_END}"
)
# 东二巷15号, 红寺村三排6号
_STREET = re.compile(rf"(?P<area>[{HAN}]{{1,10}}[街巷路排])\s*(?P<building>{_N})号(?!楼|院)")
_ALONE = re.compile(
    rf"(?<![{HAN}A-Za-z0-9])(?P<area>(?:[{HAN}A-Za-z0-9·]{{1,10}}[{HAN}]{_ESTATE}{_ZONE}?|{_ZONE}))"
    rf"(?![{HAN}A-Za-z0-9])"
)
_FLOOR_DOOR = re.compile(rf"(?<!\d){_DOOR}")
_BARE = re.compile(
    r"(?<![\dA-Za-z.:*/#+~\-])(?P<room>\d{3,4})"
    r"(?![\dA-Za-z:*/~×]|\.\d|-\d|[年月日点时分秒元块米度斤两人位口个岁套份平毫公克瓶箱袋盒次条天小多])"
    r"(?:\s?[室户号房](?!楼))?"
)
_PAIR = re.compile(r"(?<![\dA-Za-z.:\-/])\d{1,2}[-—–~]\d{1,2}(?![\d:点时.\-/月号日])")
# Each pattern with characters of which at least one is in every match: most are never tried.
_PATTERNS = tuple(
    (pattern, frozenset(signs))
    for pattern, signs in (
        (_SPELT, "楼栋幢座#号"),
        (_STREET, "街巷路排"),
        (_CODED, "-—–−_~/"),
        (_DOTTED, "."),
        (_UNIT_ONLY, "元门梯"),
        (_FLOOR_DOOR, "户"),
        (_BARE, "0123456789"),
        (_ALONE, "园区寓苑府村期院"),
    )
)
# The same without an area before the code, for the many lines that name none.
_AREA_SIGNS = frozenset("园区寓苑府村期院")
_PLAIN_PATTERNS = tuple((re.compile(p.pattern.replace(_AREA, "")), s) for p, s in _PATTERNS[:-1])
_LONG_CODE = re.compile(r"(?:[-—–−_~/][^-—–−_~/]*){3}")
_LEAD = re.compile(r"(?:我?家?住在?|家在|在|现住|我们?)")
_HINT = re.compile(r"[\d栋幢座层楼单苑府村区园寓巷街排]")


def read_houses(slate: Slate) -> tuple[list[Reading], bool]:
    """Take every house code, in order of appearance: (readings, doubtful).

    A code of four or more parts is kept for the note; the entry is then doubtful. A bare number is
    a room only where `_is_room` says so.
    """
    if not _HINT.search(slate.view):
        return [], False
    doubtful = _keep_long_codes(slate)
    found: list[Reading] = []
    plain = _AREA_SIGNS.isdisjoint(slate.open)
    for pattern, signs in _PLAIN_PATTERNS if plain else _PATTERNS:
        if signs.isdisjoint(slate.open):
            continue
        for match in pattern.finditer(slate.open):
            reading = _reading(slate, match) if _is_house(slate, match) else None
            if reading:
                found.append(reading)
                slate.take(reading.start, reading.end)
    return _joined(slate, sorted(found, key=lambda r: r.start)), doubtful


def _keep_long_codes(slate: Slate) -> bool:
    found = False
    if _LONG_CODE.search(slate.open) is None:
        return False
    for match in _CODED.finditer(slate.open):
        if match["more"]:
            slate.keep(*match.span())
            found = True
    return found


def _is_house(slate: Slate, match: re.Match[str]) -> bool:
    if match.re.pattern == _BARE.pattern:
        return _is_room(slate, match)
    return not (match.re is _ALONE and is_real_name(match["area"]))


def read_pairs(slate: Slate) -> bool:
    """Keep every `a-b` with both below 100 that no reader of times took; True if there was one."""
    doubtful = False
    for match in slate.finditer(_PAIR):
        slate.keep(*match.span())
        doubtful = True
    return doubtful


def parse_house(text: str) -> House:
    """The first house code in `text`; an empty House when there is none."""
    readings, _ = read_houses(Slate(text))
    return readings[0].house if readings else House()


def _reading(slate: Slate, match: re.Match[str]) -> Reading | None:
    parts = {k: v for k, v in match.groupdict().items() if v}
    start = match.start()
    area = None
    if "area" in parts:
        begin = match.start("area")
        lead = _LEAD.match(parts["area"])
        if lead and lead.end() < len(parts["area"]) - 1:
            begin += lead.end()
        area = slate.written(begin, match.end("area")).strip() or None
    room = parts.get("room") or parts.get("room2") or parts.get("room3")
    floor = parts.get("floor") or parts.get("floor3")
    side = parts.get("side") or parts.get("side3") or parts.get("side0")
    house = House(
        area=area,
        building=_number(parts.get("building") or parts.get("letter")),
        unit=_number(parts.get("unit") or parts.get("unit2")),
        room=f"{_number(floor) or ''}{side}" if side else _number(room),
    )
    return Reading(start, match.end(), house) if house else None


def _number(text: str | None) -> str | None:
    return arabic(text).upper() if text else None


def _is_room(slate: Slate, match: re.Match[str]) -> bool:
    """A bare number glued behind Han characters is a room only if those are a real name."""
    text = slate.open
    before = re.search(rf"[{HAN}A-Za-z]+$", text[: match.start()])
    if before and not is_real_name(before[0]):
        return False
    rest = text[match.end() :]
    return not re.match(r"[的多余来几]", rest)


def _joined(slate: Slate, readings: list[Reading]) -> list[Reading]:
    """Parts of one address that stand apart: an estate, then its code; a building, then a room."""
    merged: list[Reading] = []
    for reading in readings:
        last = merged[-1] if merged else None
        if last and _completes(slate, last, reading):
            house = replace(
                last.house,
                **{k: v for k, v in reading.house.to_json().items() if v is not None},
            )
            merged[-1] = Reading(last.start, reading.end, house)
        else:
            merged.append(reading)
    return merged


def _completes(slate: Slate, first: Reading, second: Reading) -> bool:
    a, b = first.house, second.house
    if slate.text[first.end : second.start].strip(" ,-，\x00"):
        return False
    order = ("area", "building", "unit", "room")
    has = [i for i, name in enumerate(order) if getattr(a, name)]
    adds = [i for i, name in enumerate(order) if getattr(b, name)]
    return max(has) < min(adds)
