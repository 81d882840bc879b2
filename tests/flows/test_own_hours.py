"""When somebody can serve is said on the board, kept by the next plan, and taken back."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import as_system
from muster.apps.rosters.models import Assignment, OwnHours
from muster.kernel import clock
from tests.flows.conftest import DESK, PHONE, Open, Server
from tests.flows.test_screens import judged
from tests.support.city import SmallCity
from tests.support.posts import plan, post, stand, tonight

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]


def test_own_hours_from_the_board_to_the_next_plan(
    open_page: Open, server: Server, shoot: Shoot
) -> None:
    city: SmallCity = server[1]
    stand(city, post(city.estates[1], "order", priority=1))
    draft = plan(city).plan
    with as_system("look"):
        one = Assignment.objects.filter(plan=draft).first()
        assert one is not None
    page = open_page("secretary")
    page.goto(f"{reverse('desk-board')}?plan={draft.id}")
    there = page.locator(f"#change{one.id}")
    page.locator(f"[hx-target='#change{one.id}']").click()
    there.get_by_text("什么时候能上岗").click()
    expect(there.get_by_text("按报名时说的")).to_be_visible()
    start = clock.to_local(tonight()[0])
    later = f"{(start.hour + 6) % 24:02}:00"
    there.get_by_label("开始").fill(later)
    there.get_by_label("结束").fill(f"{(start.hour + 8) % 24:02}:30")
    for size, width in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(width)  # type: ignore[arg-type]
        shoot(page, f"own-hours-{size}")
        judged(page)
    there.get_by_role("button", name="只在这时能来").click()
    expect(page.locator("#problems")).to_contain_text("已登记")
    page.locator(f"[hx-target='#change{one.id}']").click()
    expect(there.get_by_text(f"每天 {later}")).to_be_visible()
    shoot(page, "own-hours-kept-desk")
    again = plan(city).plan
    with as_system("look"):
        assert not Assignment.objects.filter(plan=again, person=one.person_id).exists()

    # A leader is asked for, and need not be there any more.
    page.get_by_role("button", name="要求有带队人", exact=True).first.click()
    expect(page.locator("#problems")).to_contain_text("已要求有带队人")
    expect(page.get_by_text("需有带队人", exact=True)).to_be_visible()
    for size, width in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(width)  # type: ignore[arg-type]
        shoot(page, f"led-{size}")
        judged(page)
    page.get_by_role("button", name="不要求带队人").click()
    expect(page.locator("#problems")).to_contain_text("不再要求")
    page.goto(f"{reverse('desk-board')}?plan={draft.id}")
    page.locator(f"[hx-target='#change{one.id}']").click()

    # Taken back where it was said.
    there.get_by_role("button", name="取消").click()
    expect(page.locator("#problems")).to_contain_text("这个时段已取消")
    with as_system("look"):
        assert not OwnHours.objects.filter(lifted_at=None).exists()
