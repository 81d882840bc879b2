"""Kits in a stairwell without network: kept on the phone, sent once when there is network."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page

from muster.apps.audit.actions import act_as
from muster.apps.kits.models import KitIssue, KitResult
from tests.flows.conftest import PHONE, Open, Server

pytestmark = pytest.mark.browser


def test_no_network_in_the_stairs(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None]
) -> None:
    city = server[1]
    page = open_page("secretary", PHONE)
    page.goto(f"{reverse('kit-walk')}?at={city.places['U211']}")
    unsent = page.locator("[data-unsent]")
    assert unsent.is_hidden()
    door = page.locator("section").filter(has=page.get_by_role("heading", name="1-1-101"))
    page.context.set_offline(True)
    door.get_by_role("button", name="发放 10 份").click()
    door.get_by_role("button", name="阴性").first.click()
    unsent.get_by_text("2").wait_for()
    shoot(page, "kit-walk-unsent-phone")
    with act_as(city.secretary):
        assert not KitIssue.objects.filter(door=city.places["D2111"]).exists()
    page.context.set_offline(False)
    door.get_by_text("已发 10 份").wait_for()
    page.wait_for_function("document.querySelector('[data-unsent]').hidden")
    page.get_by_text("已发放 10 份").wait_for()
    with act_as(city.secretary):
        assert KitIssue.objects.filter(door=city.places["D2111"]).count() == 1
        assert KitResult.objects.get(door=city.places["D2111"]).value == "negative"


def test_with_network_it_goes_at_once(open_page: Open, server: Server) -> None:
    city = server[1]
    page = open_page("secretary", PHONE)
    page.goto(f"{reverse('kit-walk')}?at={city.places['D2112']}")
    page.get_by_role("button", name="发放 10 份").click()
    page.get_by_text("已发 10 份").wait_for()
    page.on("dialog", lambda question: question.accept())
    page.get_by_role("button", name="撤回").click()
    page.get_by_text("可以重新发放").wait_for()
    page.get_by_role("button", name="发放 10 份").wait_for()
