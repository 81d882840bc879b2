"""Words from doors that the desk looks at: done all the same, the kits fetched back, or let be."""

from uuid import UUID

from muster.apps.audit.actions import current_actor, remark, write_line
from muster.apps.kits.actions.following import follow, one_at_a_time, undo_word
from muster.apps.kits.actions.stock import take_back
from muster.apps.kits.errors import AlreadyIssued, KitWordNotFound, KitWordSettled
from muster.apps.kits.models import KitWord
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.kit_words import Kind

SETTLED = ["settled_by", "settled_at"]


def _locked(series: UUID, word: UUID, *, settled: bool = False) -> KitWord:
    """Not done by itself, or done against something. Raises `KitWordNotFound`, `KitWordSettled`,
    `NotAllowed`."""
    one_at_a_time(series)
    found = (
        KitWord.objects.select_related("series")
        .filter(series=series, id=word)
        .exclude(state=KitWord.State.ACCEPTED)
        .first()
    )
    if found is None or found.taken_back_at is not None:
        raise KitWordNotFound
    require(Verb.ISSUE_KITS, place=found.area)
    if found.settled_at is not None and not settled:
        raise KitWordSettled(reason="")
    return found


def apply_kit_word(*, series: UUID, word: UUID) -> KitWord:
    """Do what a held word says, as far as it can be done by now: of a revoked phone, or because the
    roll or the store was mended. What still stands against it stays on the list.

    Raises `KitWordNotFound`, `KitWordSettled`, `NotAllowed`.
    """
    found = _locked(series, word)
    if found.state != KitWord.State.HELD:
        raise KitWordNotFound
    found.state, found.code, found.data = KitWord.State.ACCEPTED, "", {}
    if found.kind != Kind.UNDO:
        follow(found)
    elif (undone := _undone(found)) is not None:
        undo_word(found, undone)
    found.save()
    write_line(action="kit_word_applied", area=found.area, subject=word, state=found.state)
    return found


def _undone(undo: KitWord) -> KitWord | None:
    known = KitWord.objects.filter(series=undo.series_id)
    return known.filter(id=undo.undoes).first() if undo.undoes else None


def fetch_kits_back(*, series: UUID, word: UUID) -> KitWord:
    """The kits of a second pair are back in the store: a return in the ledger.

    Raises `KitWordNotFound`, `KitWordSettled`, `NotAllowed`.
    """
    found = _locked(series, word)
    if found.code != AlreadyIssued.code:
        raise KitWordNotFound
    take_back(found.id)
    found.taken_back_at = clock.now()
    found.save(update_fields=["taken_back_at"])
    write_line(action="kits_taken_back", area=found.area, subject=word, kits=found.kits)
    return found


def dismiss_kit_word(*, series: UUID, word: UUID, reason: str) -> KitWord:
    """Let it be: off the list, on record; nothing more follows from it.

    Raises `KitWordNotFound`, `KitWordSettled`, `NotAllowed`.
    """
    found, said = _locked(series, word), remark(reason)
    found.settled_by, found.settled_at = current_actor().name, clock.now()
    found.save(update_fields=SETTLED)
    write_line(action="kit_word_dismissed", area=found.area, subject=word, reason=said)
    return found


def reopen_kit_word(*, series: UUID, word: UUID) -> KitWord:
    """Undo of a dismissal. Raises `KitWordNotFound`, `NotAllowed`."""
    found = _locked(series, word, settled=True)
    found.settled_by, found.settled_at = "", None
    found.save(update_fields=SETTLED)
    write_line(action="kit_word_reopened", area=found.area, subject=word)
    return found
