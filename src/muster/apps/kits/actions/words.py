"""Take what a phone said of kits at doors: exactly once, in any order, one receipt a word.

A word says what was done: kits were handed out, a kit showed something. The ledger follows it, also
where another pair was faster. A revoked phone's words are held: kept, and nothing follows.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.kits.actions.following import follow, one_at_a_time, undo_word
from muster.apps.kits.models import KitPhone, KitWord
from muster.apps.kits.queries.phones import kit_phone_at_work
from muster.apps.kits.queries.words import homes_of
from muster.apps.people.queries.phones import is_over
from muster.kernel import clock
from muster.protocols.kit_words import Kind, WordFact, judge_word


@dataclass(frozen=True, slots=True)
class SentKitWord:
    """What a phone says. An issue: `door`, `day` (what it covers, 0 the whole series), `kits`,
    `store`. A result: `door`, `person`, `day`, `value`. An undo: `undoes`."""

    id: UUID
    kind: str
    made_at: datetime
    door: int | None = None
    day: int | None = None
    kits: int | None = None
    store: UUID | None = None
    person: UUID | None = None
    value: str = ""
    undoes: UUID | None = None


@dataclass(frozen=True, slots=True)
class KitReceipt:
    """What became of a word. `data`: who was faster (`by`) and when (`at`), how many are `due`,
    after how many `minutes` it was too late."""

    id: UUID
    state: str
    code: str
    received_at: datetime
    data: Mapping[str, Any]


def take_kit_words(*, token: str, words: Sequence[SentKitWord]) -> list[KitReceipt]:
    """Receipts in the order of `words`. Raises `DeviceRefused`: no phone of a series."""
    with kit_phone_at_work(token, late=True) as phone:
        one_at_a_time(phone.series_id)
        known = _receipts(phone, [w.id for w in words])
        fresh = sorted({w.id: w for w in words if w.id not in known}.values(), key=lambda w: w.id)
        if fresh:
            known |= _take(phone, fresh)
        return [known[w.id] for w in words]


def _receipts(phone: KitPhone, ids: Iterable[UUID]) -> dict[UUID, KitReceipt]:
    return {w.id: _receipt(w) for w in phone.series.words.filter(id__in=list(ids))}


def _receipt(word: KitWord) -> KitReceipt:
    return KitReceipt(word.id, word.state, word.code, word.received_at, word.data)


def _take(phone: KitPhone, fresh: Sequence[SentKitWord]) -> dict[UUID, KitReceipt]:
    over, now = is_over(phone), clock.now()
    homes = homes_of({w.person for w in fresh if w.person is not None})
    undone = _undone(phone, fresh, over=over)
    rows = []
    for sent in fresh:
        row = _row(phone, sent, now)
        before = _before(phone, row)
        fact = WordFact(
            kind=sent.kind,
            revoked=over,
            community=phone.area,
            home=homes.get(sent.person) if sent.person else None,
            own=None if before is None else before.phone == phone.id,
        )
        row.state, row.code = judge_word(fact)
        if row.state == KitWord.State.ACCEPTED:
            _do(row, before, taken_back=row.id in undone)
        row.save(force_insert=True)
        if row.kind != Kind.UNDO:
            _arrived(row)
        rows.append(row)
    counts = Counter(f"{r.kind} {r.state}" for r in rows)
    write_line(
        action="kit_words_taken", area=phone.area, subject=phone.series_id, words=dict(counts)
    )
    return {r.id: _receipt(r) for r in rows}


def _row(phone: KitPhone, sent: SentKitWord, now: datetime) -> KitWord:
    return KitWord(
        id=sent.id,
        series=phone.series,
        area=phone.area,
        phone=phone.id,
        by=current_actor().name,
        kind=sent.kind,
        door=sent.door,
        day=sent.day,
        kits=sent.kits,
        store=sent.store,
        person=sent.person,
        value=sent.value,
        undoes=sent.undoes,
        made_at=sent.made_at,
        received_at=now,
    )


def _undone(phone: KitPhone, fresh: Sequence[SentKitWord], *, over: bool) -> set[UUID]:
    """Words that arrive together with their own undoing, or after it: what they say has been mended
    before anybody knew of it, so nothing is done. A revoked phone mends nothing."""
    together = set() if over else {w.undoes for w in fresh if w.undoes is not None}
    waiting = phone.series.words.filter(
        phone=phone.id,
        undoes__in=[w.id for w in fresh],
        state=KitWord.State.WAITING,
        settled_at=None,
    )
    return together | {u for u in waiting.values_list("undoes", flat=True) if u is not None}


def _before(phone: KitPhone, row: KitWord) -> KitWord | None:
    """The word that an undo takes back."""
    if row.undoes is None:
        return None
    return phone.series.words.select_for_update().filter(id=row.undoes).first()


def _do(row: KitWord, before: KitWord | None, *, taken_back: bool) -> None:
    if before is not None:
        undo_word(row, before)
    elif taken_back:
        row.taken_back_at = row.received_at
    else:
        follow(row)


def _arrived(word: KitWord) -> None:
    """The undoing that overtook this word is done with; another phone's is held."""
    waiting = KitWord.objects.filter(
        series=word.series_id, undoes=word.id, state=KitWord.State.WAITING, settled_at=None
    )
    for undo in waiting:
        own = undo.phone == word.phone
        undo.state, undo.code = judge_word(WordFact(kind=Kind.UNDO, own=own))
        undo.save(update_fields=["state", "code"])
