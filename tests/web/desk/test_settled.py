"""`muster.web.desk.settled`: what was settled, and its undo at any time."""

from io import BytesIO

from django.urls import reverse
from python_calamine import CalamineWorkbook

from muster.apps.audit.actions import as_system
from muster.apps.audit.queries import lines_of
from muster.apps.screening.models import Change, Closing, Decision, Specimen
from tests.support.city import HERE, STREET
from tests.web.desk.conftest import Enter
from tests.web.desk.test_writes import one, sent, shown

PAGE = "/held/settled/"


def test_empty_it_says_what_will_stand_here(enter: Enter) -> None:
    assert reverse("desk-settled") == PAGE
    text = shown(enter("secretary").get(PAGE))
    assert "还没有处理过记录" in text
    assert "没有符合的处理记录" in shown(enter("secretary").get(PAGE, {"q": "LC"}))


def test_who_did_what_is_found_and_taken_back(enter: Enter) -> None:
    client, closing, change = enter("secretary"), one(Closing, state="held"), one(Change)
    change = one(Change, state="held")
    sent(client, "desk-closing-leave", closing.round, closing.id, reason="已数过", next=PAGE)
    sent(client, "desk-change-apply", change.round, change.id, next=PAGE)
    text = shown(client.get(PAGE))
    for said in ("已数过", "另一部手机", "吴九", "第一轮", "secretary"):
        assert said in text, said
    assert text.index("吴九") < text.index("已数过"), "the newest first"
    assert "吴九" not in shown(client.get(PAGE, {"choice": "closing_dismissed"}))
    made = one(Decision, closing=closing.id)
    undo = reverse("desk-settled-undo", args=[made.id])
    assert undo in shown(client.get(PAGE, {"q": closing.tube[-4:]}))
    assert "恢复原状" in shown(client.post(undo, {"next": PAGE}, follow=True))
    assert one(Closing, id=closing.id).settled_at is None
    text = shown(client.post(undo, {"next": PAGE}, follow=True))
    assert "已有人撤销过" in text
    assert "secretary 已撤销" in text
    assert undo not in text


def test_not_for_who_may_not(enter: Enter) -> None:
    client, record = enter("secretary"), one(Specimen, state="held")
    sent(client, "desk-held-void", record.round, record.id, next=PAGE)
    made = one(Decision, specimen=record.id)
    assert sent(enter("hq"), "desk-settled-undo", made.id, next=PAGE).status_code == 403
    assert sent(enter("other"), "desk-settled-undo", made.id, next=PAGE).status_code == 404
    assert one(Decision, specimen=record.id).ended == ""
    assert enter("other").get(PAGE, {"place": STREET}).status_code == 403
    assert record.tube not in shown(enter("other").get(PAGE))


def test_a_number_in_a_reason_is_refused(enter: Enter) -> None:
    client, change = enter("secretary"), one(Change, state="held")
    text = shown(
        sent(client, "desk-change-leave", change.round, change.id,
             reason="打13900000001核实", next=PAGE)
    )  # fmt: skip
    assert "请不要写电话或证件号码" in text
    assert one(Change, id=change.id).settled_at is None


def test_the_list_as_a_spreadsheet(enter: Enter) -> None:
    """What the page shows, the filters applied; who exports leaves a line."""
    client, closing, change = enter("secretary"), one(Closing, state="held"), one(Change)
    change = one(Change, state="held")
    sent(client, "desk-closing-leave", closing.round, closing.id, reason="已数过", next=PAGE)
    sent(client, "desk-change-apply", change.round, change.id, next=PAGE)
    assert "export=xlsx" in shown(client.get(PAGE))
    answer = client.get(PAGE, {"export": "xlsx"})
    assert 'filename="settled.xlsx"' in answer.headers["Content-Disposition"]
    title, _, _, heads, newest, older = CalamineWorkbook.from_filelike(
        BytesIO(answer.content)
    ).get_sheet_by_index(0).to_python(skip_empty_area=False)  # fmt: skip
    assert title[0] == "已处理"
    assert heads[:4] == ["处理时间", "处理人", "处理方式", "人员"]
    assert (newest[1], newest[3], newest[8]) == ("secretary", "吴九", "第一轮")
    assert older[4] == closing.tube
    assert older[5] in shown(client.get(PAGE))
    assert older[6] == "已数过"
    few = client.get(PAGE, {"export": "xlsx", "choice": "change_applied"})
    rows = CalamineWorkbook.from_filelike(BytesIO(few.content)).get_sheet_by_index(0)
    assert len(rows.to_python(skip_empty_area=False)) == 5
    with as_system("look"):
        line = lines_of(low=HERE, high=HERE)[0]
        assert (line.action, line.subject, line.detail) == ("exported", "settled", {"rows": 1})


def test_no_export_for_who_may_not_see_it(enter: Enter) -> None:
    assert enter("hq").get(PAGE, {"export": "xlsx"}).status_code == 403
