"""Numbers in digits and in words: 3, ３, 三, 十二, 五零一, 一百二十, 半."""

import re

DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
WORD = "零〇一二三四五六七八九十百两"
NUMBER = rf"(?:\d{{1,4}}|[{WORD}]{{1,5}})"
_TENS = {"十": 10, "百": 100, "千": 1000}


def arabic(text: str) -> str:
    """`text` in Arabic digits. Words with 十 or 百 are counted (十二 → 12), others are read out
    (五零一 → 501). Digits stay as they are, with leading zeros. Source: SCHEMA A7."""
    if text.isdigit() and text.isascii():
        return text
    if any(c in _TENS for c in text):
        return str(_counted(text))
    return "".join(str(DIGITS.get(c, c)) for c in text)


def _counted(text: str) -> int:
    total, digit, unit = 0, 0, 1
    for c in text:
        if c in _TENS:
            unit = _TENS[c]
            total += (digit or 1) * unit
            digit = 0
        else:
            digit = DIGITS.get(c, 0)
            unit = unit if c not in "零〇" else 1
    # 一百二 is 120, 一百零二 is 102
    return total + digit * (unit // 10 if unit >= 100 and "零" not in text[-2:] else 1)


def whole(text: str) -> int | None:
    """The integer that `text` says, or None."""
    digits = arabic(text)
    return int(digits) if re.fullmatch(r"[0-9]+", digits) else None
