"""`muster.web.desk.nights`: the starts of a night are shown on a plan's page, and moved there."""

from django.urls import reverse

from tests.apps.screening.queries.test_nights import beside
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import Lived, sent, shown


def test_all_start_as_suggested(enter: Enter, lived: Lived) -> None:
    planned = lived[1]["planned"]
    page = reverse("desk-round-plan", args=[planned.id])
    assert "同一晚全市轮次" not in shown(enter("secretary").get(page))
    beside(planned)
    client = enter("hq")
    assert "全部按建议开始" in shown(client.get(page))
    text = shown(sent(client, "desk-round-plan-start", planned.id, all="1", next=page))
    assert "已调整1个轮次" in text
    assert "全部按建议开始" not in text
    assert "已按建议时间开始" in shown(sent(client, "desk-round-plan-start", planned.id, next=page))
