"""What the desk does for the lane: a code for a phone, sheets of codes, paper for a table."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.flows.conftest import DESK, PHONE, Open, Server
from tests.flows.test_screens import judged

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]
SIZES = {"phone": PHONE, "desk": DESK}


@pytest.mark.parametrize("size", SIZES)
def test_a_phone_is_enrolled_at_the_desk(open_page: Open, shoot: Shoot, size: str) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-round"))
    page.get_by_role("button", name="登记手机").first.click()
    expect(page.locator("#digits")).to_be_visible()
    shoot(page, f"desk-enrol-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_building_is_printed(open_page: Open, shoot: Shoot, size: str) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-codes"))
    page.get_by_role("button", name="1号楼").first.click()
    expect(page.locator(".code-card").first).to_be_visible()
    shoot(page, f"desk-codes-sheet-{size}")
    judged(page)


def test_the_sheets_fit_a4(open_page: Open, shoot: Shoot) -> None:
    page = open_page("secretary", {"width": 718, "height": 1047})  # A4 less 10 mm margins
    page.goto(reverse("desk-codes"))
    page.get_by_role("button", name="1号楼").first.click()
    expect(page.locator(".code-card").first).to_be_visible()
    page.emulate_media(media="print")
    shoot(page, "desk-codes-a4")
    page.emulate_media(media="screen")
    page.goto(reverse("desk-round"))
    page.get_by_role("link", name="纸质单").first.click()
    expect(page.locator(".paper-tube").first).to_be_visible()
    page.emulate_media(media="print")
    shoot(page, "desk-paper-a4")
    assert page.evaluate("document.documentElement.scrollWidth") <= 718


@pytest.mark.parametrize("size", SIZES)
def test_a_sheet_for_a_table(open_page: Open, server: Server, shoot: Shoot, size: str) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-round"))
    page.get_by_role("link", name="纸质单").first.click()
    shoot(page, f"desk-paper-{size}")
    judged(page)
