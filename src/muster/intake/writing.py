"""One way of writing for comparison: full width = half width, 繁 = 简.

`fold` is Unicode NFKC. `simplify` maps every traditional character to its simplified one, character
by character, so that positions in the two strings agree. Table: OpenCC's TSCharacters.
"""

import re
import unicodedata
from functools import cache
from importlib import resources

HAN = "\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
SEPARATORS = " \t\n\x00,;|/、。!?()[]{}<>《》「」『』“”\"'‘’【】:—–-"

_INVISIBLE = {ord(c): None for c in "\u200b\u200c\u2060\ufeff"}
_SPACES = dict.fromkeys(map(ord, "\u00a0\u2005\u3000"), " ")
_CLEAN = _INVISIBLE | _SPACES
_HAN_ONLY = re.compile(f"[{HAN}]+")
_JOINERS = "\u200d\ufe0f\ufe0e\u20e3"
_STRIKES = re.compile("[\u0335\u0336]")


@cache
def _simplified() -> dict[int, str]:
    table = resources.files("opencc").joinpath("dictionary/TSCharacters.txt").read_text("utf-8")
    pairs = (line.split("\t") for line in table.splitlines() if "\t" in line)
    one = ((old, new.split()[0]) for old, new in pairs)
    return {ord(old): new for old, new in one if len(old) == len(new) == 1}


@cache
def _traditional() -> frozenset[str]:
    return frozenset(map(chr, _simplified()))


def clean_spaces(text: str) -> str:
    """Line ends become LF, odd spaces one space, zero-width characters nothing."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(_CLEAN)


def fold(text: str) -> str:
    """NFKC: full width becomes half width."""
    return text if text.isascii() else unicodedata.normalize("NFKC", text)


def simplify(text: str) -> str:
    """Traditional characters become simplified ones; the length stays."""
    if text.isascii() or _traditional().isdisjoint(text):
        return text
    return text.translate(_simplified())


def is_han(text: str) -> bool:
    return _HAN_ONLY.fullmatch(text) is not None


def is_emoji(char: str) -> bool:
    """A pictograph, or a joiner or selector that belongs to one."""
    if char < "\u00a9":
        return False
    return char in _JOINERS or unicodedata.category(char) in {"So", "Sk"}


def says_something(text: str) -> bool:
    """Holds at least one letter or digit."""
    return any(c.isalnum() for c in text)


def key(text: str) -> str:
    """Letters and digits only, width- and case-blind: what two spellings have in common."""
    return "".join(c for c in fold(text).casefold() if c.isalnum())


def strike(text: str) -> tuple[str, bool]:
    """The text without strike-through characters, and whether it had any."""
    bare = _STRIKES.sub("", text)
    return bare, len(bare) != len(text)


def words(text: str) -> tuple[str, ...]:
    """A word list written as running text."""
    return tuple(text.split())
