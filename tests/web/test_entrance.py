"""Log-in (`muster.web.accounts`), personas of the demo (`muster.web.demo_urls`), and the second
factor of managers (`muster.web.entrance`)."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from muster.apps.audit.actions import as_system
from muster.apps.people.actions import create_account, grant_role
from muster.kernel import clock
from tests.support.city import HERE, SmallCity
from tests.web.desk.conftest import log_in


@pytest.fixture
def persona(city: SmallCity) -> str:
    with as_system("test"):
        made = create_account(
            username="demo-secretary", display_name="社区书记", area=HERE, persona="secretary"
        )
        grant_role(account=made.id, role="community_secretary", places=(HERE, HERE))
    return "secretary"


def test_log_in_with_a_password(city: SmallCity) -> None:
    client = Client()
    page = client.get(reverse("account_login"))
    assert page.status_code == 200
    assert "登录" in page.content.decode()
    answer = client.post(
        reverse("account_login"), {"login": "secretary", "password": "correct-horse-battery"}
    )
    assert answer.status_code == 302
    assert client.get("/").status_code == 200


def test_wrong_password_is_said_plainly(city: SmallCity) -> None:
    answer = Client().post(reverse("account_login"), {"login": "secretary", "password": "no"})
    assert answer.status_code in (200, 400, 403, 422)
    assert "alert-danger" in answer.content.decode()


def test_persona_is_one_click(persona: str) -> None:
    client = Client()
    assert "社区书记" in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("demo-enter", args=[persona])).status_code == 302
    assert client.get("/").status_code == 200


def test_personas_are_not_offered_outside_the_demo(persona: str, settings: Any) -> None:
    settings.MUSTER_DEMO = False
    client = Client()
    assert "社区书记" not in client.get(reverse("account_login")).content.decode()
    assert client.post(reverse("demo-enter", args=[persona])).status_code == 404


def test_manager_must_set_up_a_second_factor(city: SmallCity, settings: Any) -> None:
    settings.MUSTER_DEMO = False
    client = log_in("secretary")
    for name in ("desk-today", "desk-people", "desk-bulletins"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert answer["Location"] == reverse("mfa_activate_totp")


def test_manager_with_a_second_factor_goes_on(city: SmallCity, settings: Any) -> None:
    from allauth.mfa.models import Authenticator
    from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

    from muster.apps.people.models import Account

    settings.MUSTER_DEMO = False
    with as_system("test"):
        TOTP.activate(Account.objects.get(username="secretary"), generate_totp_secret())
        assert Authenticator.objects.count() == 1
    client = log_in("secretary")
    assert client.get(reverse("desk-people")).status_code == 200
    assert client.get(reverse("mfa_index")).status_code == 200


def test_set_up_page_opens(city: SmallCity, settings: Any) -> None:
    settings.MUSTER_DEMO = False
    client = Client()
    client.post(
        reverse("account_login"), {"login": "secretary", "password": "correct-horse-battery"}
    )
    page = client.get(reverse("mfa_activate_totp"), follow=True)
    if "reauthenticate" in page.request["PATH_INFO"]:
        page = client.post(
            page.request["PATH_INFO"] + "?" + page.request["QUERY_STRING"],
            {"password": "correct-horse-battery"},
            follow=True,
        )
    assert page.status_code == 200
    assert "data:image/svg" in page.content.decode()


def test_contact_of_a_body_needs_none(city: SmallCity, settings: Any) -> None:
    settings.MUSTER_DEMO = False
    assert log_in("contact").get(reverse("desk-call")).status_code == 200


def test_account_that_ran_out_is_nobody(city: SmallCity) -> None:
    from muster.apps.people.models import Account

    client = log_in("secretary")
    with as_system("test"):
        Account.objects.filter(username="secretary").update(
            expires_at=clock.now() - timedelta(minutes=1)
        )
    assert client.get(reverse("desk-people")).status_code in (302, 403)


def test_nobody_signs_himself_up(city: SmallCity) -> None:
    page = Client().get(reverse("account_signup"))
    assert "password1" not in page.content.decode()
