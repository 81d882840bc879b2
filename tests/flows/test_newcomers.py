"""Who is a newcomer is marked, shown on plan and board with the reason, and kept by the planner."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import as_system
from muster.apps.rosters.models import Assignment, Experience
from tests.flows.conftest import DESK, PHONE, Open, Server
from tests.flows.test_screens import judged
from tests.support.city import HERE, SmallCity
from tests.support.posts import plan, post, stand

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]


def kept(page: Page, shoot: Shoot, name: str) -> None:
    """Looked at in both sizes."""
    for size, width in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(width)  # type: ignore[arg-type]
        shoot(page, f"{name}-{size}")
        judged(page)


def test_a_newcomer_is_marked_and_never_left_alone(
    open_page: Open, server: Server, shoot: Shoot
) -> None:
    city: SmallCity = server[1]
    stand(city, post(city.estates[1], "order", required=2, priority=1))
    draft = plan(city).plan
    page = open_page("secretary")
    page.goto(reverse("desk-plan", args=[draft.id]))
    expect(page.locator("#newcomers")).to_contain_text("没有按上岗次数搭配")
    kept(page, shoot, "newcomers-first-night")

    # On the board somebody is marked as a newcomer.
    with as_system("look"):
        one = Assignment.objects.filter(plan=draft, person__area=HERE)[0]
    page.goto(f"{reverse('desk-board')}?plan={draft.id}")
    there = page.locator(f"#change{one.id}")
    page.locator(f"[hx-target='#change{one.id}']").click()
    there.get_by_text("是新手吗").click()
    expect(there.get_by_text("已上岗 0 次")).to_be_visible()
    kept(page, shoot, "newcomers-mark")
    there.get_by_role("button", name="标为新手").click()
    expect(page.locator("#problems")).to_contain_text("不单独上岗")
    expect(page.get_by_text("新手", exact=True).first).to_be_visible()
    kept(page, shoot, "newcomers-board")

    # The plan says who is one and why; somebody experienced is enough for the count to bind.
    page.goto(reverse("desk-plan", args=[draft.id]))
    expect(page.locator("#newcomers")).to_contain_text("新手（手工标记）")
    kept(page, shoot, "newcomers-plan")
    page.locator("#newcomers").get_by_role("button", name="标为熟手").click()
    expect(page.locator("#problems")).to_contain_text("可以带新手")
    with as_system("look"):
        assert Experience.objects.get(lifted_at=None).experienced
    page.goto(reverse("desk-person", args=[one.person_id]))
    expect(page.get_by_text("熟手（手工标记）")).to_be_visible()
    kept(page, shoot, "newcomers-person")
    page.get_by_role("button", name="仍按上岗次数算").click()
    expect(page.locator("#problems")).to_contain_text("按上岗次数算")
