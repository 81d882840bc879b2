"""muster.apps.rosters.queries.hours: which shifts lie within somebody's own hours."""

from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from muster.apps.rosters.queries.hours import DAY, Window

MONDAY, TUESDAY = 1, 2


def at(day: int, hour: float, length: float) -> tuple[datetime, datetime]:
    """A shift of so many hours in the week from Monday, the second of March 2026."""
    start = datetime(2026, 3, 2, tzinfo=timezone.get_default_timezone()) + timedelta(
        days=day, hours=hour
    )
    return start, start + timedelta(hours=length)


@pytest.mark.parametrize(
    ("window", "shift", "held"),
    [
        (Window(MONDAY, 510, 720), at(0, 8.5, 3.5), True),
        (Window(MONDAY, 510, 720), at(0, 8, 4), False),
        (Window(MONDAY, 510, 720), at(0, 9, 3.5), False),
        (Window(MONDAY, 510, 720), at(1, 9, 1), False),
        (Window(MONDAY | TUESDAY, 510, 720), at(1, 9, 1), True),
        (Window(MONDAY, 0, DAY), at(0, 20, 4), True),
        (Window(MONDAY, 0, DAY), at(0, 20, 5), False),
        (Window(MONDAY, 20 * 60, 30 * 60), at(0, 22, 8), True),
        (Window(MONDAY, 20 * 60, 30 * 60), at(1, 1, 5), True),
        (Window(MONDAY, 20 * 60, 30 * 60), at(1, 1, 6), False),
        (Window(1 << 6, 20 * 60, 30 * 60), at(0, 2, 2), True),
    ],
)
def test_a_shift_lies_within_wholly_or_not_at_all(
    window: Window, shift: tuple[datetime, datetime], held: bool
) -> None:
    assert window.holds(*shift) is held
