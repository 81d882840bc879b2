"""`muster.web.desk.second_calls`: the list, its text for the group, the mark and its undo."""

import re
from datetime import timedelta

from muster.apps.audit.actions import as_system
from muster.apps.screening.models import Round, SecondCall
from muster.apps.screening.queries.second_calls import Uncome
from muster.kernel import clock
from muster.web.desk.second_calls import pasteable
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import Lived, one, sent, shown

PAGE = "/coverage/second/"


def test_listed_marked_and_taken_back(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    assert "没有需要再次通知的住户" in shown(client.get(PAGE))
    with as_system("test"):
        Round.objects.update(starts_at=clock.now() - timedelta(hours=1))
    assert "晨光新村 2号楼" in shown(client.get(PAGE))
    door = lived[0].places["D1223"]
    round_id = lived[1]["round"].id
    text = shown(sent(client, "desk-second-call-mark", round_id, door=door, next=PAGE))
    undo = re.search(r'action="(/coverage/second/[^"]+/undo)"', text)
    assert undo
    assert one(SecondCall, door=door)
    shown(client.post(undo[1], {"next": PAGE}, follow=True))
    assert one(SecondCall, door=door) is None
    assert client.get(PAGE, {"export": "xlsx"}).content[:2] == b"PK"
    assert "都不属于" in shown(sent(client, "desk-second-call-mark", round_id, door=1, next=PAGE))


def test_text_for_a_group_names_rooms_only_where_the_policy_lets_it() -> None:
    now = clock.now()
    doors = [Uncome(1, "1-1-101", "晨光花园 1号楼", (), now, None),
             Uncome(2, "1-1-102", "晨光花园 1号楼", (), now, None)]  # fmt: skip
    told = pasteable("第一轮", doors, rooms=False).splitlines()
    assert told[:2] == ["第一轮", "晨光花园 1号楼: 2户"]
    assert pasteable("第一轮", doors, rooms=True).splitlines()[1].endswith(": 1-1-101, 1-1-102")
