"""The public sign-up page and the pass: what was typed is kept when it is refused."""

from datetime import timedelta

import pytest
from django.test import Client

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import close_call, signup_link
from muster.apps.calls.models import Call, SignUp
from muster.apps.people.actions import make_surge_pass
from muster.apps.people.models import Account
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call


@pytest.fixture
def call(city: SmallCity) -> Call:
    return a_call(city, order=2)


@pytest.fixture
def page(call: Call) -> str:
    return f"/s/{signup_link(call=call.id, area=HERE)}/"


def test_the_page_offers_what_asks_no_qualification(page: str) -> None:
    answer = Client().get(page)
    body = answer.content.decode()
    assert answer.status_code == 200
    assert "动员令" in body
    assert 'value="order"' in body
    assert 'value="sampler"' not in body


def test_signed_up_one_is_known_on_this_phone(city: SmallCity, page: str) -> None:
    phone = Client()
    form = {"name": " 赵四 ", "phone": "139 0001 0001", "roles": ["order"], "parts": ["evening"],
            "party_member": "on", "note": "会开车"}  # fmt: skip
    for _ in range(2):
        answer = phone.post(page + "?from=qr", form)
        assert (answer.status_code, answer["Location"]) == (302, "/me/")
    with act_as(city.secretary):
        signup = SignUp.objects.select_related("person").get()
        assert (signup.person.name, signup.role, signup.source) == ("赵四", "order", "qr")
        assert (signup.note, signup.availability) == ("会开车", [{"days": [], "part": "evening"}])
        assert signup.person.party_member is True
    assert "赵四" in phone.get("/me/").content.decode()


def test_a_resident_is_recognised_by_the_door_in_any_spelling(city: SmallCity, page: str) -> None:
    form = {"name": "李二", "phone": "13911112222", "door": "1号楼1单元101室"}
    Client().post(page, form)
    with act_as(city.secretary):
        assert SignUp.objects.get().person_id == city.residents[1]


@pytest.mark.parametrize(
    ("field", "value"), [("phone", "12345"), ("phone", ""), ("name", ""), ("roles", "captain")]
)
def test_what_was_typed_is_kept_when_it_is_refused(
    city: SmallCity, page: str, field: str, value: str
) -> None:
    form = {"name": "赵四", "phone": "13900010001", "note": "会开车", "roles": "guide"}
    answer = Client().post(page, form | {field: value})
    body = answer.content.decode()
    assert answer.status_code == 422
    assert 'role="alert"' in body
    assert 'value="会开车"' in body
    assert ('value="赵四"' in body) == (field != "name")
    if field != "roles":
        assert 'value="guide" id="role-guide" checked' in body
    with act_as(city.secretary):
        assert not SignUp.objects.exists()


def test_a_tampered_link_and_a_closed_call_are_said(city: SmallCity, page: str, call: Call) -> None:
    assert Client().get(page.replace(str(HERE), str(HERE + 1))).status_code == 422
    with act_as(city.headquarters):
        close_call(call=call.id)
    answer = Client().post(page, {"name": "赵四", "phone": "13900010001"})
    assert answer.status_code == 409


def test_a_pass_opens_one_account_and_is_spent(city: SmallCity) -> None:
    with act_as(city.secretary):
        token = make_surge_pass(role="recorder", area=HERE, uses=1, valid=timedelta(hours=1))
    phone = Client()
    assert phone.get(f"/pass/{token}/").status_code == 200
    assert phone.post(f"/pass/{token}/", {"name": "小王"}).status_code == 302
    with as_system("look"):
        account = Account.objects.get(display_name="小王")
    assert str(account.pk) == phone.session["_auth_user_id"]
    assert Client().post(f"/pass/{token}/", {"name": "小李"}).status_code == 409
    with as_system("look"):
        assert not Account.objects.filter(display_name="小李").exists()
