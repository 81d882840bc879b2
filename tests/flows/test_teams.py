"""Who signed up becomes teams, in a real browser, at both widths."""

import re
from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import as_system
from muster.apps.people.models import Organisation
from muster.apps.rosters.models import TeamSplit
from tests.flows.conftest import Open
from tests.flows.test_screens import judged
from tests.support.teams import search_now

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]
SIZES = {"phone": {"width": 390, "height": 844}, "desk": {"width": 1280, "height": 900}}


def both(page: Page, shoot: Shoot, name: str) -> None:
    """A picture at each width, nothing too wide, nothing serious for axe."""
    for size, width in SIZES.items():
        page.set_viewport_size(width)  # type: ignore[arg-type]
        page.wait_for_load_state("networkidle")
        shoot(page, f"{name}-{size}")
        judged(page)


def test_from_sign_ups_to_accepted_teams(open_page: Open, shoot: Shoot) -> None:
    page = open_page("hq", SIZES["desk"])
    page.goto(reverse("desk-teams"))
    both(page, shoot, "teams")
    page.get_by_label("编几个队").fill("3")
    page.get_by_role("button", name="生成编队方案").click()
    expect(page.locator("#problems")).to_contain_text("正在自动编队")

    # The search is watched and survives a reload.
    page.reload()
    expect(page.get_by_role("button", name="停止，保留目前最好的")).to_be_visible()
    for size, width in SIZES.items():
        page.set_viewport_size(width)  # type: ignore[arg-type]
        shoot(page, f"teams-progress-{size}")
        judged(page)
    search_now()
    expect(page.get_by_role("button", name="停止，保留目前最好的")).to_be_hidden(timeout=10_000)
    expect(page.locator("#team1")).to_be_visible()
    both(page, shoot, "teams-proposal")

    # Where he could go is asked for; he is moved, the change taken back, then he is moved again.
    first, second = (
        page.locator("section.card.h-100").nth(0),
        page.locator("section.card.h-100").nth(1),
    )
    every = page.locator("section.card.h-100 li.list-group-item b").all_inner_texts()
    names = first.locator("li.list-group-item b").all_inner_texts()
    # Invented people share names: one that stands once.
    name = next(each for each in names[1:] if every.count(each) == 1)
    said = page.locator("b", has_text=re.compile(f"^{name}$"))
    row = first.locator("li.list-group-item", has=said)
    row.get_by_role("button", name=f"调整{name}").click()
    expect(row.get_by_role("button", name="调到第2队")).to_be_visible()
    page.mouse.move(0, 0)
    page.wait_for_timeout(400)  # the button's colour has changed back
    both(page, shoot, "teams-where")
    row.get_by_role("button", name="调到第2队").click()
    expect(second.get_by_text(name, exact=True)).to_be_visible()
    page.get_by_role("button", name="撤回上一步").click()
    expect(first.get_by_text(name, exact=True)).to_be_visible()

    # A leader stays until another is named.
    head = first.locator("li.list-group-item").nth(0)
    leader = head.locator("b").inner_text()
    head.get_by_role("button", name=f"调整{leader}").click()
    expect(head.get_by_text("请先指定别人带队").first).to_be_visible()

    # A pair, split again, kept.
    row.get_by_role("button", name=f"调整{name}").click()
    names = second.locator("li.list-group-item b").all_inner_texts()
    other = next(each for each in names[1:] if every.count(each) == 1)
    row.get_by_label("另一个人").select_option(label=other)
    row.get_by_role("button", name="必须同队").click()
    expect(page.locator("#problems")).to_contain_text("请重新编队")
    page.get_by_role("button", name="重新编队").click()
    expect(page.locator("#problems")).to_contain_text("正在自动编队")
    expect(page.get_by_role("button", name="采纳")).to_have_count(0)
    search_now()
    expect(page.get_by_role("button", name="采纳")).to_be_visible(timeout=10_000)
    together = page.locator("section.card.h-100", has=page.get_by_text(name, exact=True))
    expect(together.get_by_text(other, exact=True).first).to_be_visible()
    both(page, shoot, "teams-paired")

    page.emulate_media(media="print")
    expect(page.get_by_role("button", name="重新编队")).to_be_hidden()
    page.emulate_media(media="screen")
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="采纳").click()
    expect(page.locator("#problems")).to_contain_text("已采纳")
    both(page, shoot, "teams-accepted")
    with as_system("look"):
        made = TeamSplit.objects.latest("made_at")
        assert made.state == "accepted"
        assert Organisation.objects.filter(kind="team").count() == 3


def test_a_contact_on_the_phone(open_page: Open, shoot: Shoot) -> None:
    page = open_page("contact", SIZES["phone"])
    page.goto(reverse("desk-teams"))
    page.get_by_label("编几个队").fill("2")
    page.get_by_role("button", name="生成编队方案").click()
    expect(page.locator("#problems")).to_contain_text("正在自动编队")
    page.get_by_role("button", name="停止，保留目前最好的").click()
    expect(page.locator("#problems")).to_contain_text("已停止")
    search_now()
    expect(page.locator("#team1")).to_be_visible(timeout=10_000)
    both(page, shoot, "teams-contact")
