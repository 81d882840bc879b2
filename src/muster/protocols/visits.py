"""What was found at doors: which of several words about a person holds, in which order to walk.

A word is what one phone (or one account at the desk) said of one person. Phones walk without a
network, so words arrive late and in any order; nobody's clock decides. The same rule runs on the
phone (``engine/visits.ts``); both are held to vectors/visits.json.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What may be said of somebody at a door. ``missing``: to be looked for again, as if nothing
    had been said. ``undo``: an earlier word of the same sender is taken back."""

    AWAY = "away"
    REFUSED = "refused"
    EXEMPT = "exempt"
    HOME_VISIT = "home_visit"
    NOT_FOUND = "not_found"
    CAME = "came"
    MOVED = "moved"
    MISSING = "missing"
    UNDO = "undo"


SAYABLE = frozenset(Outcome) - {Outcome.MISSING}
"""What a phone may send."""


@dataclass(frozen=True, slots=True)
class Word:
    """One word. `id` is a UUIDv7 of the sender's making, `by` the sender, `received` the order of
    arrival at the server, `undoes` the word that an ``undo`` takes back."""

    id: str
    by: str
    outcome: str
    received: float
    undoes: str | None = None


def standing(words: Iterable[Word]) -> list[Word]:
    """Of each sender the last word that he made and has not taken back (by id: within a phone ids
    ascend)."""
    known = list(words)
    undone = {(w.by, w.undoes) for w in known if w.outcome == Outcome.UNDO}
    last: dict[str, Word] = {}
    for word in sorted(known, key=lambda w: w.id):
        if word.outcome != Outcome.UNDO and (word.by, word.id) not in undone:
            last[word.by] = word
    return list(last.values())


def finding(words: Iterable[Word]) -> Word | None:
    """The word that holds of one person, None if there is none.

    Of the senders' `standing` words the one that was received last, at the same moment the greater
    id. ``missing`` holds as "nothing was found".
    """
    found = max(standing(words), key=lambda w: (w.received, w.id), default=None)
    return None if found is None or found.outcome == Outcome.MISSING else found


@dataclass(frozen=True, slots=True)
class VisitFact:
    """What the server knows of a visit as it arrives. `home`: the person's community, None if
    nobody has the id. `other`: another sender's word about the person holds and differs. `own`: of
    an `undo`, whether the sender made the word that it takes back; None if that is not there."""

    revoked: bool = False
    community: int = 0
    home: int | None = 0
    recorded: bool = False
    other: bool = False
    undo: bool = False
    own: bool | None = None


def judge_visit(fact: VisitFact) -> tuple[str, str]:
    """State and code of a visit: accepted, flagged (it counts; the phone is told what speaks
    against it), waiting (an undo that overtook its word) or held."""
    if fact.revoked:
        return "held", "device_revoked"
    if fact.undo:
        return _judge_undo(fact.own)
    if fact.home is None:
        return "held", "person_unknown"
    if fact.home != fact.community:
        return "held", "person_other_community"
    if fact.recorded:
        return "flagged", "person_already_recorded"
    return ("flagged", "other_word") if fact.other else ("accepted", "")


def _judge_undo(own: bool | None) -> tuple[str, str]:
    if own is None:
        return "waiting", ""
    return ("accepted", "") if own else ("held", "visit_other_device")


def walking_key(label: str) -> list[tuple[int, int, str]]:
    """Sorts doors as they are walked: building, stair, floor, room. ``3-2-501`` before
    ``3-2-1201``, ``3-2`` before ``10-1``; letters after figures."""
    parts = re.findall(r"\d+|[^\d\s_\-–—]+", label)
    return [(0, int(p), "") if p.isdecimal() else (1, 0, p) for p in parts]
