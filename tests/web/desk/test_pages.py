"""Every desk page opens for whom it is meant, is refused to others, and asks a bounded number of
questions of the database."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.web.desk.conftest import Enter

PAGES = {
    "desk-today": 60,
    "desk-signups": 30,
    "desk-poster": 25,
    "desk-reports": 30,
    "desk-chains": 30,
    "desk-people": 30,
    "desk-imports": 25,
    "desk-board": 35,
    "desk-round": 35,
    "desk-calendar": 25,
    "desk-held": 25,
    "desk-held-changes": 25,
    "desk-settled": 25,
    "desk-results": 25,
    "desk-strays": 25,
    "desk-recalls": 25,
    "desk-coverage": 25,
    "desk-doors": 25,
    "desk-second-calls": 25,
    "desk-zones": 30,
    "desk-bulletins": 20,
    "desk-accounts": 25,
    "desk-bodies": 25,
}
REFUSED_TO_CONTACT = set(PAGES) - {"desk-today", "desk-reports", "desk-bulletins"}


@pytest.mark.parametrize("name", PAGES)
def test_page_opens_for_the_secretary(enter: Enter, name: str) -> None:
    client = enter("secretary")
    with CaptureQueriesContext(connection) as queries:
        response = client.get(reverse(name))
    assert response.status_code == 200, response.content.decode()[:600]
    assert len(queries) <= PAGES[name], len(queries)
    assert "<h1" in response.content.decode()


@pytest.mark.parametrize("name", sorted(REFUSED_TO_CONTACT))
def test_page_is_refused_to_a_body(enter: Enter, name: str) -> None:
    assert enter("contact").get(reverse(name)).status_code == 403


@pytest.mark.parametrize("name", PAGES)
def test_page_asks_for_a_log_in(enter: Enter, name: str) -> None:
    from django.test import Client

    response = Client().get(reverse(name))
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


@pytest.mark.parametrize("name", PAGES)
def test_other_secretary_sees_nobody_of_here(enter: Enter, name: str) -> None:
    response = enter("other").get(reverse(name))
    assert response.status_code == 200
    text = response.content.decode()
    for secret in ("杨六", "黄七", "赵四", "晨光花园志愿者"):
        assert secret not in text


@pytest.mark.parametrize("name", PAGES)
def test_headquarters_opens_or_is_asked_which_community(enter: Enter, name: str) -> None:
    client = enter("hq")
    assert client.get(reverse(name)).status_code in (200, 403)
    assert client.get(reverse(name), {"place": 140105007001}).status_code in (200, 403)


@pytest.mark.parametrize("name", PAGES)
def test_nobody_looks_into_another_place(enter: Enter, name: str) -> None:
    response = enter("other").get(reverse(name), {"place": 140105007001})
    assert response.status_code == 403
