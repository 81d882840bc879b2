"""muster.apps.screening.actions.tallies: a round counted, when it is due."""

from datetime import timedelta

from muster.apps.audit.actions import act_as, as_system
from muster.apps.screening.actions import close_round, record_batch, refresh_tallies, refresh_tally
from muster.kernel import clock
from tests.support.city import OpenRound, SmallCity
from tests.support.records import record, round_, tube_of

__all__ = ["round_"]


def test_people_tubes_and_samples_are_three_things(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:10]))
    record_batch(token=round_.tokens[1], records=[record(city.residents[0], "LC0000000002")])
    with act_as(city.secretary):
        tally = refresh_tally(round_id=round_.id)
    assert (tally.tested, tally.tubes, tally.samples) == (10, 2, 11)
    assert (tally.residents, tally.missing) == (48, 38)


def test_a_round_is_counted_when_its_tally_is_old(city: SmallCity, round_: OpenRound) -> None:
    with as_system("test"):
        assert refresh_tallies() == 1
        assert refresh_tallies() == 0
        with clock.travel(clock.now() + timedelta(minutes=2)):
            assert refresh_tallies() == 1


def test_a_closed_round_is_counted_for_a_day(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        close_round(round_id=round_.id)
    with as_system("test"):
        refresh_tallies()
        with clock.travel(clock.now() + timedelta(hours=23)):
            assert refresh_tallies() == 1
        with clock.travel(clock.now() + timedelta(hours=25)):
            assert refresh_tallies() == 0
