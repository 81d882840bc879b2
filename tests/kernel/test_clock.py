from datetime import UTC, datetime, timedelta

from muster.kernel import clock


def test_travel_moves_the_clock_and_comes_back() -> None:
    dusk = datetime(2022, 4, 3, 10, 30, tzinfo=UTC)
    with clock.travel(dusk):
        assert timedelta(0) <= clock.now() - dusk < timedelta(minutes=1)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(minutes=1)
