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
from muster.apps.kits.actions.plain_words import take_plain
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
    rows = [_row(phone, sent, now) for sent in fresh]
    undone, before = _undone(phone, fresh, over=over), _before(phone, rows)
    _judge(phone, rows, before, over=over)
    for row in rows:
        if row.id in undone and not over:
            row.taken_back_at = row.received_at
    inside = {r.id for r in rows}
    doing = [
        r
        for r in rows
        if r.state == KitWord.State.ACCEPTED and r.id not in undone and r.undoes not in inside
    ]
    # What takes an earlier word back comes in its turn, with all that is said of the same door.
    doors = {w.door for w in before.values()}
    plain = [r for r in doing if r.kind != Kind.UNDO and r.door not in doors]
    done = take_plain(phone.series, plain)
    busy = {r.id: r for r in doing if r.id not in done}
    _save(phone, [r for r in rows if r.id not in busy])
    for row in busy.values():
        _do(row, before)
        _save(phone, [row])
    counts = Counter(f"{r.kind} {r.state}" for r in rows)
    write_line(
        action="kit_words_taken", area=phone.area, subject=phone.series_id, words=dict(counts)
    )
    return {r.id: _receipt(r) for r in rows}


def _judge(
    phone: KitPhone, rows: Sequence[KitWord], before: Mapping[UUID, KitWord], *, over: bool
) -> None:
    homes = homes_of({r.person for r in rows if r.person is not None})
    mine = {r.id for r in rows} | {w.id for w in before.values() if w.phone == phone.id}
    known = mine | set(before)
    for row in rows:
        fact = WordFact(
            kind=row.kind,
            revoked=over,
            community=phone.area,
            home=homes.get(row.person) if row.person else None,
            own=row.undoes in mine if row.undoes in known else None,
        )
        row.state, row.code = judge_word(fact)


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


def _before(phone: KitPhone, rows: Sequence[KitWord]) -> dict[UUID, KitWord]:
    """The earlier words that these take back, by their ids; locked."""
    ids = {r.undoes for r in rows if r.undoes is not None}
    found = phone.series.words.select_for_update().filter(id__in=ids).order_by("id") if ids else ()
    return {w.id: w for w in found}


def _do(row: KitWord, before: Mapping[UUID, KitWord]) -> None:
    if row.undoes is None:
        follow(row)
    else:
        undo_word(row, before[row.undoes])


def _save(phone: KitPhone, rows: Sequence[KitWord]) -> None:
    """Keep the words. The undoing that overtook one of them is done with; another phone's is
    held."""
    KitWord.objects.bulk_create(rows)
    ids = [r.id for r in rows if r.kind != Kind.UNDO]
    waiting = phone.series.words.filter(
        undoes__in=ids, state=KitWord.State.WAITING, settled_at=None
    )
    for undo in waiting if ids else ():
        own = undo.phone == phone.id
        undo.state, undo.code = judge_word(WordFact(kind=Kind.UNDO, own=own))
        undo.save(update_fields=["state", "code"])
