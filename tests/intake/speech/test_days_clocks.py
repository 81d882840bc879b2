"""Days and clock times by themselves: muster.intake.speech.days, muster.intake.speech.clocks."""

import re

import pytest

from muster.intake.speech.clocks import CLOCK, SPAN, read_clock, read_short_span, read_span
from muster.intake.speech.days import DAY, read_days


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("周一三五", "mon wed fri"),
        ("周一到周三", "mon tue wed"),
        ("周六至周一", "mon sat sun"),
        ("除周三", "mon tue thu fri sat sun"),
        ("除周末", "mon tue wed thu fri"),
        ("4月12日", "04-12"),
        ("十二月三日", "12-03"),
        ("后天", "day_after"),
        ("礼拜天", "sun"),
    ],
)
def test_days(text: str, days: str) -> None:
    match = re.match(DAY, text)
    assert match
    assert match[0] == text
    assert read_days(text) == tuple(days.split())


@pytest.mark.parametrize(
    ("text", "hours"),
    [("8点半", ("08:30", None)), ("晚8点前", (None, "20:00")), ("十点一刻", ("10:15", None))],
)
def test_clock(text: str, hours: tuple[str | None, str | None]) -> None:
    match = re.match(CLOCK, text)
    assert match
    assert read_clock(match) == hours


def test_spans() -> None:
    long = re.match(SPAN, "下午2点到5点")
    short = re.match(SPAN, "早8晚6")
    assert long
    assert short
    assert read_span(long) == ("14:00", "17:00")
    assert read_short_span(short) == ("08:00", "18:00")
