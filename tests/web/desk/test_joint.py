"""A plan whose joint posts lack a body, on its page, on the board and when it is published:
`muster.web.desk.joint`, `muster.web.desk.plans`, `muster.web.desk.board`."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.models import Organisation
from muster.apps.rosters.actions import mark_joint
from muster.apps.rosters.models import Assignment, Plan
from muster.apps.rosters.queries.joint import incomplete_posts, seal_of
from tests.support.city import CITY, HERE, MEDICAL, OFFICE, SmallCity
from tests.support.posts import plan as planned
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import sent, shown

Lived = tuple[SmallCity, dict[str, Any]]


@pytest.fixture
def draft(lived: Lived) -> Plan:
    """A draft of which every seat of one post is held, by nobody of two bodies."""
    found: Plan = planned(lived[0]).plan
    with as_system("look"):
        one = Assignment.objects.filter(plan=found, shift__required__gte=2)[0]
    with act_as(lived[0].secretary):
        mark_joint(post=one.shift.post_id, bodies=(MEDICAL, OFFICE))
    return found


def name(code: int) -> str:
    return Organisation.objects.get(code=code).name


def test_the_cell_and_the_map_say_which_body_is_lacking(enter: Enter, draft: Plan) -> None:
    with as_system("look"):
        (joint,) = incomplete_posts(draft, HERE)
        names = "、".join(joint.bodies)
        assert name(OFFICE) in names
    page = enter("secretary").get(reverse("desk-plan", args=[draft.id]))
    text = shown(page)
    assert "联合岗缺单位" in text
    assert f'title="缺 {names}"' in text
    assert "，或联合岗缺单位" in text
    (dot,) = [each for each in page.context["map"] if names in each["text"]]
    assert dot["level"] == "short"


def test_a_wide_plan_names_the_community(enter: Enter, draft: Plan) -> None:
    with as_system("test"):
        wide = Plan.objects.create(
            area=CITY, title="全市", starts_at=draft.starts_at, made_by="test",
            ends_at=draft.ends_at + timedelta(hours=1), made_at=draft.made_at,
        )  # fmt: skip
        Assignment.objects.filter(plan=draft).update(plan=wide)
    page = enter("hq").get(reverse("desk-plan", args=[wide.id]))
    text = shown(page)
    assert "1 个联合岗班次缺单位" in text
    assert f"?place={HERE}" in text
    assert [cell.state for place, cell in page.context["list"].page if cell.lacking] == ["short"]


def test_it_is_published_only_with_the_box_ticked(enter: Enter, draft: Plan) -> None:
    client = enter("secretary")
    at = reverse("desk-plan", args=[draft.id])
    board = shown(client.get(f"{reverse('desk-board')}?plan={draft.id}"))
    assert f"{at}#publish" in board
    assert reverse("desk-board-publish", args=[draft.id]) not in board
    assert "我确认仍然发布" in shown(client.get(at))
    refused = shown(sent(client, "desk-board-publish", draft.id, next=at))
    assert "有 1 个联合岗班次缺单位" in refused
    with as_system("look"):
        seal = seal_of(incomplete_posts(draft, HERE))
    said = shown(sent(client, "desk-board-publish", draft.id, next=at, incomplete=seal))
    assert "已生效" in said
    assert "我确认仍然发布" not in said
    assert "联合岗缺单位" in said


def test_what_lacks_a_body_is_among_what_is_short(enter: Enter, draft: Plan) -> None:
    with as_system("look"):
        (joint,) = incomplete_posts(draft, HERE)
    board = f"{reverse('desk-board')}?plan={draft.id}&short=1"
    assert joint.shift.post.name in shown(enter("secretary").get(board))
