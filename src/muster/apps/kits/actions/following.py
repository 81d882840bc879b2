"""What follows from a word of a phone: an issue and its line in the ledger, a result and its
re-test; and the way back."""

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from muster.apps.kits.actions.issues import bring_back, insert_issue, standing_issue
from muster.apps.kits.actions.results import NewResult, keep_result
from muster.apps.kits.actions.stock import hand_out, hand_out_again, take_back
from muster.apps.kits.errors import (
    AlreadyIssued,
    IssueNotFound,
    NobodyLivesHere,
    ResultDayUnknown,
    ResultStands,
    SeriesClosed,
    StoreNotFound,
)
from muster.apps.kits.models import KitFollowUp, KitIssue, KitResult, KitWord
from muster.apps.kits.queries.doors import residents_behind
from muster.apps.kits.queries.phones import names_of_senders
from muster.apps.kits.queries.series import facts_of
from muster.kernel import clock
from muster.kernel.errors import Conflict, Invalid, MusterError, NotFound
from muster.protocols.kit_words import Kind
from muster.protocols.kits import WHOLE, SeriesFacts, kits_due

TOLD = ("minutes", "store")
"""Fields of an error that its receipt tells."""


def one_at_a_time(series: UUID) -> None:
    """Words of a series are taken one batch after the other, until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [series.int % 2**63])


def follow(word: KitWord) -> None:
    """Do what an issue or a result says, and write into the word what became of it: flagged where
    something speaks against it, held where nothing could follow. The word is not saved."""
    try:
        with transaction.atomic():
            (_issue if word.kind == Kind.ISSUE else _result)(word)
    except ResultStands as error:
        _told(word, KitWord.State.FLAGGED, error)
    except (Conflict, Invalid, NotFound) as error:
        _told(word, KitWord.State.HELD, error)


def undo_word(undo: KitWord, word: KitWord) -> None:
    """Take a word back: of what follows from it nothing is left, except lines in the ledger. Where
    that cannot be, the undo is held. The undo is not saved."""
    if word.taken_back_at is not None:
        return
    try:
        with transaction.atomic():
            if word.state in (KitWord.State.ACCEPTED, KitWord.State.FLAGGED):
                (_issue_back if word.kind == Kind.ISSUE else _result_back)(word)
            word.taken_back_at = clock.now()
            word.save(update_fields=["taken_back_at"])
    except (Conflict, Invalid, NotFound) as error:
        _told(undo, KitWord.State.HELD, error)


def _told(word: KitWord, state: KitWord.State, error: MusterError) -> None:
    word.state, word.code = state, error.code
    word.data = {k: v for k, v in error.data.items() if k in TOLD}


def flag(word: KitWord, code: str, **data: Any) -> None:
    """What the word says is done, and something speaks against it."""
    word.state, word.code, word.data = KitWord.State.FLAGGED, code, data


def _issue(word: KitWord) -> None:
    """The kits of a word are out of the store: as the door's issue, or as a second one's."""
    facts = facts_of(word.series)
    people = _checked(word, facts)
    made = _first(word, people)
    if made is None:
        _second(word)
        return
    hand_out(made, _store(word))
    weigh(word, facts, people)


def weigh(word: KitWord, facts: SeriesFacts, people: int) -> None:
    """Flag an issue that was made where the series is closed, or of another number than due."""
    due = kits_due(facts, people)
    if facts.closed:
        flag(word, SeriesClosed.code)
    elif due != word.kits:
        flag(word, "kits_count_differs", due=due)


def _checked(word: KitWord, facts: SeriesFacts) -> int:
    """How many live behind the door; what the word covers is written into it."""
    if facts.daily and word.day not in facts.days:
        raise ResultDayUnknown(day=word.day, reason="")
    word.day = facts.issue_day(word.day or WHOLE)
    people = len(residents_behind(word.series, word.door or 0))
    if not people:
        raise NobodyLivesHere(reason="")
    if KitIssue.objects.filter(id=word.id).exists():
        raise IssueNotFound  # the id of somebody else's issue
    return people


def _store(word: KitWord) -> UUID:
    if word.store is None:
        raise StoreNotFound
    return word.store


def _first(word: KitWord, people: int) -> KitIssue | None:
    """The door's issue; None where another stands, also one that was made this moment."""
    door, day = word.door or 0, word.day or WHOLE
    if standing_issue(word.series, door, day) is not None:
        return None
    try:
        return insert_issue(
            word.id, word.series, door, day, people=people, kits=word.kits or 0, by=word.by
        )
    except AlreadyIssued:
        return None


def _second(word: KitWord) -> None:
    """A second lot lies at the door: the phone is told who was faster, and when."""
    given = standing_issue(word.series, word.door or 0, word.day or WHOLE)
    if given is None:
        raise NobodyLivesHere(reason="")
    hand_out_again(given, store=_store(word), kits=word.kits or 0, word=word.id)
    tell_second(word, given, names_of_senders([given.by]))


def tell_second(word: KitWord, given: KitIssue, names: dict[str, str]) -> None:
    """Flag a second lot: by whom the `given` one was, and when."""
    by = names.get(given.by, "")
    flag(word, AlreadyIssued.code, by=by, at=given.at.isoformat())


def _issue_back(word: KitWord) -> None:
    issue = KitIssue.objects.select_for_update().filter(id=word.id).first()
    if issue is None:
        take_back(word.id)
    else:
        bring_back(issue)


def _result(word: KitWord) -> None:
    """What a kit showed is the person's result of the day. The word remembers what it replaced."""
    if word.person is None or word.day is None:
        raise NobodyLivesHere(reason="")
    old = _result_of(word)
    new = NewResult(
        id=word.id,
        series=word.series_id,
        person=word.person,
        door=word.door or 0,
        day=word.day,
        value=word.value,
    )
    kept = keep_result(word.series, new, KitResult.Source.DOOR)
    if old is None:
        word.before = {"kept_at": kept.at.isoformat(), "value": ""}
    elif old.value != kept.value:
        word.before = {
            "kept_at": kept.at.isoformat(),
            "value": old.value,
            "source": old.source,
            "by": old.by,
            "at": old.at.isoformat(),
        }


def _result_of(word: KitWord) -> KitResult | None:
    """Locked: the household may send another one at this moment."""
    found = KitResult.objects.select_for_update().filter(series=word.series_id)
    return found.filter(person=word.person, day=word.day or 0).first()


def _result_back(word: KitWord) -> None:
    """What was there before stands again, unless somebody has said more since. A positive one is
    settled by the re-test alone. Raises `ResultStands`."""
    now = _result_of(word)
    if now is None or now.at.isoformat() != word.before.get("kept_at"):
        return
    if KitFollowUp.objects.filter(result=now).exists():
        raise ResultStands(reason="")
    if not word.before["value"]:
        now.delete()
        return
    now.value, now.source, now.by = (word.before[k] for k in ("value", "source", "by"))
    now.at = datetime.fromisoformat(word.before["at"])
    now.save(update_fields=["value", "source", "by", "at"])
