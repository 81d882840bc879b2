"""muster.apps.screening.queries.tallies: a city added up, rounds beside each other."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import close_round, record_batch, refresh_tally
from muster.apps.screening.queries.tallies import standings, step_below, tallies_of
from tests.support.city import CITY, HERE, STREET, OpenRound, SmallCity, open_small_round
from tests.support.records import round_, tube_of

__all__ = ["round_"]


@pytest.mark.parametrize(
    ("low", "high", "step"),
    [
        (140100000000, 140199999999, 1_000_000),
        (140105000000, 140105999999, 1_000),
        (140105007000, 140105007999, 1),
        (140105007001, 140105007001, 1),
    ],
)
def test_one_level_below(low: int, high: int, step: int) -> None:
    assert step_below(low, high) == step


def test_the_newest_round_counts_and_the_one_before_is_beside_it(
    city: SmallCity, round_: OpenRound
) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:10]))
    with act_as(city.secretary):
        close_round(round_id=round_.id)
        second = open_small_round(city)
    record_batch(token=second.tokens[0], records=tube_of(city.residents[:8]))
    with act_as(city.secretary):
        for each in (round_.id, second.id):
            refresh_tally(round_id=each)
        assert [t.round_id for t in tallies_of([round_.id, second.id])] == [second.id, round_.id]
    with act_as(city.headquarters):
        for low, high, area in (
            (CITY, CITY + 99_999_999, 140105000000),
            (140105000000, 140105999999, STREET),
            (STREET, STREET + 999, HERE),
        ):
            (found,) = standings(low=low, high=high)
            assert (found.area, found.communities) == (area, 1)
            assert found.place is not None
            assert found.place.code == area
            assert (found.tested, found.residents, found.missing) == (8, 48, 40)
            assert found.before == pytest.approx(100 * 10 / 48)
            assert found.change == pytest.approx(100 * (8 - 10) / 48)
        assert standings(low=HERE + 1, high=HERE + 1) == []
