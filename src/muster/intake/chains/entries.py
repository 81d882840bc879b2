"""One entry read, field by field. What nobody took is its note. Source: SCHEMA A4-A10."""

import re
from dataclasses import dataclass, field

from muster.intake.addresses import Reading, read_houses, read_pairs
from muster.intake.chains.blocks import Block
from muster.intake.chains.model import Entry, Flag, Kind
from muster.intake.chains.persons import (
    guard_nickname,
    read_customer,
    read_nickname,
    read_persons,
)
from muster.intake.chains.phrases import (
    EMPLOYER_LABELS,
    NAME_LABELS,
    Phrases,
    read_labels,
    read_phrases,
    set_aside,
)
from muster.intake.names import is_real_name
from muster.intake.speech.companions import read_companions
from muster.intake.speech.employers import read_employer
from muster.intake.speech.fillers import is_filler
from muster.intake.speech.goods import read_goods
from muster.intake.speech.headcounts import read_headcount
from muster.intake.speech.phones import read_phones
from muster.intake.speech.slate import Slate
from muster.intake.speech.times import read_times
from muster.intake.speech.trades import read_party, read_trades
from muster.intake.writing import SEPARATORS, fold, is_han, says_something, simplify

_PLACEHOLDER = re.compile(
    r"[\s.。…·\-—–_~()\[\]{}（）【】《》<>、,]*(?:占位|占坑|占个位|留位|待定|空)?[\s.。…·\-—–_~()\[\]{}（）【】《》<>、,]*"
)
_CROSSED = re.compile(r"~~(.*)~~", re.DOTALL)
_SPLIT = re.compile("[" + re.escape(SEPARATORS) + "]+")


@dataclass(slots=True)
class Draft:
    """An entry and what is still needed to settle references to it."""

    entry: Entry
    phrases: Phrases = field(default_factory=lambda: Phrases(False, False, (), ()))
    told: bool = False  # people was said in words, even if it is one


def is_placeholder(content: str) -> bool:
    """No content, or only dots, dashes, brackets, or a word that holds a place."""
    return _PLACEHOLDER.fullmatch(simplify(fold(content))) is not None


def read_entry(block: Block, kind: Kind) -> Draft:
    """Read one block as an entry of a chain of this kind."""
    entry = Entry(no=block.no, raw="\n".join(block.lines).strip())
    content = block.content.strip().rstrip("」").strip()
    crossed = _CROSSED.fullmatch(content)
    content = crossed[1] if crossed else content.removeprefix("~~").removesuffix("~~")
    slate = Slate(content)
    if _PLACEHOLDER.fullmatch(slate.plain):
        entry.flag(Flag.PLACEHOLDER)
        return Draft(entry)
    draft = _common(slate, entry, kind)
    entry.cancelled |= block.struck or bool(crossed)
    entry.note = _note(slate)
    if not _has_value(draft):
        entry.flag(Flag.UNPARSED)
    return draft


def _common(slate: Slate, entry: Entry, kind: Kind) -> Draft:
    set_aside(slate)
    numbers, doubtful = read_phones(slate)
    phrases = read_phrases(slate)
    labels = read_labels(slate)
    houses, odd = read_houses(slate)
    entry.cancelled = phrases.cancelled
    entry.phones = _corrected(numbers, phrases.corrections)
    odd |= _settle_houses(slate, entry, houses, phrases.corrections)
    draft = Draft(entry, phrases)
    doubtful |= _READERS[kind](slate, draft, labels)
    if doubtful or odd or phrases.doubtful:
        entry.flag(Flag.AMBIGUOUS)
    return draft


def _settle_houses(
    slate: Slate, entry: Entry, houses: list[Reading], corrections: tuple[int, ...]
) -> bool:
    """The first house counts; another one is kept for the note, and the entry is doubtful."""
    kept = _corrected([(r.start, r) for r in houses], corrections)
    if not kept:
        return False
    entry.house = kept[0].house
    doubtful = False
    for other in kept[1:]:
        if other.house != entry.house:
            slate.keep(other.start, other.end)
            doubtful = True
    return doubtful


def _corrected[T](found: list[tuple[int, T]], corrections: tuple[int, ...]) -> list[T]:
    """What stands behind the last correction replaces what stood before it."""
    for at in corrections:
        behind = [(i, x) for i, x in found if i >= at]
        found = behind or found
    return [x for _, x in found]


def _signup(slate: Slate, draft: Draft, labels: dict[str, str]) -> bool:
    entry = draft.entry
    companions = read_companions(slate)
    entry.party_member = read_party(slate)
    employer = read_employer(slate)
    entry.org = next((labels[x] for x in EMPLOYER_LABELS if x in labels), None)
    entry.org = entry.org or (employer[1] if employer else None)
    named = _labelled_name(entry, labels)
    if not named:
        guard_nickname(slate)
    entry.availability = _corrected(read_times(slate), draft.phrases.corrections)
    doubtful = read_pairs(slate)
    trades = read_trades(slate)
    entry.skills, entry.roles = list(trades.skills), list(trades.roles)
    _names(slate, entry, named=named)
    draft.told = companions.people is not None or companions.plus is not None
    entry.people = companions.total(named=entry.name is not None, others=len(entry.others))
    if companions.plus is not None and not companions.doubtful:
        entry.people = 1 + companions.plus
    return doubtful or companions.doubtful


def _labelled_name(entry: Entry, labels: dict[str, str]) -> bool:
    name = next((labels[x] for x in NAME_LABELS if x in labels), None)
    if name is None:
        return False
    entry.name = _household_name(
        "".join(name.split(" ")) if is_han(name.replace(" ", "")) else name
    )
    entry.is_nickname = not is_real_name(entry.name)
    return True


def _household_name(name: str) -> str:
    return name[:-1] if name.endswith("家") and is_real_name(name[:-1]) else name


def _names(slate: Slate, entry: Entry, *, named: bool) -> None:
    found = [p.name for p in read_persons(slate)]
    if not named and found:
        entry.name = found[0]
    elif not named:
        entry.name = read_nickname(slate)
        entry.is_nickname = entry.name is not None
    entry.others = [n for n in dict.fromkeys(found) if n != entry.name]


def _needs(slate: Slate, draft: Draft, labels: dict[str, str]) -> bool:
    _customer(slate, draft.entry, labels, goods=True)
    draft.entry.items, doubtful = read_goods(slate)
    return read_pairs(slate) or doubtful


def _headcount(slate: Slate, draft: Draft, labels: dict[str, str]) -> bool:
    entry = draft.entry
    count = read_headcount(slate)
    entry.present, entry.expected = count.present, count.expected
    _customer(slate, entry, labels, goods=False)
    return read_pairs(slate) or count.doubtful


def _customer(slate: Slate, entry: Entry, labels: dict[str, str], *, goods: bool) -> None:
    if _labelled_name(entry, labels):
        return
    found = read_customer(slate, goods=goods)
    if found:
        entry.name = found.name
        entry.is_nickname = not is_real_name(found.name)


def _note(slate: Slate) -> str | None:
    fragments = []
    for start, end, kept in slate.rest():
        said = slate.text[start:end]
        if kept:
            fragments.append(said.strip())
            continue
        plain = slate.plain
        at = start
        for piece in _SPLIT.split(said):
            at = slate.text.index(piece, at) if piece else at
            if says_something(piece) and not is_filler(plain[at : at + len(piece)]):
                fragments.append(piece)
    return "；".join(f for f in fragments if f) or None


def _has_value(draft: Draft) -> bool:
    e = draft.entry
    if draft.phrases.references or draft.told or e.cancelled:
        return True
    single = (e.name, e.house, e.org, e.party_member, e.present, e.expected)
    several = (e.phones, e.skills, e.roles, e.availability, e.items, e.others)
    return any(x is not None for x in single) or any(several)


_READERS = {Kind.SIGNUP: _signup, Kind.NEEDS: _needs, Kind.HEADCOUNT: _headcount}
