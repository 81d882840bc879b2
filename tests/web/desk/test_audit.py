"""`muster.web.desk.audit` for the auditor; `muster.web.desk.page`: what stays undone."""

import pytest
from django.urls import reverse

from muster.apps.audit.actions import as_system
from muster.apps.people.actions import create_account, grant_role
from tests.support.city import CITY
from tests.web.desk.conftest import Enter, log_in
from tests.web.desk.test_writes import shown


@pytest.fixture
def auditor(enter: Enter) -> str:
    with as_system("test"):
        made = create_account(username="auditor", display_name="审计", area=CITY)
        grant_role(account=made.id, role="auditor")
    return "auditor"


def test_auditor_lands_on_the_audit(auditor: str) -> None:
    client = log_in(auditor)
    page = client.get("/", follow=True)
    assert page.status_code == 200
    text = shown(client.get(reverse("desk-audit")))
    assert "发布动员令" in text


def test_auditor_verifies_the_chain(auditor: str) -> None:
    text = shown(log_in(auditor).post(reverse("desk-audit")))
    assert "全部与当初写下的一致" in text


def test_auditor_sees_nobody(auditor: str) -> None:
    assert log_in(auditor).get(reverse("desk-people")).status_code == 403
