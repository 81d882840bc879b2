"""The pages of a plan and what is posted: `muster.web.desk.plans`, `muster.web.desk.edits`,
`muster.web.desk.rules`, `muster.web.desk.joint`."""

import io
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from python_calamine import CalamineWorkbook

from muster.apps.audit.actions import as_system
from muster.apps.rosters.actions import run_search
from muster.apps.rosters.models import Assignment, Ban, OwnHours, Plan, Repair, Search
from tests.support.city import CITY, HERE, MEDICAL, OFFICE, SmallCity
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import sent, shown

Lived = tuple[SmallCity, dict[str, Any]]
QUERIES = 40


@pytest.fixture
def running(lived: Lived) -> Plan:
    plan: Plan = lived[1]["plan"].plan
    with as_system("look"):
        plan.refresh_from_db()
    return plan


def newest() -> Plan:
    with as_system("look"):
        return Plan.objects.latest("made_at")


def begun(enter: Enter, running: Plan) -> Plan:
    """A draft that the planner is to fill."""
    text = shown(
        sent(enter("secretary"), "desk-plan-start", title="明晚", seconds=1,
             starts_at=running.starts_at.isoformat(), ends_at=running.ends_at.isoformat())
    )  # fmt: skip
    assert "正在自动排班" in text
    assert newest().title == "明晚"
    return newest()


def run(plan: Plan) -> None:
    with as_system("look"):
        search = Search.objects.filter(plan=plan).latest("created_at")
    assert run_search(search=search.id) == "done"


def test_begun_watched_stopped_and_reviewed(enter: Enter, running: Plan) -> None:
    plan, client = begun(enter, running), enter("secretary")
    told = client.get(reverse("desk-plan-progress", args=[plan.id]))
    assert "排队" in shown(told) or "等" in shown(told)
    assert "HX-Refresh" not in told.headers
    assert "已停止" in shown(sent(client, "desk-plan-stop", plan.id))
    run(plan)
    assert client.get(reverse("desk-plan-progress", args=[plan.id])).headers["HX-Refresh"]
    text = shown(client.get(reverse("desk-plan", args=[plan.id])))
    assert "哪里缺人" in text
    assert "谁在哪个岗" in text


def test_planned_again_and_compared(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    text = shown(sent(client, "desk-plan-again", running.id, seconds=1))
    assert "固定的人不动" in text
    again = newest()
    assert again.based_on_id == running.id
    run(again)
    shown(sent(client, "desk-plan-restart", again.id, seconds=1))
    run(again)
    page = client.get(reverse("desk-plan-compare", args=[again.id, running.id]))
    assert "人的安排不同" in shown(page)
    with as_system("look"):
        gone = Assignment.objects.filter(plan=again).select_related("person")[0]
    sent(client, "desk-board-remove", gone.id, next="/board/")
    page = client.get(reverse("desk-plan-compare", args=[again.id, running.id]))
    assert gone.person.name in shown(page)
    page = client.get(reverse("desk-plan-compare", args=[running.id, again.id]))
    assert gone.person.name in shown(page)


def test_by_hand_the_rules_are_told_in_words(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    with as_system("look"):
        one, two = Assignment.objects.filter(plan=running).order_by("shift_id")[:2]
    text = shown(sent(client, "desk-board-move", one.id, shift=one.shift_id, next="/board/"))
    assert "违反规则" in text or "已调整" in text or "固定" in text
    text = shown(sent(client, "desk-plan-add", running.id, one.shift_id, person=two.person_id,
                      next="/board/"))  # fmt: skip
    assert "违反规则" in text
    assert "已固定" in shown(sent(client, "desk-board-pin", two.id, pinned="1", next="/board/"))
    shown(sent(client, "desk-board-remove", one.id, next="/board/"))
    why = shown(client.get(reverse("desk-plan-why", args=[running.id, one.shift_id])))
    assert "排上" in why
    shown(sent(client, "desk-plan-add", running.id, one.shift_id, person=one.person_id,
               next="/board/"))  # fmt: skip
    assert "已撤回" in shown(sent(client, "desk-plan-undo", running.id, next="/board/"))


def test_never_here_and_a_vanguard_post(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    with as_system("look"):
        one = Assignment.objects.filter(plan=running).select_related("person", "shift")[0]
    said = shown(sent(client, "desk-board-forbid", one.id, next="/board/"))
    assert "不再派到这个岗" in said
    assert f"不派此岗： {one.person.name}" in shown(client.get("/board/?whole=1"))
    why = shown(client.get(reverse("desk-plan-why", args=[running.id, one.shift_id])))
    assert "已注明不派他们到这个岗" in why
    text = shown(sent(client, "desk-plan-add", running.id, one.shift_id, person=one.person_id,
                      next="/board/"))  # fmt: skip
    assert "已注明不派到这个岗" in text
    with as_system("look"):
        ban = Ban.objects.get(lifted_at=None)
    assert "又可以派" in shown(sent(client, "desk-ban-lift", ban.id, next="/board/"))
    text = shown(sent(client, "desk-plan-forbid", running.id, one.shift_id, person=one.person_id,
                      next="/board/"))  # fmt: skip
    assert "不再派到这个岗" in text
    post = one.shift.post_id
    assert "已设为党员先锋岗" in shown(
        sent(client, "desk-post-vanguard", post, vanguard="1", next="/board/")
    )
    assert "取消先锋岗" in shown(client.get("/board/?whole=1"))
    assert "不再是" in shown(sent(client, "desk-post-vanguard", post, vanguard="0", next="/board/"))
    assert sent(enter("other"), "desk-post-vanguard", post, vanguard="1").status_code == 403
    assert "已要求有带队人" in shown(sent(client, "desk-post-led", post, led="1", next="/board/"))
    assert "不要求带队人" in shown(client.get("/board/?whole=1"))
    assert "不再要求" in shown(sent(client, "desk-post-led", post, led="0", next="/board/"))
    assert sent(enter("other"), "desk-post-led", post, led="1").status_code == 403


def test_somebody_else_takes_over(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    with as_system("look"):
        rows = Assignment.objects.filter(plan=running).select_related("shift__post")
        one = rows.filter(shift__post__role="guide")[0]
        other = rows.exclude(person=one.person_id).filter(shift__post__role="guide")[0]
    page = shown(client.get(reverse("desk-board-instead", args=[one.id])))
    assert "接替" in page
    assert str(other.person_id) not in page
    said = shown(sent(client, "desk-board-exchange", one.id, person=str(other.person_id)))
    assert "别处" in said
    sent(client, "desk-board-remove", other.id)
    page = shown(client.get(reverse("desk-board-instead", args=[one.id])))
    assert str(other.person_id) in page
    said = shown(sent(client, "desk-board-exchange", one.id, person=str(other.person_id)))
    assert "已换人" in said
    assert "已撤回" in shown(sent(client, "desk-plan-undo", running.id))
    assert sent(enter("other"), "desk-board-exchange", one.id).status_code in {403, 404}


def test_a_joint_post_is_set_and_lifted(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    with as_system("look"):
        one = Assignment.objects.filter(plan=running, shift__required__gte=2)[0]
    post = one.shift.post_id
    asked = reverse("desk-post-bodies", args=[post])
    assert "设为联合岗" in shown(client.get(asked))
    assert "区医院" in shown(client.get(asked, {"q": "医院"}))
    chosen = {"bodies": [str(MEDICAL), str(OFFICE)], "next": "/board/"}
    board = f"{reverse('desk-board')}?plan={running.id}"
    assert "已设为联合岗" in shown(sent(client, "desk-post-joint", post, **chosen))
    assert "badge text-bg-" in shown(client.get(board))
    assert "不再是联合岗" in shown(client.get(asked))
    assert "至少选 2 个" in shown(sent(client, "desk-post-joint", post, bodies=str(MEDICAL)))
    assert "已不再是" in shown(sent(client, "desk-post-joint", post, lift="1"))
    assert sent(enter("other"), "desk-post-joint", post, **chosen).status_code == 403
    assert enter("other").get(asked).status_code == 403


def test_own_hours_are_said_refused_and_lifted(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    with as_system("look"):
        one = Assignment.objects.filter(plan=running)[0]
    asked = reverse("desk-board-change", args=[one.id])
    assert "按报名时说的" in shown(client.get(asked))
    hours = {"days": ["0", "1"], "begins": "22:00", "ends": "06:30", "next": "/board/"}
    assert "已登记" in shown(sent(client, "desk-board-hours", one.id, **hours))
    assert "周一、周二 22:00–次日06:30" in shown(client.get(asked))
    text = shown(
        sent(client, "desk-board-hours", one.id, begins="08:00", ends="x9", next="/board/")
    )
    assert "x9" in text
    text = shown(
        sent(client, "desk-board-hours", one.id, begins="08:00", ends="09:00", next="/board/")
    )
    assert "至少要选一天" in text
    with as_system("look"):
        row = OwnHours.objects.get()
    assert "已取消" in shown(sent(client, "desk-hours-lift", row.id, next="/board/"))
    assert sent(enter("other"), "desk-board-hours", one.id, **hours).status_code in {403, 404}


def test_who_is_a_newcomer_is_said_and_marked(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    with as_system("look"):
        one = Assignment.objects.filter(plan=running, person__area=HERE)[0]
    page = reverse("desk-plan", args=[running.id])
    assert "没有按上岗次数搭配" in shown(client.get(page))
    assert "已上岗 0 次" in shown(client.get(reverse("desk-board-change", args=[one.id])))
    marked = sent(client, "desk-experience", one.person_id, experienced="0", next=page)
    assert "已标为新手" in shown(marked)
    assert "新手（手工标记）" in shown(client.get(page))
    assert "新手（手工标记）" in shown(client.get(reverse("desk-person", args=[one.person_id])))
    assert "新手</span>" in shown(client.get(f"{reverse('desk-board')}?plan={running.id}"))
    assert "可以带新手" in shown(sent(client, "desk-experience", one.person_id, experienced="1"))
    assert "按上岗次数算" in shown(sent(client, "desk-experience", one.person_id))
    refused = sent(enter("other"), "desk-experience", one.person_id, experienced="1")
    assert refused.status_code in {403, 404}


def test_a_repair_is_shown_then_decided(enter: Enter, running: Plan) -> None:
    client = enter("secretary")
    assert "没有可补的" in shown(sent(client, "desk-plan-mend", running.id))
    with as_system("look"):
        one = (
            Assignment.objects.filter(plan=running, role="order").first()
            or (Assignment.objects.filter(plan=running)[0])
        )
    sent(client, "desk-board-attend", one.id, present="0", next="/board/")
    text = shown(sent(client, "desk-plan-mend", running.id))
    assert "还没有通知任何人" in text
    with as_system("look"):
        repair = Repair.objects.latest("made_at")
    assert "没有采纳" in shown(sent(client, "desk-repair", repair.id, accept="0", next="/board/"))
    sent(client, "desk-plan-mend", running.id)
    with as_system("look"):
        repair = Repair.objects.latest("made_at")
    assert "都已通知" in shown(sent(client, "desk-repair", repair.id, accept="1", next="/board/"))


def test_the_board_as_a_sheet(enter: Enter, running: Plan) -> None:
    answer = enter("secretary").get(reverse("desk-plan", args=[running.id]), {"export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0)
    assert "空" in str(rows.to_python()[3])


def test_nobody_else_looks_or_writes(enter: Enter, running: Plan) -> None:
    other = enter("other")
    assert other.get(reverse("desk-plan", args=[running.id])).status_code == 403
    assert sent(other, "desk-plan-again", running.id).status_code == 403
    assert sent(other, "desk-plan-mend", running.id).status_code == 403
    url = reverse("desk-plan", args=[running.id])
    assert enter("secretary").get(url, {"place": "140106001001"}).status_code == 404


def test_a_whole_city_is_looked_at_community_by_community(
    enter: Enter, lived: Lived, running: Plan
) -> None:
    with as_system("test"):
        Plan.objects.filter(id=running.id).update(area=CITY)
    client = enter("hq")
    with CaptureQueriesContext(connection) as asked:
        text = shown(client.get(reverse("desk-plan", args=[running.id])))
    assert "晨光社区" in text
    assert len(asked) <= QUERIES
    sheet = client.get(reverse("desk-plan", args=[running.id]), {"export": "xlsx"})
    rows = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content)).get_sheet_by_index(0)
    assert any("晨光社区" in row for row in rows.to_python())
    part = client.get(reverse("desk-plan", args=[running.id]), {"place": "140105007001"})
    assert "晨光花园" in shown(part)
