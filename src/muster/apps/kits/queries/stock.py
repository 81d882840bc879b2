"""What is in the stores: the sum of what moved."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import QuerySet, Sum

from muster.apps.kits.errors import StoreNotFound
from muster.apps.kits.models import StockMovement, Store
from muster.protocols.kits import LotBalance


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left of one lot in one store; below zero until somebody counts."""

    store: UUID
    store_name: str
    lot: UUID
    code: str
    expires_on: date
    balance: int


def balances_within(*, low: int, high: int, store: UUID | None = None) -> list[Balance]:
    """Every lot that was ever in a store, by store and date of expiry."""
    rows = StockMovement.objects.filter(area__range=(low, high))
    if store is not None:
        rows = rows.filter(store_id=store)
    return [
        Balance(*row)
        for row in rows.values_list(
            "store_id", "store__name", "lot_id", "lot__code", "lot__expires_on"
        )
        .annotate(balance=Sum("quantity"))
        .order_by("store__name", "lot__expires_on", "lot__code")
    ]


def lots_in(store: Store) -> list[LotBalance[UUID]]:
    """The lots of a store as the rules see them."""
    found = balances_within(low=store.area, high=store.area, store=store.id)
    return [LotBalance(b.lot, b.expires_on, b.balance) for b in found]


def store_of(store: UUID) -> Store:
    """One store. Raises `StoreNotFound`."""
    found = Store.objects.filter(id=store).first()
    if found is None:
        raise StoreNotFound
    return found


def stores_of(area: int) -> list[Store]:
    """The stores of a community by name."""
    return list(Store.objects.filter(area=area).order_by("name"))


def movements_within(*, low: int, high: int) -> QuerySet[StockMovement]:
    """The ledger, the newest line first."""
    found = StockMovement.objects.filter(area__range=(low, high))
    return found.select_related("store", "lot", "issue__door").order_by("-at", "-id")


def usable(balances: Sequence[Balance], today: date) -> int:
    """Kits that may still be handed out."""
    return sum(b.balance for b in balances if b.expires_on >= today)
