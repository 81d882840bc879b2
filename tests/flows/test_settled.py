"""A held record is settled in a browser: Enter in the tube's field chooses nobody, the tube goes
along with the person, and the list of what was settled takes it back on a phone."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import as_system
from muster.apps.screening.models import Specimen
from tests.flows.conftest import DESK, PHONE, Open
from tests.flows.test_screens import judged

pytestmark = pytest.mark.browser


def held() -> Specimen:
    with as_system("test"):
        return Specimen.objects.get(tube__in=["bad", "LC0000000077"])


def test_settled_and_taken_back(open_page: Open, shoot: Callable[[Page, str], None]) -> None:
    page = open_page("secretary", DESK)
    page.goto(reverse("desk-held"))
    page.fill("input[name=q]", "黄")
    button = page.get_by_role("button", name="就是此人").first
    expect(button).to_be_visible()
    page.fill("input[name=tube]", "LC0000000077")
    page.press("input[name=tube]", "Enter")
    expect(button).to_be_visible()
    assert held().state == "held", "Enter chose nobody"
    button.click()
    expect(page.get_by_text("最近处理的")).to_be_visible()
    found = held()
    assert (found.state, found.tube) == ("flagged", "LC0000000077"), "recorded before as well"

    phone = open_page("secretary", PHONE)
    phone.goto(reverse("desk-settled"))
    row = phone.locator("li.list-group-item", has_text="LC0000000077")
    expect(row.get_by_text("试管编号格式不对")).to_be_visible()
    judged(phone)
    shoot(phone, "settled-one-phone")
    row.get_by_role("button", name="撤销").click()
    expect(phone.get_by_text("恢复原状")).to_be_visible()
    expect(row.get_by_text("已撤销")).to_be_visible()
    shoot(phone, "settled-undone-phone")
    assert held().state == "held"
