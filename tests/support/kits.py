"""Kits for the small city: a store with two lots, a series of five days that began yesterday."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import issue_kits, open_series, receive_kits
from muster.apps.kits.actions.issues import Handed
from muster.apps.kits.models import Series
from muster.apps.kits.queries.series import today
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity


@dataclass
class Kits:
    """Keys of what was set up. `soon` is the lot that expires first."""

    series: Series
    store: UUID
    soon: UUID
    late: UUID


def set_up_kits(city: SmallCity, *, kind: str = "five_days", began: int = 1) -> Kits:
    """To be called as the secretary: 30 kits that expire soon, 500 that keep."""
    moved = [
        receive_kits(
            key=new_id(), area=HERE, store="居委会仓库", lot=lot,
            expires_on=today() + timedelta(days=days), quantity=quantity,
        )
        for lot, days, quantity in (("KEEPS", 400, 500), ("SOON", 20, 30))
    ]  # fmt: skip
    series = open_series(
        area=HERE, places=city.estates, kind=kind, starts_on=today() - timedelta(days=began)
    )
    return Kits(series, moved[0].store_id, moved[1].lot_id, moved[0].lot_id)


@pytest.fixture
def kits(city: SmallCity) -> Kits:
    """A series over both estates that began yesterday: today is day 2."""
    with act_as(city.secretary):
        return set_up_kits(city)


def hand(kits: Kits, door: int, day: int = 2, key: UUID | None = None) -> Handed:
    """Hand a door its kits; as whoever acts."""
    return issue_kits(
        key=key or new_id(), series=kits.series.id, door=door, day=day, store=kits.store
    )
