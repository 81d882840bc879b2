"""What a chain collects: sign-ups, needs or head counts. Source: SCHEMA A2, kind."""

import re

from muster.intake.chains.blocks import Block
from muster.intake.chains.entries import is_placeholder
from muster.intake.chains.model import Kind
from muster.intake.speech.headcounts import HINT as COUNTED
from muster.intake.speech.quantities import HINT as MEASURED
from muster.intake.writing import fold, simplify

_NEEDS = re.compile("代买|代购|团购|采购|订购|需求|用药|买菜")
_HEADCOUNT = re.compile("点名|清点|人数|摸排|报数|应到|实到")


def decide_kind(title: str | None, blocks: list[Block]) -> Kind:
    """By the entries that are not placeholders; by the title when there is none."""
    contents = [simplify(fold(b.content)) for b in blocks if not is_placeholder(b.content)]
    if not contents:
        return _by_title(simplify(fold(title or "")))
    half = len(contents) / 2
    if sum(1 for c in contents if COUNTED.search(c)) >= half:
        return Kind.HEADCOUNT
    if sum(1 for c in contents if MEASURED.search(c)) >= half:
        return Kind.NEEDS
    return Kind.SIGNUP


def _by_title(title: str) -> Kind:
    if _NEEDS.search(title):
        return Kind.NEEDS
    return Kind.HEADCOUNT if _HEADCOUNT.search(title) else Kind.SIGNUP
