"""`muster.web.desk.held_changes`: done or let be, from the page, with the undo."""

import re

from django.urls import reverse

from muster.apps.screening.models import Change, Closing, Specimen, Visit
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import one, sent, shown

PAGE = "/held/changes/"


def test_a_change_is_let_be_and_taken_back_and_done(enter: Enter) -> None:
    client, change = enter("secretary"), one(Change, state="held")
    where = (change.round, change.id)
    assert reverse("desk-held-changes") == PAGE
    assert "登记是另一部手机做的" in shown(client.get(PAGE))
    assert "请写明为何不处理" in shown(sent(client, "desk-change-leave", *where, next=PAGE))
    text = shown(sent(client, "desk-change-leave", *where, reason="再核对", next=PAGE))
    assert "登记是另一部手机做的" not in text
    undo = re.search(r'action="(/held/settled/[^"]+/undo)"', text)
    assert undo
    assert "登记是另一部手机做的" in shown(client.post(undo[1], {"next": PAGE}, follow=True))
    text = shown(sent(client, "desk-change-apply", *where, next=PAGE))
    assert "已按手机的请求处理" in text
    assert one(Specimen, id=change.specimen).state == "void"
    undo = re.search(r'action="(/held/settled/[^"]+/undo)"', text)
    assert undo
    assert "登记是另一部手机做的" in shown(client.post(undo[1], {"next": PAGE}, follow=True))
    assert one(Specimen, id=change.specimen).state == "accepted"
    sent(client, "desk-change-apply", *where, next=PAGE)
    assert one(Specimen, id=change.specimen).state == "void"


def test_a_closing_is_let_be_and_taken_back_and_done(enter: Enter) -> None:
    client, closing = enter("secretary"), one(Closing, state="held")
    where = (closing.round, closing.id)
    text = shown(sent(client, "desk-closing-leave", *where, reason="已数过", next=PAGE))
    undo = re.search(r'action="(/held/settled/[^"]+/undo)"', text)
    assert undo
    shown(client.post(undo[1], {"next": PAGE}, follow=True))
    text = shown(sent(client, "desk-closing-apply", *where, tube=closing.tube, next=PAGE))
    assert "尚不一致" in text  # nine in hand, ten recorded
    assert one(Closing, id=closing.id).state == "flagged"
    undo = re.search(r'action="(/held/settled/[^"]+/undo)"', text)
    assert undo
    assert "已撤回" in shown(client.post(undo[1], {"next": PAGE}, follow=True))
    assert one(Closing, id=closing.id).state == "held"


def test_a_word_from_a_door_is_let_be_and_taken_back(enter: Enter) -> None:
    client, word = enter("secretary"), one(Visit, state="held")
    where = (word.round_id, word.id)
    text = shown(client.get(PAGE))
    assert "名册上已查不到此人" in text
    assert "新搬来的" in text
    assert "请写明为何不处理" in shown(sent(client, "desk-visit-leave", *where, next=PAGE))
    text = shown(sent(client, "desk-visit-leave", *where, reason="是访客", next=PAGE))
    assert "名册上已查不到此人" not in text
    undo = re.search(r'action="(/held/settled/[^"]+/undo)"', text)
    assert undo
    assert "新搬来的" in shown(client.post(undo[1], {"next": PAGE}, follow=True))
    answer = sent(enter("other"), "desk-visit-leave", *where, reason="x", next=PAGE)
    assert answer.status_code == 404


def test_nobody_else_decides(enter: Enter) -> None:
    change = one(Change, state="held")
    answer = sent(enter("hq"), "desk-change-apply", change.round, change.id, next=PAGE)
    assert answer.status_code == 403
    answer = sent(enter("other"), "desk-change-apply", change.round, change.id, next=PAGE)
    assert answer.status_code == 404
