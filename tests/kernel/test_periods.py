from datetime import UTC, datetime, timedelta

import pytest

from muster.kernel.periods import Period

T = datetime(2022, 4, 3, 18, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_a_period_holds_its_start_and_not_its_end() -> None:
    period = Period(T, T + HOUR)
    assert T in period
    assert T + HOUR not in period
    assert period.duration == HOUR


def test_an_open_period_never_ends() -> None:
    assert T + 1000 * HOUR in Period(T)
    assert Period(T).duration is None


@pytest.mark.parametrize(
    ("a", "b", "shared"),
    [
        (Period(T, T + HOUR), Period(T + HOUR, T + 2 * HOUR), False),
        (Period(T, T + 2 * HOUR), Period(T + HOUR, None), True),
        (Period(T), Period(T - HOUR, T), False),
    ],
)
def test_overlap_is_symmetric(a: Period, b: Period, shared: bool) -> None:
    assert a.overlaps(b) is shared
    assert b.overlaps(a) is shared


def test_an_end_before_the_start_is_refused() -> None:
    with pytest.raises(ValueError, match="before it starts"):
        Period(T, T - HOUR)
