"""`muster.apps.screening.queries.keys`: what a key is good for, by its dates."""

from datetime import timedelta

import pytest

from muster.apps.screening.queries.keys import Key
from muster.kernel import clock

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("retired", "until", "state"),
    [(False, None, "signs"), (True, HOUR, "believed"), (True, -HOUR, "refused"),
     (True, None, "refused")],
)  # fmt: skip
def test_states(retired: bool, until: timedelta | None, state: str) -> None:
    now = clock.now()
    key = Key(7, now, now if retired else None, now + until if until is not None else None)
    assert key.state == state
    assert ("until" in key.line) == (until is not None)
