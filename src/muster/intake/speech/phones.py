"""Telephone numbers as people paste them. Source: SCHEMA A6."""

import re

from muster.intake.speech.slate import Slate
from muster.intake.writing import fold

_GAP = r"[ .\-]{0,2}"
_PREFIX = rf"(?:(?:\+|00)?86{_GAP})?"
_MOBILE = re.compile(rf"(?<![\d.])\+?{_PREFIX}\(?(1[3-9]\d)\)?{_GAP}(\d{{4}}){_GAP}(\d{{4}})(?!\d)")
_MASKED = re.compile(
    rf"(?<!\d){_PREFIX}(1[3-9]\d){_GAP}(?:\*{{3,5}}|[xX]{{3,5}}){_GAP}(\d{{4}})(?!\d)"
)
_LANDLINE = re.compile(r"(?<![\d-])\(?(0(?:10|2\d|[3-9]\d\d))\)?[ -]?(\d{7,8})(?!\d)")
_IDENTITY = re.compile(r"(?<![0-9A-Za-z])\d{17}[0-9Xx](?![0-9A-Za-z])")
_SPACED = re.compile(
    rf"(?<![0-9A-Za-z])\d{{6}}{_GAP}(?:19|20)\d\d{_GAP}\d{{4}}{_GAP}\d{{3}}[0-9Xx](?![0-9A-Za-z])"
)
_FIXED = re.compile(rf"(?<![A-Za-z]){_LANDLINE.pattern}")  # a tube's code is none
_OLD = re.compile(r"(?<![0-9A-Za-z])[1-8]\d{14}(?![0-9A-Za-z])")  # an identity number until 1999
_NEAR = re.compile(r"(?<!\d)1[3-9](?:\d{8}|\d{10})(?!\d)")
_OTHER = re.compile(
    r"(?:微信号?|短号|尾号|QQ号?)[:是为]?\s*[A-Za-z0-9_\-]*[0-9][A-Za-z0-9_\-]*", re.I
)
_SAME = re.compile(r"(?:微信|手机)同号|同微信")
_LEAD = 8  # as far as a prefix or a bracket may stand before a run of digits
_OTHER_HINT = re.compile("[微短尾QqＱ同]")
_LONG = re.compile(r"\d[\d*xX .\-]{6}")


def read_phones(slate: Slate) -> tuple[list[tuple[int, str]], bool]:
    """Take every number: ([(position, number)], doubtful).

    Mobiles come back as 11 digits, masked ones with four stars, landlines with a dash. An identity
    number, a short number and a WeChat name are kept for the note; so is a run of 10 or 12 digits
    that starts like a mobile, and then the entry is doubtful.
    """
    if _OTHER_HINT.search(slate.view):
        for match in slate.finditer(_SAME):
            slate.take(*match.span())
        for match in slate.finditer(_OTHER):
            slate.keep(*match.span())
    if not _LONG.search(slate.view):
        return [], False
    for match in slate.finditer(_IDENTITY):
        slate.keep(*match.span())
    found = _numbers(slate)
    doubtful = False
    if not _LONG.search(slate.view):
        return sorted(found), False
    for match in _NEAR.finditer(slate.view):
        slate.keep(*match.span())
        doubtful = True
    return sorted(found), doubtful


_NUMBERS = (_IDENTITY, _SPACED, _OLD, _MOBILE, _FIXED)
MASK = "****"


def holds_number(text: str) -> bool:
    """Whether a telephone or an identity number stands in a text, in any usual spelling."""
    seen = fold(text)
    return any(form.search(seen) for form in _NUMBERS)


def without_numbers(text: str) -> str:
    """The text with `MASK` in the place of each telephone or identity number; as it is where there
    is none."""
    if not holds_number(text):
        return text
    seen = fold(text)
    for form in _NUMBERS:
        seen = form.sub(MASK, seen)
    return seen


def _numbers(slate: Slate) -> list[tuple[int, str]]:
    found = []
    for pattern, form in _FORMS:
        long = _LONG.search(slate.view)
        if not long:
            break
        for match in pattern.finditer(slate.view, max(0, long.start() - _LEAD)):
            found.append((match.start(), form(match)))
            slate.take(*match.span())
    return found


def _mobile(match: re.Match[str]) -> str:
    return "".join(match.groups())


def _masked(match: re.Match[str]) -> str:
    return f"{match[1]}****{match[2]}"


def _landline(match: re.Match[str]) -> str:
    return f"{match[1]}-{match[2]}"


_FORMS = ((_MOBILE, _mobile), (_MASKED, _masked), (_LANDLINE, _landline))
