"""Kits door by door on the desk's own page, where there is a network."""

import pytest
from django.urls import reverse

from tests.flows.conftest import PHONE, Open, Server

pytestmark = pytest.mark.browser


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
