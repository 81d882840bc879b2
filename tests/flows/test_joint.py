"""A post becomes a joint post on the board, a plan says which body is lacking and why, and back."""

from collections.abc import Callable

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import as_system
from muster.apps.people.models import Organisation, Person
from muster.apps.rosters.models import Assignment, Post
from tests.flows.conftest import Open, Server
from tests.flows.test_newcomers import kept
from tests.support.city import MEDICAL, OFFICE, SmallCity
from tests.support.posts import plan, post, stand

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]


def test_a_joint_post_is_set_explained_and_lifted(
    open_page: Open, server: Server, shoot: Shoot
) -> None:
    city: SmallCity = server[1]
    (made,) = stand(city, post(city.estates[0], "guide", required=2, priority=1))
    before = plan(city).plan
    with as_system("look"):
        there = Assignment.objects.filter(plan=before, shift__post=made)
        assert there.count() == 2
        Person.objects.filter(id=there[0].person_id).update(unit=MEDICAL)
        office = Organisation.objects.get(code=OFFICE).name
        medical = Organisation.objects.get(code=MEDICAL).name
    page = open_page("secretary")
    page.goto(f"{reverse('desk-board')}?plan={before.id}")
    row = page.locator("tr", has_text=made.name)
    row.get_by_role("button", name="联合岗", exact=True).click()
    panel = row.locator("div.card")
    panel.get_by_label(medical).check()
    panel.get_by_label("查找其他单位").fill(office)
    with page.expect_response(lambda answer: "/bodies/" in answer.url):
        panel.get_by_label("查找其他单位").press("Enter")
    expect(panel.get_by_label(office)).to_be_visible()
    expect(panel.get_by_label(medical)).to_be_checked()
    panel.get_by_label(office).check()
    kept(page, shoot, "joint-choose")
    panel.get_by_role("button", name="设为联合岗").click()
    expect(page.locator("#problems")).to_contain_text("已设为联合岗")
    expect(row.get_by_text(f"缺 {office}")).to_be_visible()
    kept(page, shoot, "joint-board")
    page.goto(reverse("desk-plan", args=[before.id]))
    expect(page.get_by_role("heading", name="联合岗缺单位")).to_be_visible()
    kept(page, shoot, "joint-incomplete")

    # Somebody else takes a place over, as one change.
    page.goto(f"{reverse('desk-board')}?plan={before.id}")
    with as_system("look"):
        one = Assignment.objects.filter(plan=before, shift__post=made)[0]
    page.locator(f"[hx-target='#change{one.id}']").click()
    page.locator(f"#change{one.id}").get_by_role("button", name="换人").click()
    expect(page.locator(f"#instead{one.id}")).not_to_be_empty()
    kept(page, shoot, "joint-instead")

    # A new plan leaves it empty and says which body is lacking and why.
    lacking = plan(city).plan
    page.goto(reverse("desk-plan", args=[lacking.id]))
    expect(page.get_by_text(f"缺 {office}：")).to_be_visible()
    kept(page, shoot, "joint-plan")
    page.goto(f"{reverse('desk-board')}?plan={lacking.id}")
    row.get_by_role("button", name="谁能来？").click()
    expect(row.locator("[id^=who]")).to_contain_text(f"缺 {office}：")
    kept(page, shoot, "joint-why")
    row.get_by_role("button", name="联合岗", exact=True).click()
    panel.get_by_role("button", name="不再是联合岗").click()
    expect(page.locator("#problems")).to_contain_text("已不再是联合岗")
    with as_system("look"):
        assert Post.objects.get(id=made.id).bodies == []
