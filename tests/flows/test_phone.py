"""The phone pages as people use them: a neighbour signs up in the stairwell, a resident shows his
code, a pair of volunteers knocks. At phone width, in both languages, axe finds nothing serious."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import as_system
from muster.apps.calls.actions import signup_link
from muster.web.phone.code import code_token
from muster.web.phone.person import personal_token
from tests.flows.conftest import PHONE, Open, Server
from tests.flows.test_screens import judged
from tests.support.city import HERE

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]


def test_a_neighbour_signs_up_and_finds_his_page(
    open_page: Open, server: Server, shoot: Shoot
) -> None:
    with as_system("test"):
        token = signup_link(call=server[2]["call"].id, area=HERE)  # type: ignore[attr-defined]
    page = open_page(None, PHONE)
    page.goto(f"/s/{token}/")
    shoot(page, "phone-signup")
    judged(page)
    page.get_by_label("姓名").fill("钱多多")
    page.get_by_label("手机号").fill("137 0000 1234")
    page.get_by_label("信息录入员").check()
    page.get_by_role("button", name="报名").click()
    expect(page.get_by_role("heading", name="我的班次")).to_be_visible()
    expect(page.get_by_text("已进预备队").or_(page.get_by_text("已录用")).first).to_be_visible()
    shoot(page, "phone-mine")
    judged(page)
    page.once("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="撤回").click()
    expect(page.get_by_text("报名已撤回，可以再次报名。")).to_be_visible()


def test_a_wrong_number_is_told_and_nothing_typed_is_lost(open_page: Open, server: Server) -> None:
    with as_system("test"):
        token = signup_link(call=server[2]["call"].id, area=HERE)  # type: ignore[attr-defined]
    page = open_page(None, PHONE)
    page.goto(f"/s/{token}/")
    page.get_by_label("姓名").fill("钱多多")
    page.get_by_label("手机号").fill("12345")
    with page.expect_response(lambda r: r.request.method == "POST") as answered:
        page.get_by_role("button", name="报名").click()
    assert answered.value.status == 422
    expect(page.get_by_role("alert").filter(has_text="手机号")).to_be_visible()
    expect(page.get_by_label("姓名")).to_have_value("钱多多")


def test_somebody_on_the_roster_ticks_his_list_and_reports_in(
    open_page: Open, server: Server, shoot: Shoot
) -> None:
    person = server[1].residents[0]
    page = open_page(None, PHONE)
    page.goto(f"/me/{personal_token(person)}/")
    assert personal_token(person) not in page.url
    expect(page.get_by_text("封控区")).to_be_visible()
    expect(page.get_by_text("社区尚未确认")).to_be_visible()
    boxes = page.locator("input[name=ticked]")
    for index in range(boxes.count()):
        boxes.nth(index).check()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("button", name="已全部勾选")).to_be_visible()
    shoot(page, "phone-role")
    judged(page)


def test_a_resident_shows_his_code(open_page: Open, server: Server, shoot: Shoot) -> None:
    page = open_page(None, PHONE)
    page.goto(f"/me/code/{code_token(server[1].residents[2])}/")
    assert page.url.endswith("/me/code/")
    shoot(page, "phone-code")
    judged(page)
    page.get_by_role("link", name="全家2人一个码").click()
    expect(page.get_by_role("link", name="只显示我自己的码")).to_be_visible()
    shoot(page, "phone-code-family")
    judged(page)


def test_a_pair_of_volunteers_knocks_and_undoes(
    open_page: Open, server: Server, shoot: Shoot
) -> None:
    page = open_page("secretary", PHONE)
    page.goto("/walk/")
    page.get_by_role("link", name="晨光新村").click()
    page.get_by_role("link", name="2号楼").click()
    shoot(page, "phone-walk")
    judged(page)
    first = page.locator(".card", has=page.get_by_role("button", name="外出")).first
    first.get_by_role("button", name="外出").click()
    undo = page.get_by_role("button", name="撤销").first
    expect(undo).to_be_visible()
    undo.click()
    expect(page.get_by_role("button", name="外出").first).to_be_visible()


def test_the_phone_speaks_english(open_page: Open, server: Server, shoot: Shoot) -> None:
    page = open_page(None, PHONE)
    page.goto(f"/me/{personal_token(server[1].residents[0])}/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("heading", name="My shifts")).to_be_visible()
    shoot(page, "phone-mine-english")
