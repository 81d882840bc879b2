"""Days in words: 周一三五, 周一到周五, 除周三, 工作日, 每天, 明天, 4月12日. Source: SCHEMA A9."""

import re

from muster.intake.speech.numerals import arabic

EVERY_DAY = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
NAMED = {
    "工作日": EVERY_DAY[:5],
    "周末": EVERY_DAY[5:],
    "双休日": EVERY_DAY[5:],
    "每天": EVERY_DAY,
    "天天": EVERY_DAY,
    "每日": EVERY_DAY,
    "每": EVERY_DAY,
    "今天": ("today",),
    "今日": ("today",),
    "今": ("today",),
    "明天": ("tomorrow",),
    "明日": ("tomorrow",),
    "明": ("tomorrow",),
    "后天": ("day_after",),
}
_INDEX = {c: i for i, c in enumerate("一二三四五六日")} | {"天": 6}
_WEEK = "(?:周|星期|礼拜)"
_ARABIC = str.maketrans("1234567", "一二三四五六日")
_NOT_A_NUMBER = r"(?![点号栋幢楼单斤个人位十百口名层期区零〇室梯门排七八九])"
_DAY = r"(?:[一二三四五六日天]|[1-7](?![\d:点时.个人位号栋幢楼#]))"
_LIST = (
    rf"{_WEEK}{_DAY}"
    rf"(?:\s?(?:到|至|-|—|~)\s?{_WEEK}?{_DAY}"
    rf"|(?:[、,/和]?\s?{_WEEK}{_DAY}|[、,/]?[一二三四五六日]{_NOT_A_NUMBER}|[、,/]{_DAY})*)"
)
_BUT = (
    rf"(?:除了?(?:{_LIST}|周末)(?:之外|以外|外)?"
    rf"|{_LIST}(?:除外|都?不行|都?没空|都?没时间|不在|有事))"
)
_DATE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月(?:\d{1,2}|[一二三四五六七八九十]{1,3})[日号]?"
_NAMES = (
    "工作日|周末|双休日|每天|天天|每日|今天|今日|明天|明日|后天|每(?=[早晚])|[今明](?=[早晚夜])"
)
DAY = rf"{_BUT}|{_LIST}|{_NAMES}|(?<!\d){_DATE}"

_IS_BUT = re.compile(_BUT)
_IS_DATE = re.compile(r"(.+)月(.+?)[日号]?")
_STRETCH = re.compile(rf"{_WEEK}(.)\s?(?:到|至|-|—|~)\s?{_WEEK}?(.)")
_DIGIT = re.compile("[一二三四五六日天]")


def read_days(text: str) -> tuple[str, ...]:
    """Codes of the days that a match of DAY says, weekdays in the order of the week."""
    if text in NAMED:
        return NAMED[text]
    date = _IS_DATE.fullmatch(text)
    if date:
        return (f"{int(arabic(date[1])):02d}-{int(arabic(date[2])):02d}",)
    days = EVERY_DAY[5:] if "周末" in text else _weekdays(text.translate(_ARABIC))
    if _IS_BUT.fullmatch(text):
        return tuple(d for d in EVERY_DAY if d not in days)
    return days


def _weekdays(text: str) -> tuple[str, ...]:
    stretch = _STRETCH.search(text)
    if stretch:
        first, last = _INDEX[stretch[1]], _INDEX[stretch[2]]
        wrap = range(first, last + 1) if first <= last else [*range(first, 7), *range(last + 1)]
        return tuple(EVERY_DAY[i] for i in sorted(wrap))
    digits = _DIGIT.findall(re.sub("星期|礼拜", "周", text).replace("周天", "周日"))
    return tuple(EVERY_DAY[i] for i in sorted({_INDEX[c] for c in digits}))
