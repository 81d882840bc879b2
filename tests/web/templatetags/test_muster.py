"""What templates show: masked, local, in the reader's language (muster.web.templatetags.words)."""

from datetime import UTC, datetime

import pytest
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation

from muster.kernel.ids import new_id
from muster.web.templatetags import muster, words


@pytest.mark.parametrize(
    ("number", "shown"), [("13812340003", "138****0003"), ("", "—"), ("123", "—")]
)
def test_a_phone_is_masked(number: str, shown: str) -> None:
    assert muster.phone_masked(number) == shown


def test_names_in_the_readers_language() -> None:
    with translation.override("zh-hans"):
        assert (muster.role_name("recorder"), muster.level_name("lockdown")) == (
            "信息录入员", "封控区",
        )  # fmt: skip
    with translation.override("en"):
        assert muster.role_name("recorder") == "Information recorder"
        assert muster.localised("晨光社区", "") == "晨光社区"
        assert words.status_name("away") == "away"
    assert (muster.role_name("captain"), muster.level_name("")) == ("captain", "—")


def test_local_time_and_rounding_down() -> None:
    assert muster.clock(None) == "—"
    assert muster.clock(datetime(2022, 4, 3, 10, 30, tzinfo=UTC)) == "04-03 18:30"
    assert [muster.percent_of(*x) for x in ((999, 1000), (1000, 1000), (0, 0))] == [99, 100, 100]


def test_codes_as_words() -> None:
    with translation.override("en"):
        assert words.record_code("tube_full").startswith("This tube is full")
        assert words.record_code("made_up") == "Held for the desk."
        assert words.day_part("am") == "morning"
    assert words.nth(["a", "b"], 1) == "b"


def test_addresses_of_many_things_are_those_of_the_router() -> None:
    for name in ("desk-post-led", "desk-board-change", "desk-person"):
        for _ in range(2):
            id_ = new_id()
            assert muster.at(name, id_) == reverse(name, args=[id_])
    request = RequestFactory().get("/", {"place": "140105007001"})
    found = muster.to({"request": request}, "desk-person", id_)
    assert found == f"{reverse('desk-person', args=[id_])}?place=140105007001"
    assert muster.to({"request": request}, "desk-board").startswith("/board/?place=")
