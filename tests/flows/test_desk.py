"""Whole journeys at the desk, by hand and by keyboard."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from tests.flows.conftest import PHONE, Open, Server
from tests.flows.test_screens import judged

pytestmark = pytest.mark.browser


def test_log_in_by_hand_and_set_up_a_second_factor(
    open_page: Open, shoot: Callable[[Page, str], None]
) -> None:
    page = open_page(None)
    page.goto("/people/")
    page.get_by_label("用户名").fill("secretary")
    page.get_by_label("密码").fill("correct-horse-battery")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("人员")
    page.goto(reverse("mfa_index"))
    shoot(page, "mfa-desk")
    judged(page)
    page.goto(reverse("mfa_activate_totp"))
    if page.locator("input[type=password]").count():  # asked again who it is
        page.locator("input[type=password]").fill("correct-horse-battery")
        page.keyboard.press("Enter")
    expect(page.locator("form img")).to_be_visible()
    shoot(page, "mfa-set-up-desk")
    judged(page)


def test_slash_goes_to_the_search_box(open_page: Open) -> None:
    page = open_page("secretary")
    page.goto(reverse("desk-people"))
    page.locator("h1").click()
    page.keyboard.press("/")
    page.keyboard.type("yl")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="杨六").first).to_be_visible()
    page.get_by_role("link", name="杨六").first.click()
    expect(page.locator("h1")).to_have_text("杨六")


def test_chain_is_previewed_while_typing_and_settled_with_enter(open_page: Open) -> None:
    page = open_page("secretary")
    page.goto(reverse("desk-chains"))
    page.get_by_label("把群里的整条接龙复制").fill(
        "#接龙\n后半夜\n\n1. 冯八 13900006661\n2. 褚九\n"
    )
    expect(page.locator("#preview")).to_contain_text("冯八")
    expect(page.locator("#preview")).not_to_contain_text("13900006661")
    page.get_by_role("button", name="收下").click()
    expect(page.locator("#problems")).to_contain_text("已报名 1 人")
    card = page.locator("article", has_text="褚九")
    card.get_by_label("电话").fill("13900006662")
    page.keyboard.press("Enter")
    expect(page.locator("#problems")).to_contain_text("已报名")
    page.locator("#problems").get_by_role("button", name="撤销").click()
    expect(page.locator("#problems")).to_contain_text("重新等待处理")


def test_attendance_by_tap_on_a_phone(open_page: Open) -> None:
    page = open_page("secretary", PHONE)
    page.goto(reverse("desk-board"))
    page.get_by_role("button", name="未到岗").first.click()
    expect(page.locator("#problems")).to_contain_text("已记为未到岗")
    expect(page.get_by_role("button", name="叫人替补")).to_be_visible()


def test_change_of_a_post_is_offered_in_place(open_page: Open) -> None:
    page = open_page("secretary")
    page.goto(reverse("desk-board"))
    page.get_by_role("button", name="调整").first.click()
    expect(page.get_by_role("button", name="撤下")).to_be_visible()


def test_round_says_its_shortage_first(open_page: Open) -> None:
    page = open_page("secretary")
    page.goto(reverse("desk-round"))
    page.get_by_text("开启一轮检测").click()
    expect(page.locator("#demand")).to_contain_text("人手足够")
    page.get_by_label("采样台数").fill("3")
    page.get_by_label("采样台数").blur()
    expect(page.locator("#demand")).to_contain_text("还缺")
    expect(page.locator("#demand")).to_contain_text("采样台 3 张")


def test_level_of_an_address_while_typing(open_page: Open) -> None:
    page = open_page("hq")
    page.goto(reverse("desk-zones"))
    page.get_by_label("这个地址属于哪一级").fill("晨光新村")
    expect(page.locator("#level")).to_contain_text("2022-32")


def test_call_page_renews_itself(open_page: Open, server: Server) -> None:
    page = open_page("hq")
    page.goto(reverse("desk-call"))
    with page.expect_response(lambda r: "/call/" in r.url and r.request.method == "GET") as told:
        pass
    assert told.value.ok
    expect(page.locator("#progress h2").first).to_contain_text("2022-1")


def test_map_shows_what_is_sealed(open_page: Open) -> None:
    page = open_page("hq")
    page.goto(reverse("desk-zones"))
    expect(page.locator(".leaflet-tooltip").first).to_contain_text("晨光")


def test_menu_opens_on_a_phone(open_page: Open) -> None:
    page = open_page("secretary", PHONE)
    page.goto("/")
    page.get_by_role("button", name="菜单").click()
    page.get_by_role("link", name="覆盖", exact=True).click()
    expect(page.locator("h1")).to_have_text("覆盖")
