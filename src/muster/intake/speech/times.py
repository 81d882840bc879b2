"""When somebody can come: "周六全天", "晚8点后", "除周三", "早8晚6". Source: SCHEMA A9."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from muster.intake.speech.clocks import CLOCK, SPAN, Hours, read_clock, read_short_span, read_span
from muster.intake.speech.days import DAY, EVERY_DAY, read_days
from muster.intake.speech.slate import Slate

PARTS = {
    "am": "早上 上午 清晨 早班 一早",
    "noon": "中午",
    "pm": "下午 午后",
    "evening": "晚上 晚间 傍晚 晚班",
    "night": "夜里 半夜 凌晨 通宵 夜班 夜间",
    "daytime": "白天 白班",
    "allday": "全天 整天",
    "anytime": "随时 时间不限 任何时间 全天候",
    "after_work": "下班后 下班以后",
}
_CODES = {word: code for code, words in PARTS.items() for word in words.split()}
_WORDS = "|".join(sorted(_CODES, key=len, reverse=True))
_REFUSED = r"(?P<no>\s?[都也]?(?:不行|没空|没时间|不可以|不在|有事|不方便))"
_PART = (
    rf"(?P<both>上下午)|(?P<hours24>(?<!\d)24小时(?!核酸|内))|(?P<part>{_WORDS})"
    r"|(?<=[每今明一二三四五六日末])(?P<short>[晚早夜](?!点|饭))"
)
# What a time can begin with; looking at one character is cheaper than trying every branch there.
_BEGINS = "0-9一二三四五六七八九十两早晚夜中下上午清凌傍半除周星礼工天每今明后双" + "".join(
    sorted({word[0] for word in _CODES})
)
_TOKEN = re.compile(rf"(?=[{_BEGINS}])(?:(?P<day>{DAY})|(?:{SPAN}|{CLOCK}|{_PART}){_REFUSED}?)")
_SHORT = {"晚": "evening", "早": "am", "夜": "evening"}
_HINT = re.compile("[周星礼期拜点时早晚午晨夜天末月日随班凌宵:每白]")
_JOINT = re.compile(r"[\s、,/和及与\x00]*")
_BREAK = re.compile(r"[\n;。]")


@dataclass(frozen=True, slots=True)
class Availability:
    """`days`: codes mon..sun, today, tomorrow, day_after, MM-DD, or None (not said). `part`: a key
    of PARTS when no clock time is given. `start`, `end`: HH:MM or None."""

    days: tuple[str, ...] | None = None
    part: str | None = None
    start: str | None = None
    end: str | None = None

    def to_json(self) -> dict[str, object]:
        return {
            "days": list(self.days) if self.days is not None else None,
            "part": self.part,
            "from": self.start,
            "to": self.end,
        }


@dataclass(slots=True)
class _Scan:
    """Where the reading stands: days said and not yet used up by a time."""

    found: list[tuple[int, Availability]] = field(default_factory=list)
    days: tuple[str, ...] | None = None
    at: int = 0
    end: int = 0
    used: bool = True

    def flush(self) -> None:
        if not self.used and self.days is not None:
            self.found.append((self.at, Availability(self.days)))
        self.used = True

    def slot(self, at: int, part: str | None, hours: Hours = (None, None)) -> None:
        self.found.append((at, Availability(self.days, part, *hours)))
        self.used = True


def read_times(slate: Slate) -> list[tuple[int, Availability]]:
    """Take every time: [(position, availability)] in order. A time that is refused ("下午不行") is
    kept for the note; a refused weekday means the other six."""
    view = slate.view
    if not _HINT.search(view):
        return []
    scan = _Scan()
    for match in _TOKEN.finditer(view):
        if _BREAK.search(view, scan.end, match.start()):
            scan.flush()
            scan.days = None
        if match["day"]:
            _day(slate, scan, match, view)
        elif match["no"]:
            _refuse(slate, scan, match)
        else:
            for part, hours in _slots(match):
                scan.slot(match.start(), part, hours)
            slate.take(*match.span())
        scan.end = match.end()
    scan.flush()
    return scan.found


def _day(slate: Slate, scan: _Scan, match: re.Match[str], view: str) -> None:
    days = read_days(match["day"])
    slate.take(*match.span())
    gap = _JOINT.fullmatch(view, scan.end, match.start())
    if not scan.used and scan.days is not None and gap:
        scan.days = tuple(dict.fromkeys(scan.days + days))
        return
    scan.flush()
    scan.days, scan.at, scan.used = days, match.start(), False


def _refuse(slate: Slate, scan: _Scan, match: re.Match[str]) -> None:
    adjacent = not scan.used and scan.end == match.start()
    slate.keep(scan.at if adjacent else match.start(), match.end())
    if adjacent:
        scan.days, scan.used = None, True


def _slots(match: re.Match[str]) -> Iterator[tuple[str | None, Hours]]:
    if match["h1"]:
        yield None, read_span(match)
    elif match["h3"]:
        yield None, read_short_span(match)
    elif match["h"]:
        yield None, read_clock(match)
    elif match["both"]:
        yield "am", (None, None)
        yield "pm", (None, None)
    elif match["hours24"]:
        yield "anytime", (None, None)
    elif match["short"]:
        yield _SHORT[match["short"]], (None, None)
    else:
        yield _CODES[match["part"]], (None, None)


__all__ = ["EVERY_DAY", "PARTS", "Availability", "read_times"]
