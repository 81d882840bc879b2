"""The page of a planned round: shortage first, sites, call times without names, the rehearsal."""

import json
import re
from typing import Any

from django.urls import reverse

from muster.apps.audit.actions import as_system
from muster.apps.people.models import Person
from muster.apps.screening.models import PlannedRound, Round
from muster.kernel import clock
from tests.support.city import HERE, SmallCity
from tests.web.desk.conftest import Enter

Lived = tuple[SmallCity, dict[str, Any]]


def form(city: SmallCity, **changes: object) -> dict[str, object]:
    now = clock.local(clock.now(), "%Y-%m-%dT%H:%M")
    ends = clock.local(clock.now().replace(hour=0), "%Y-%m-%d")
    plain: dict[str, object] = {
        "place": HERE, "estate": city.estates, "title": "夜间第三轮", "tables": 2, "staff": 9,
        "starts_at": now, "ends_at": f"{int(ends[:4]) + 1}{ends[4:]}T06:00",
    }  # fmt: skip
    return {**plain, **changes}


def test_planning_leads_to_the_plan(lived: Lived, enter: Enter) -> None:
    client = enter("secretary")
    answer = client.post(reverse("desk-round-plan-make"), form(lived[0]), follow=True)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert "方案已排好并推演" in text
    assert "夜间第三轮" in text
    assert text.index("缺") < text.index("推演结果") < text.index("叫号时间表")
    for words in ("没有邻居志愿者", "再加两名信息录入员", "采样点地图", "1-1-101"):
        assert words in text


def test_a_form_that_cannot_be_planned_is_said(lived: Lived, enter: Enter) -> None:
    client = enter("secretary")
    answer = client.post(
        reverse("desk-round-plan-make"),
        form(lived[0], estate=[], next=reverse("desk-round")),
        follow=True,
    )
    assert "至少" in answer.content.decode()


def test_no_name_stands_on_the_page(lived: Lived, enter: Enter) -> None:
    page = enter("secretary").get(reverse("desk-round-plan", args=[lived[1]["planned"].id]))
    text = page.content.decode()
    with as_system("test"):
        names = set(Person.objects.filter(area=HERE).values_list("name", flat=True))
    body = text[text.index("<main") :]
    assert not [name for name in names if name in body]
    pasted = re.search(r"<textarea[^>]*>(.*?)</textarea>", text, re.S)
    assert pasted
    assert "请按时下楼" in pasted[1]
    assert re.search(r"\d\d:\d\d", pasted[1])


def test_the_pictures_hold_a_curve_a_table(lived: Lived, enter: Enter) -> None:
    page = enter("secretary").get(reverse("desk-round-plan", args=[lived[1]["planned"].id]))
    text = page.content.decode()
    scripts = dict(
        re.findall(r'<script id="([\w-]+)" type="application/json">(.*?)</script>', text)
    )
    lines = json.loads(scripts["lines-chart"])
    assert len(lines["series"]) == 3
    assert all(len(each["values"]) == len(lines["x"]) for each in lines["series"])
    assert len(json.loads(scripts["finish-chart"])["x"]) == 3
    assert json.loads(scripts["site-map"])[0]["lat"] == 37.80


def test_the_planned_round_is_opened_from_its_page(lived: Lived, enter: Enter) -> None:
    client, planned = enter("secretary"), lived[1]["planned"]
    answer = client.post(reverse("desk-round-plan-open", args=[planned.id]), follow=True)
    assert answer.status_code == 200
    with as_system("test"):
        row = PlannedRound.objects.get(id=planned.id)
        assert Round.objects.get(id=row.round_id).title == "第二轮"
    text = client.get(reverse("desk-round-plan", args=[planned.id])).content.decode()
    assert "查看该轮次" in text


def test_plans_are_listed_where_rounds_are(lived: Lived, enter: Enter) -> None:
    text = enter("secretary").get(reverse("desk-round")).content.decode()
    assert reverse("desk-round-plan", args=[lived[1]["planned"].id]) in text
    assert "排方案并推演" in text


def test_the_plan_of_another_community_is_not_found(lived: Lived, enter: Enter) -> None:
    page = enter("other").get(reverse("desk-round-plan", args=[lived[1]["planned"].id]))
    assert page.status_code == 404
