"""muster.apps.kits.actions.series and muster.apps.kits.queries.series."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import close_series, open_series
from muster.apps.kits.errors import SeriesNotFound, SeriesUnknown, SeriesWithoutPlaces
from muster.apps.kits.queries.series import facts_of, rule_of, series_of, series_within, today
from muster.apps.people.errors import NotAllowed
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, SmallCity
from tests.support.kits import Kits, kits

__all__ = ["kits"]


def test_a_series_keeps_the_rules_it_was_opened_under(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        found = series_of(kits.series.id)
        facts = facts_of(found)
        assert (facts.days, facts.daily, facts.closed) == ((1, 2, 3, 4, 5), False, False)
        assert facts.day_on(today()) == 2
        assert rule_of(found).late_hour == 20
        assert found.title == "连续五天，每天一次"


def test_open_ones_come_first(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        later = open_series(
            area=HERE, places=city.estates, kind="once", title="再测一次",
            starts_on=today() + timedelta(days=3),
        )  # fmt: skip
        assert [s.id for s in series_within(low=HERE, high=HERE)] == [later.id, kits.series.id]
        closed = close_series(series=later.id)
        assert close_series(series=later.id).closed_at == closed.closed_at
        assert [s.id for s in series_within(low=HERE, high=HERE)] == [kits.series.id, later.id]
        with pytest.raises(SeriesNotFound):
            close_series(series=new_id())


def test_what_is_refused(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        with pytest.raises(SeriesUnknown):
            open_series(area=HERE, places=city.estates, kind="weekly", starts_on=today())
        for places in ([], [city.places["T"]], [0]):
            with pytest.raises(SeriesWithoutPlaces):
                open_series(area=HERE, places=places, kind="once", starts_on=today())
    with act_as(city.other_secretary):
        assert series_within(low=HERE, high=THERE) == []
        with pytest.raises(NotAllowed):
            open_series(area=HERE, places=city.estates, kind="once", starts_on=today())
