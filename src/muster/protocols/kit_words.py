"""What is said of kits at doors without a network: which word stands, who has had what.

A word is one issue, one result or the undoing of one, written once by a phone. Words arrive late
and in any order; nobody's clock decides. The phone decides by the same rules (``engine/kits.ts``);
both are held to vectors/kits.json.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from muster.policies.model import Antigen
from muster.protocols.decisions import Decision, refuse
from muster.protocols.kits import (
    WHOLE,
    Change,
    Given,
    SeriesFacts,
    issue_decision,
    may_report,
    result_change,
)


class Kind(StrEnum):
    """What a word is. ``undo`` takes an issue or a result of the same phone back."""

    ISSUE = "issue"
    RESULT = "result"
    UNDO = "undo"


@dataclass(frozen=True, slots=True)
class Word:
    """One word of one phone; ids ascend. An issue: `door`, what it covers (`day`, 0 the whole
    series), how many `kits`. A result: `person`, `day`, `value`. An undo: `undoes`."""

    id: str
    kind: str
    door: int = 0
    day: int = 0
    kits: int = 0
    person: str = ""
    value: str = ""
    undoes: str = ""


@dataclass(frozen=True, slots=True)
class Had:
    """Kits that a door has had by the list: which issue, what it covers, and who and when."""

    id: str
    day: int
    given: Given


def standing(words: Iterable[Word]) -> list[Word]:
    """What was said and not taken back, in the order in which it was said."""
    known = list(words)
    undone = {w.undoes for w in known if w.kind == Kind.UNDO}
    return sorted(
        (w for w in known if w.kind != Kind.UNDO and w.id not in undone), key=lambda w: w.id
    )


def served(
    series: SeriesFacts, *, day: int, had: Iterable[Had], words: Iterable[Word], door: int
) -> Had | None:
    """The issue that a door has had for a day: by this phone's own words, else by the list. What
    this phone has taken back counts no more, also where the list does not know it yet."""
    known = list(words)
    covers = (series.issue_day(day), WHOLE)
    for word in standing(known):
        if word.kind == Kind.ISSUE and word.door == door and word.day in covers:
            return next(
                (h for h in had if h.id == word.id), Had(word.id, word.day, Given("", None))
            )
    undone = {w.undoes for w in known if w.kind == Kind.UNDO}
    return next((h for h in had if h.day in covers and h.id not in undone), None)


def door_decision(
    series: SeriesFacts,
    *,
    day: int,
    residents: int,
    had: Iterable[Had],
    words: Iterable[Word],
    door: int,
) -> Decision:
    """Whether this phone may hand a door kits now; as `issue_decision`. ``already_issued`` by ''
    is this phone itself."""
    before = served(series, day=day, had=had, words=words, door=door)
    return issue_decision(series, residents=residents, given=before.given if before else None)


def in_hand(counted: int, since: str, words: Iterable[Word]) -> int:
    """What is left of kits that were `counted` into the bag after the word `since` ('' before any):
    what was handed out from then on goes off, what was taken back from then on comes in."""
    known = {w.id: w for w in words}
    left = counted
    for word in known.values():
        if word.id <= since:
            continue
        if word.kind == Kind.ISSUE:
            left -= word.kits
        elif word.kind == Kind.UNDO and word.undoes in known:
            left += known[word.undoes].kits
    return left


def value_of(person: str, day: int, *, told: str, words: Iterable[Word]) -> str:
    """What somebody's kit showed on a day: this phone's last word that stands, else what the list
    tells ('' nothing)."""
    said = [
        w.value
        for w in standing(words)
        if w.kind == Kind.RESULT and w.person == person and w.day == day
    ]
    return said[-1] if said else told


def result_decision(
    rule: Antigen, series: SeriesFacts, *, day: int, today: date, old: str, new: str
) -> Decision:
    """Whether a result may be entered where `old` ('' nothing) is known: ``day_unknown``,
    ``day_ahead``, ``result_stands``."""
    asked = may_report(series, day=day, today=today)
    if asked and old and result_change(rule, old, new) is Change.STANDS:
        return refuse("result_stands")
    return asked


@dataclass(frozen=True, slots=True)
class WordFact:
    """What the server knows of a word as it arrives, before it does what the word says. `home`: of
    a result, the person's community, None if nobody has the id. `own`: of an undo, whether its
    phone made the word that it takes back; None if that is not there."""

    kind: str = Kind.ISSUE
    revoked: bool = False
    community: int = 0
    home: int | None = 0
    own: bool | None = None


def judge_word(fact: WordFact) -> tuple[str, str]:
    """State and code: accepted (what it says is done), waiting (an undo that overtook its word) or
    held (kept, nothing follows)."""
    if fact.revoked:
        return "held", "device_revoked"
    if fact.kind == Kind.UNDO:
        if fact.own is None:
            return "waiting", ""
        return ("accepted", "") if fact.own else ("held", "kit_word_other_device")
    if fact.kind == Kind.RESULT and fact.home is None:
        return "held", "person_unknown"
    if fact.kind == Kind.RESULT and fact.home != fact.community:
        return "held", "person_other_community"
    return "accepted", ""
