"""muster.web.hours_words: own hours as people read them."""

import pytest
from django.utils.translation import override

from muster.apps.rosters.queries.hours import DAY, Window
from muster.web.hours_words import hours_said


@pytest.mark.parametrize(
    ("window", "words"),
    [
        (Window(0b11, 510, 720), "周一、周二 08:30–12:00"),
        (Window(0b1111111, 0, DAY), "每天 00:00–24:00"),
        (Window(0b1000000, 20 * 60, 30 * 60), "周日 20:00–次日06:00"),
    ],
)
def test_said_in_words(window: Window, words: str) -> None:
    with override("zh-hans"):
        assert hours_said(window) == words
