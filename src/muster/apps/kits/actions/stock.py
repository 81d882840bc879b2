"""What moves in the stores of kits: a line in the ledger each, never changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import Q, Sum

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.kits.errors import LotDiffers, NothingInStore, StockShort, StoreNotFound
from muster.apps.kits.models import KitIssue, KitWord, Lot, StockMovement, Store
from muster.apps.kits.queries.series import today
from muster.apps.kits.queries.stock import lots_in
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.kernel.errors import Invalid
from muster.protocols.access import Verb
from muster.protocols.kits import missing_by, take

MOST = 1_000_000


class QuantityUnknown(Invalid):
    """{quantity} is no number of kits: it must be from 1 to a million."""

    code = "kit_quantity_unknown"


def receive_kits(
    *, key: UUID, area: int, store: str, lot: str, expires_on: date, quantity: int
) -> StockMovement:
    """Kits came in. The same `key` again is the same movement.

    Raises `QuantityUnknown`, `LotDiffers` (the code is known with another date), `NotAllowed`.
    """
    require(Verb.MANAGE_SUPPLIES, place=area)
    _a_quantity(quantity)
    into, _ = Store.objects.get_or_create(area=area, name=store.strip()[:40] or "—")
    box, _ = Lot.objects.get_or_create(
        area=area, code=lot.strip().upper()[:40] or "—", defaults={"expires_on": expires_on}
    )
    if box.expires_on != expires_on:
        raise LotDiffers(lot=box.code, expires_on=f"{box.expires_on:%Y-%m-%d}", reason="")
    return _book_once(key, _locked(into.id), box, StockMovement.Kind.RECEIVED, quantity)


def book_out(
    *,
    key: UUID,
    store: UUID,
    lot: UUID,
    quantity: int,
    kind: str = StockMovement.Kind.SPOILED,
    note: str = "",
    anyway: bool = False,
) -> StockMovement:
    """Kits are spoiled (or handed back from a door to the store: `kind` ``returned``, inwards).

    Below zero only where `anyway` says so. Raises `StockShort`, `StoreNotFound`,
    `QuantityUnknown`, `NotAllowed`.
    """
    into = _locked(store)
    require(Verb.MANAGE_SUPPLIES, place=into.area)
    _a_quantity(quantity)
    moved = quantity if kind == StockMovement.Kind.RETURNED else -quantity
    return _book_once(
        key, into, _lot_of(into, lot), StockMovement.Kind(kind), moved, note=note, anyway=anyway
    )


def count_lot(
    *, key: UUID, store: UUID, lot: UUID, counted: int, note: str = ""
) -> StockMovement | None:
    """So many were counted: the difference is booked; None where there is none.

    Raises `StoreNotFound`, `QuantityUnknown`, `NotAllowed`.
    """
    into = _locked(store)
    require(Verb.MANAGE_SUPPLIES, place=into.area)
    if not 0 <= counted <= MOST:
        raise QuantityUnknown(quantity=counted, reason="")
    box = _lot_of(into, lot)
    off = counted - _balance(into, box)
    known = StockMovement.objects.filter(id=key).first()
    if known is not None or not off:
        return known
    return _book_once(key, into, box, StockMovement.Kind.COUNTED, off, note=note, anyway=True)


def hand_out(issue: KitIssue, store: UUID) -> int:
    """Book the kits of an issue out of a store, the lot that expires first goes first; how many
    were not there by the ledger. What was in the hand is booked all the same, and said.

    Raises `NothingInStore`, `StoreNotFound`.
    """
    return _book_from(store, issue, issue.kits, StockMovement.Kind.ISSUED)


def hand_out_again(issue: KitIssue, *, store: UUID, kits: int, word: UUID) -> int:
    """A second pair left kits at a door whose `issue` stands: the ledger shows what is gone. As
    `hand_out`."""
    return _book_from(store, issue, kits, StockMovement.Kind.DOUBLE, word=word)


def _book_from(
    store: UUID, issue: KitIssue, kits: int, kind: StockMovement.Kind, *, word: UUID | None = None
) -> int:
    into = _locked(store)
    if into.area != issue.area:
        raise StoreNotFound
    try:
        taking = take(lots_in(into), kits, today=today())
    except ValueError as error:
        raise NothingInStore(store=into.name, reason="") from error
    lots = Lot.objects.in_bulk([lot for lot, _ in taking.parts])
    for lot, quantity in taking.parts:
        _book(into, lots[lot], kind, -quantity, issue=issue, word=word)
    return taking.short


@dataclass(frozen=True, slots=True)
class LotOut:
    """Kits of a phone's `word` that went out for an `issue`: its own, or (``double``) one that the
    door had already."""

    word: KitWord
    issue: KitIssue
    kind: StockMovement.Kind


def book_many(out: Sequence[LotOut]) -> None:
    """As `hand_out` and `hand_out_again`, in this order, of stores that have fit lots: the stores
    are locked one after the other, and asked and written once."""
    if not out:
        return
    area = out[0].issue.area
    ids = {each.word.store for each in out if each.word.store}
    stores = {s.id: s for s in Store.objects.select_for_update().filter(id__in=ids).order_by("id")}
    lots = {id_: lots_in(store) for id_, store in stores.items()}
    rows, on, at, by = [], today(), clock.now(), current_actor().name
    for each in out:
        store = stores[each.word.store or UUID(int=0)]
        taking = take(lots[store.id], each.word.kits or 0, today=on)
        word = each.word.id if each.kind is StockMovement.Kind.DOUBLE else None
        for lot, quantity in taking.parts:
            i, had = next((i, b) for i, b in enumerate(lots[store.id]) if b.lot == lot)
            lots[store.id][i] = replace(had, balance=had.balance - quantity)
            rows.append(
                StockMovement(
                    area=area, store=store, lot_id=lot, kind=each.kind, quantity=-quantity,
                    short=missing_by(had.balance, -quantity), issue=each.issue, word=word,
                    at=at, by=by,
                )
            )  # fmt: skip
    StockMovement.objects.bulk_create(rows)


def take_back(key: UUID) -> None:
    """Book what an issue, or a phone's word at a door that had its kits already, took back into
    where it came from. `key` is the issue's or the word's."""
    kinds = StockMovement.Kind
    mine = Q(issue=key, kind=kinds.ISSUED) | Q(word=key, kind=kinds.DOUBLE)
    out = list(StockMovement.objects.filter(mine).select_related("lot", "issue"))
    for store in sorted({m.store_id for m in out}):
        into = _locked(store)
        for moved in out:
            if moved.store_id == store:
                issue, word = moved.issue, moved.word
                _book(into, moved.lot, kinds.RETURNED, -moved.quantity, issue=issue, word=word)


def _a_quantity(quantity: int) -> None:
    if not 1 <= quantity <= MOST:
        raise QuantityUnknown(quantity=quantity, reason="")


def _locked(store: UUID) -> Store:
    """Balances of a store are read and written by one at a time."""
    found = Store.objects.select_for_update().filter(id=store).first()
    if found is None:
        raise StoreNotFound
    return found


def _lot_of(store: Store, lot: UUID) -> Lot:
    found = Lot.objects.filter(id=lot, area=store.area).first()
    if found is None:
        raise StoreNotFound
    return found


def _balance(store: Store, lot: Lot) -> int:
    moved = StockMovement.objects.filter(store=store, lot=lot)
    return int(moved.aggregate(n=Sum("quantity"))["n"] or 0)


def _book_once(
    id_: UUID,
    store: Store,
    lot: Lot,
    kind: StockMovement.Kind,
    quantity: int,
    *,
    note: str = "",
    anyway: bool = False,
) -> StockMovement:
    known = StockMovement.objects.filter(id=id_).first()
    if known is not None:
        return known
    missing = missing_by(_balance(store, lot), quantity)
    if missing and not anyway:
        raise StockShort(missing=missing, reason="")
    try:
        with transaction.atomic():
            made = _book(store, lot, kind, quantity, id_=id_, note=note)
    except IntegrityError:  # the same form, sent twice at the same moment, for two stores
        return StockMovement.objects.get(id=id_)
    write_line(
        action="kits_moved", area=store.area, subject=made.id, kind=kind.value, quantity=quantity
    )
    return made


def _book(
    store: Store,
    lot: Lot,
    kind: StockMovement.Kind,
    quantity: int,
    *,
    issue: KitIssue | None = None,
    word: UUID | None = None,
    id_: UUID | None = None,
    note: str = "",
) -> StockMovement:
    """One line of the ledger."""
    missing = missing_by(_balance(store, lot), quantity)
    more = {"id": id_} if id_ else {}
    return StockMovement.objects.create(
        area=store.area,
        store=store,
        lot=lot,
        kind=kind,
        quantity=quantity,
        short=missing,
        issue=issue,
        word=word,
        note=note.strip()[:200],
        at=clock.now(),
        by=current_actor().name,
        **more,
    )
