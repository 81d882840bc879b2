"""muster.apps.kits.queries.stock: by store and lot, what expires first on top."""

from datetime import timedelta

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import receive_kits
from muster.apps.kits.queries.series import today
from muster.apps.kits.queries.stock import (
    balances_within,
    lots_in,
    movements_within,
    store_of,
    stores_of,
    usable,
)
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity
from tests.support.kits import Kits, hand, kits

__all__ = ["kits"]


def test_lots_of_one_store_only(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        gate = receive_kits(
            key=new_id(), area=HERE, store="门岗", lot="SOON",
            expires_on=today() + timedelta(days=20), quantity=3,
        )  # fmt: skip
        assert [x.balance for x in lots_in(store_of(gate.store_id))] == [3]
        assert {s.name for s in stores_of(HERE)} == {"居委会仓库", "门岗"}


def test_expired_kits_count_in_the_store_and_not_for_use(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        receive_kits(
            key=new_id(), area=HERE, store="居委会仓库", lot="OLD",
            expires_on=today() - timedelta(days=1), quantity=9,
        )  # fmt: skip
        found = balances_within(low=HERE, high=HERE)
        assert [(b.code, b.balance) for b in found] == [("OLD", 9), ("SOON", 30), ("KEEPS", 500)]
        assert usable(found, today()) == 530


def test_the_ledger_says_for_which_door(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        hand(kits, city.places["D1111"])
        newest, *_ = movements_within(low=HERE, high=HERE)
        assert newest.issue is not None
        assert (newest.issue.door.label, newest.quantity) == ("1-1-101", -10)
