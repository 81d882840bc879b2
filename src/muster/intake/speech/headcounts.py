"""Who is there: 3/4, 应4实3, 应到120 实到118, 4人缺1, 已做3 未做1, 没人, 空房.

Source: SCHEMA A9."""

import re
from dataclasses import dataclass

from muster.intake.speech.numerals import WORD, whole
from muster.intake.speech.slate import Slate

_N = rf"(?P<n>\d{{1,4}}|[{WORD}]{{1,5}})"
_M = rf"(?:\d{{1,4}}|[{WORD}]{{1,5}})"
_WHO = r"\s?[个人户口位]{0,2}人?"
_RATIO = re.compile(r"(?<![\d\-/.#])(?P<a>\d{1,3})\s?/\s?(?P<b>\d{1,3})(?![\d\-/.])(?:\s?人)?")
_EXPECTED = re.compile(rf"应(?:到|做|有|检|采|测)?[:：]?\s?{_N}{_WHO}")
_PRESENT = re.compile(rf"实(?:到|做|有|检|采|测)?[:：]?\s?{_N}{_WHO}")
_DONE = re.compile(
    rf"(?:已做|在家|已到|已测|已采|做了)[:：]?\s?{_N}{_WHO}(?:[\s,，、;]*(?:未做|外出|没做|不在|未到|未测|未采|没到)[:：]?\s?(?P<m>{_M}){_WHO})?"
)
_MISSING = re.compile(rf"(?:缺|少|差)了?[:：]?\s?{_N}\s?[个人口位]{{0,2}}")
_PEOPLE = re.compile(
    rf"(?:共|一共|家里)?(?<![\d/.]){_N}\s?(?:个人|口人|口|人)(?![\d未没外上下出不去需要数员工民]|在(?!家)|家(?!$))"
)
_ALL = re.compile(
    "已上门做完?了?|都?全做完?了?|已?都?做完了?|全?都做了|都在家?|全部?到齐?|都到了?|到齐了?|✅|全在家?|已全做"
)
_EMPTY = re.compile("空房|空置房?|没人住|无人居?住")
_NOBODY = re.compile("没人|无人|都?不在家")
_USED = re.compile(
    rf"(?<![\d]){_M}人(?:未做|没做|未到|没到|没来|未来|未测|未采)(?![\u4e00-\u9fff])"
)
HINT = re.compile(
    r"(?<![\d\-/.#])\d{1,3}\s?/\s?\d{1,3}(?![\d\-/.])"
    rf"|(?:应到?|实到?|缺|少|差|已做|在家)[:：]?\s?{_M}|口人|都在|全做|没人|无人|空房|空置|✅"
)


@dataclass(frozen=True, slots=True)
class Headcount:
    present: int | None = None
    expected: int | None = None
    doubtful: bool = False


def read_headcount(slate: Slate) -> Headcount:
    """Take the count of an entry. More present than expected is doubtful."""
    count = _ratio(slate) or _empty(slate) or _pair(slate) or _done(slate) or _household(slate)
    if count is None:
        return Headcount()
    _take_all(slate, _USED)
    present, expected = count.present, count.expected
    doubtful = present is not None and expected is not None and present > expected
    return Headcount(present, expected, doubtful)


def _take(slate: Slate, pattern: re.Pattern[str]) -> re.Match[str] | None:
    match = pattern.search(slate.view)
    if match:
        slate.take(*match.span())
    return match


def _take_all(slate: Slate, pattern: re.Pattern[str]) -> bool:
    found = False
    for match in pattern.finditer(slate.view):
        slate.take(*match.span())
        found = True
    return found


def _ratio(slate: Slate) -> Headcount | None:
    match = _take(slate, _RATIO)
    if not match:
        return None
    for pattern in (_ALL, _EMPTY):
        _take_all(slate, pattern)
    return Headcount(int(match["a"]), int(match["b"]))


def _empty(slate: Slate) -> Headcount | None:
    return Headcount(0, 0) if _take_all(slate, _EMPTY) else None


def _pair(slate: Slate) -> Headcount | None:
    expected, present = _take(slate, _EXPECTED), _take(slate, _PRESENT)
    if not expected and not present:
        return None
    m = whole(expected["n"]) if expected else None
    n = whole(present["n"]) if present else None
    missing = _take(slate, _MISSING)
    everyone = _take_all(slate, _ALL)
    if n is None and m is not None:
        n = m - (whole(missing["n"]) or 0) if missing else (m if everyone else None)
    elif m is None and n is not None and missing:
        m = n + (whole(missing["n"]) or 0)
    return Headcount(n, m)


def _done(slate: Slate) -> Headcount | None:
    match = _take(slate, _DONE)
    if not match:
        return None
    present = whole(match["n"])
    absent = whole(match["m"]) if match["m"] else None
    if present is None or absent is None:
        people = None if absent is not None else _take(slate, _PEOPLE)
        return Headcount(present, whole(people["n"]) if people else None)
    return Headcount(present, present + absent)


def _household(slate: Slate) -> Headcount | None:
    people = _take(slate, _PEOPLE)
    expected = whole(people["n"]) if people else None
    missing = _take(slate, _MISSING)
    if expected is None:
        nobody = not missing and _take_all(slate, _NOBODY)
        return Headcount(0, None) if nobody else None
    if missing:
        return Headcount(expected - (whole(missing["n"]) or 0), expected)
    if _take_all(slate, _ALL):
        return Headcount(expected, expected)
    return Headcount(0 if _take_all(slate, _NOBODY) else None, expected)
