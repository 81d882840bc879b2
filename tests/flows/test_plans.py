"""A plan from the first click to a repair in the morning, in a real browser, at both widths."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import act_as, as_system
from muster.apps.rosters.actions import run_search
from muster.apps.rosters.models import Assignment, Plan, Search
from tests.flows.conftest import DESK, PHONE, Open, Server
from tests.flows.test_screens import judged
from tests.support.city import SmallCity
from tests.support.posts import post, stand

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]


def search_now() -> Plan:
    """The worker's part, done here."""
    with as_system("look"):
        search = Search.objects.filter(state="queued").select_related("plan").latest("created_at")
    assert run_search(search=search.id) == "done"
    with as_system("look"):
        return Plan.objects.get(id=search.plan_id)


def both(page: Page, shoot: Shoot, name: str) -> None:
    """A picture at each width, nothing too wide, nothing serious for axe."""
    for size, width in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(width)  # type: ignore[arg-type]
        page.wait_for_load_state("networkidle")
        shoot(page, f"{name}-{size}")
        judged(page)


def test_from_plan_to_repair(open_page: Open, server: Server, shoot: Shoot) -> None:
    city: SmallCity = server[1]
    stand(city, post(city.estates[1], "order", required=2, priority=1))
    page = open_page("secretary")

    # Plan; the search is watched and survives a reload.
    page.goto(reverse("desk-board"))
    page.get_by_text("生成排班方案").click()
    page.get_by_label("标题").fill("后半夜")
    page.get_by_role("button", name="生成", exact=True).click()
    expect(page.locator("#search")).to_contain_text("自动排班")
    shoot(page, "plan-progress-desk")
    page.reload()
    expect(page.get_by_role("button", name="停止，保留目前最好的")).to_be_visible()
    plan = search_now()
    expect(page.get_by_role("button", name="停止，保留目前最好的")).to_be_hidden(timeout=10_000)
    expect(page.locator("h1")).to_contain_text("后半夜")
    both(page, shoot, "plan-review")

    # By hand: refused with the rule, then pinned.
    page.get_by_role("link", name="谁在哪个岗").click()
    page.get_by_role("button", name="调整").first.click()
    expect(page.get_by_role("button", name="固定", exact=True)).to_be_visible()
    both(page, shoot, "plan-by-hand")
    with as_system("look"):
        one = Assignment.objects.filter(plan=plan, role="recorder").first()
        assert one is not None
    there = page.locator(f"#change{one.id}")
    page.locator(f"[hx-target='#change{one.id}']").click()
    expect(there.get_by_role("button", name="调到那里")).to_be_visible()
    there.get_by_role("button", name="调到那里").click()
    expect(page.locator("#problems")).to_contain_text("违反规则")
    shoot(page, "plan-refused-desk")
    page.locator(f"[hx-target='#change{one.id}']").click()
    there.get_by_role("button", name="固定", exact=True).click()
    expect(page.locator("#problems")).to_contain_text("已固定")

    # Again, compare, publish.
    page.goto(reverse("desk-plan", args=[plan.id]))
    page.get_by_role("button", name="重新排，固定的不动").click()
    expect(page.locator("#problems")).to_contain_text("固定的人不动")
    again = search_now()
    with as_system("look"):
        assert Assignment.objects.filter(plan=again, person=one.person_id, pinned=True).exists()
    page.goto(reverse("desk-plan", args=[again.id]))
    page.get_by_role("link", name="与上一份方案比较").click()
    expect(page.locator("h1")).to_have_text("两份方案比较")
    both(page, shoot, "plan-compare")
    page.goto(reverse("desk-plan", args=[again.id]))
    page.on("dialog", lambda dialog: dialog.accept())
    page.get_by_role("button", name="发布").click()
    expect(page.locator("#problems")).to_contain_text("排班已生效")

    # Somebody does not come; the repair is looked at, then accepted.
    with as_system("look"):
        gone = Assignment.objects.filter(plan=again, pinned=False, role="order").first()
        assert gone is not None
    with act_as(city.secretary):
        from muster.apps.rosters.actions import take_attendance

        take_attendance(assignment=gone.id, present=False)
    page.goto(reverse("desk-plan", args=[again.id]))
    page.get_by_role("button", name="情况有变").click()
    expect(page.locator("#repair")).to_contain_text("还没有通知任何人")
    both(page, shoot, "plan-repair")
    page.get_by_role("button", name="采纳并通知他们").click()
    expect(page.locator("#problems")).to_contain_text("都已通知")
    expect(page.locator("#repair")).to_have_count(0)
