"""muster.apps.kits.actions.stock: the ledger and its sum."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.utils import ProgrammingError

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import book_out, count_lot, receive_kits
from muster.apps.kits.actions.stock import QuantityUnknown
from muster.apps.kits.errors import LotDiffers, StockShort, StoreNotFound
from muster.apps.kits.models import StockMovement
from muster.apps.kits.queries.series import today
from muster.apps.kits.queries.stock import (
    balances_within,
    movements_within,
    store_of,
    stores_of,
    usable,
)
from muster.apps.people.errors import NotAllowed
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, SmallCity
from tests.support.kits import Kits, hand, kits

__all__ = ["kits"]


def left(kits: Kits) -> dict[str, int]:
    return {b.code: b.balance for b in balances_within(low=HERE, high=HERE)}


def test_what_is_there_is_the_sum_of_what_moved(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        assert left(kits) == {"SOON": 30, "KEEPS": 500}
        book_out(key=new_id(), store=kits.store, lot=kits.late, quantity=7, note="进水")
        book_out(key=new_id(), store=kits.store, lot=kits.late, quantity=2, kind="returned")
        count_lot(key=new_id(), store=kits.store, lot=kits.soon, counted=28)
        for door in ("D1111", "D1112", "D1113"):
            hand(kits, city.places[door])
        assert left(kits) == {"SOON": 0, "KEEPS": 493}
        assert usable(balances_within(low=HERE, high=HERE), today()) == 493
        kinds = [m.kind for m in movements_within(low=HERE, high=HERE)]
        assert kinds[:4] == ["issued", "issued", "issued", "issued"]
        assert sorted(kinds[4:]) == ["counted", "received", "received", "returned", "spoiled"]


def test_the_same_movement_sent_twice_is_one(city: SmallCity, kits: Kits) -> None:
    key = new_id()
    with act_as(city.secretary):
        for _ in range(2):
            book_out(key=key, store=kits.store, lot=kits.soon, quantity=5)
        again = new_id()
        for _ in range(2):
            count_lot(key=again, store=kits.store, lot=kits.soon, counted=20)
        assert count_lot(key=new_id(), store=kits.store, lot=kits.soon, counted=20) is None
        assert left(kits)["SOON"] == 20
        assert StockMovement.objects.count() == 4


def test_below_zero_only_where_it_is_said(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        with pytest.raises(StockShort) as told:
            book_out(key=new_id(), store=kits.store, lot=kits.soon, quantity=33)
        assert told.value.data["missing"] == 3
        said = book_out(key=new_id(), store=kits.store, lot=kits.soon, quantity=33, anyway=True)
        assert said.short == 3
        assert left(kits)["SOON"] == -3


def test_a_lot_has_one_date_and_a_quantity_is_one(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        with pytest.raises(LotDiffers) as told:
            receive_kits(
                key=new_id(), area=HERE, store="居委会仓库", lot="soon",
                expires_on=today(), quantity=5,
            )  # fmt: skip
        assert told.value.data["expires_on"] == f"{today() + timedelta(days=20):%Y-%m-%d}"
        for quantity in (0, 1_000_001):
            with pytest.raises(QuantityUnknown):
                book_out(key=new_id(), store=kits.store, lot=kits.soon, quantity=quantity)
        with pytest.raises(QuantityUnknown):
            count_lot(key=new_id(), store=kits.store, lot=kits.soon, counted=-1)
        for store, lot in ((new_id(), kits.soon), (kits.store, new_id())):
            with pytest.raises(StoreNotFound):
                book_out(key=new_id(), store=store, lot=lot, quantity=1)


def test_another_community_neither_sees_nor_books(city: SmallCity, kits: Kits) -> None:
    with act_as(city.other_secretary):
        assert stores_of(HERE) == []
        assert balances_within(low=HERE, high=THERE) == []
        with pytest.raises(StoreNotFound):
            store_of(kits.store)
        with pytest.raises(NotAllowed):
            receive_kits(
                key=new_id(), area=HERE, store="x", lot="x", expires_on=today(), quantity=1
            )


@pytest.mark.parametrize(
    "change", ["UPDATE kits_stockmovement SET quantity = 1", "DELETE FROM kits_stockmovement"]
)
def test_the_database_lets_nobody_change_the_ledger(
    city: SmallCity, kits: Kits, change: str
) -> None:
    with (
        pytest.raises(ProgrammingError, match="permission denied"),
        act_as(city.secretary),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
