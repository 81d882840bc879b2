"""`muster.web.desk.strays`: the row of the lived city's result file that fits no tube."""

import re

from django.urls import reverse

from muster.apps.screening.models import Result
from tests.support.city import HERE
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import one, sent, shown

PAGE = f"/lost/strays/?place={HERE}"


def test_listed_for_both_and_decided_by_headquarters(enter: Enter) -> None:
    stray = one(Result, state="waiting")
    text = shown(enter("secretary").get(PAGE))
    assert stray.tube in text
    assert "由指挥部对应试管" in text
    client = enter("hq")
    assert stray.tube in shown(client.get(PAGE))
    where = reverse("desk-stray-tubes", args=[stray.id])
    assert "没有编号相近" in shown(client.get(where, {"place": HERE}))
    assert "已有结果" in shown(
        sent(client, "desk-stray-match", stray.id, tube="LC0000000001", next=PAGE)
    )
    answer = sent(enter("secretary"), "desk-stray-match", stray.id, tube="LC0000000001")
    assert answer.status_code == 403


def test_left_out_and_taken_back(enter: Enter) -> None:
    client, stray = enter("hq"), one(Result, state="waiting")
    text = shown(sent(client, "desk-stray-leave", stray.id, reason="外区的", next=PAGE))
    assert "所有结果都已对应" in text
    undo = re.search(r'action="(/lost/strays/[^"]+/reopen)"', text)
    assert undo
    assert stray.tube in shown(client.post(undo[1], {"next": PAGE}, follow=True))


def test_export(enter: Enter) -> None:
    assert enter("hq").get(PAGE, {"export": "xlsx", "place": HERE}).content[:2] == b"PK"
