"""Clock times in words: 8点半, 晚8点后, 下午2点半到5点, 8-12点, 早8晚6. Source: SCHEMA A9."""

import re

from muster.intake.speech.numerals import arabic

type Hours = tuple[str | None, str | None]

_AFTERNOON = {"下午", "午后", "晚", "晚上", "晚间", "傍晚"}
_NIGHT = {"夜里", "半夜", "夜间", "夜"}
_WORD = "早上|上午|清晨|凌晨|中午|下午|午后|晚上|晚间|傍晚|夜里|半夜|夜间|早|晚|夜"
_H = "(?:\\d{1,2}|二十[一二三四]?|十[一二]?|[一二三四五六七八九两])"


def _clock(n: str, *, marked: bool) -> str:
    """One time; `marked`: it must carry 点, 时 or :MM."""
    mark = (
        rf"(?::(?P<c{n}>[0-5]\d)(?::[0-5]\d)?"
        rf"|[点时](?!间|位|名)(?P<m{n}>半|一刻|三刻|\d{{1,2}}分?)?[钟整]?)"
    )
    return rf"(?P<w{n}>{_WORD})?\s?(?P<h{n}>{_H}){mark}{'' if marked else '?'}"


_FREE = r"(?:(?<![\d:.\-/#A-Za-z])|(?<=[周期拜][1-7]))"
_DAYS = ("周[一二三四五六日末1-7]", "[今明后每]天", "[期拜][一二三四五六日天1-7]", "工作日")
_AFTER_DAY = "(?:" + "|".join(f"(?<={day})|(?<={day} )" for day in _DAYS) + ")"
_TO = r"\s?(?:到|至|-|—|–|~){1,2}\s?"
SPAN = (
    rf"{_FREE}(?:(?={_H}\s?(?:到|至|-|—|–|~){{1,2}}\s?(?:{_WORD})?\s?{_H}(?:[点时]|:\d\d)"
    rf"|(?:{_WORD})?\s?{_H}(?:[点时]|:\d\d)|(?:{_WORD}){_H}|{_AFTER_DAY}(?={_H}\s?[-—–~到至]\s?{_H}(?!\d)))"
    rf"{_clock('1', marked=False)}{_TO}{_clock('2', marked=False)}(?![\d\-])"
    rf"|(?P<w3>{_WORD})(?P<h3>{_H})点?(?P<w4>{_WORD})(?P<h4>{_H})点?(?!\d))"
)
CLOCK = (
    rf"{_FREE}{_clock('', marked=True)}"
    r"(?:\s?(?:(?P<after>以后|之后|后|过后|起|开始)|(?P<before>以前|之前|前)))?"
)


def read_span(match: re.Match[str]) -> Hours:
    """From and to. The word of the first time holds for the second unless it has its own; an end
    before the start moves on by twelve hours if that makes it later."""
    start = _minutes(match, "1", match["w1"])
    end = _minutes(match, "2", match["w2"] or match["w1"])
    if end < start < end + 720 <= 1440 and not match["w2"]:
        end += 720
    return _text(start), _text(end)


def read_short_span(match: re.Match[str]) -> Hours:
    """早8晚6."""
    pairs = (("3", match["w3"]), ("4", match["w4"]))
    start, end = (_hour(match[f"h{n}"], word) * 60 for n, word in pairs)
    return _text(start), _text(end)


def read_clock(match: re.Match[str]) -> Hours:
    """One time: from it, unless 前 or 以前 stands behind."""
    time = _text(_minutes(match, "", match["w"]))
    return (None, time) if match["before"] else (time, None)


def _minutes(match: re.Match[str], n: str, word: str | None) -> int:
    said = match[f"m{n}"]
    half = {"半": 30, "一刻": 15, "三刻": 45, None: 0}
    minutes = half[said] if said in half else int((said or "").rstrip("分"))
    return _hour(match[f"h{n}"], word) * 60 + int(match[f"c{n}"] or minutes)


def _hour(text: str, word: str | None) -> int:
    hour = int(arabic(text))
    later = word in _AFTERNOON or (word == "中午" and hour <= 4) or (word in _NIGHT and hour >= 6)
    return hour + 12 if later and hour < 12 else hour


def _text(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
