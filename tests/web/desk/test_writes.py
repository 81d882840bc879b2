"""What the desk writes, page by page, through the real actions: `muster.web.desk.call`,
`muster.web.desk.signups`, `muster.web.desk.chains`, `muster.web.desk.people`,
`muster.web.desk.board`, `muster.web.desk.code`, `muster.web.desk.rounds`, `muster.web.desk.held`,
`muster.web.desk.recalls`, `muster.web.desk.zones`, `muster.web.desk.bulletins`,
`muster.web.desk.accounts`, `muster.web.desk.bodies`; their addresses are in
`muster.web.desk.field_urls` and `muster.web.desk.report_urls`."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

from muster.apps.audit.actions import as_system
from muster.apps.calls.models import Call, ChainEntry, ChainVersion, ReportIn, SignUp
from muster.apps.people.models import Account, Organisation, Person, SurgePass
from muster.apps.rosters.actions import run_search
from muster.apps.rosters.models import Assignment, Plan, RoleSwitch, Search
from muster.apps.screening.models import Absence, Decision, Device, Recall, Round, Specimen
from muster.apps.zones.models import ZoneOrder
from muster.kernel import clock
from tests.support.city import HERE, OFFICE, SmallCity
from tests.web.desk.conftest import Enter

Lived = tuple[SmallCity, dict[str, Any]]


def sent(client: Client, page: str, /, *args: object, **data: object) -> Any:
    """Post to a page and follow it back."""
    return client.post(reverse(page, args=args), data, follow=True)


def shown(response: Any) -> str:
    assert response.status_code == 200, response.content.decode()[:500]
    text: str = response.content.decode()
    return text


def one(model: Any, **where: object) -> Any:
    with as_system("test"):
        return model.objects.filter(**where).first()


# --- call


def test_headquarters_issues_and_closes_a_call(enter: Enter) -> None:
    client = enter("hq")
    root = one(Organisation, parent=None)
    text = shown(
        sent(client, "desk-call-issue", number="2022-2", title="再动员", body="请报名",
             root=root.id, place=HERE, **{"need-recorder": 3}, next=reverse("desk-call"))
    )  # fmt: skip
    assert "动员令已发出" in text
    call = one(Call, number="2022-2")
    assert call.need == {"recorder": 3}
    assert "已关闭" in shown(sent(client, "desk-call-close", call.id, next=reverse("desk-call")))


def test_call_needs_a_whole_number(enter: Enter) -> None:
    root = one(Organisation, parent=None)
    text = shown(
        sent(enter("hq"), "desk-call-issue", number="9", title="t", body="b", root=root.id,
             **{"need-recorder": "三"}, next=reverse("desk-call"))
    )  # fmt: skip
    assert "无法识别" in text


def test_secretary_issues_no_call(enter: Enter) -> None:
    root = one(Organisation, parent=None)
    answer = sent(enter("secretary"), "desk-call-issue", number="9", title="t", body="b",
                  root=root.id)  # fmt: skip
    assert answer.status_code == 403


def test_contact_acknowledges_and_offers(enter: Enter, lived: Lived) -> None:
    client = enter("contact")
    text = shown(client.get(reverse("desk-call")))
    assert "可以派出谁" in text
    assert "干部0" in text
    body, call = one(Organisation, code=OFFICE), lived[1]["call"]
    who = one(Person, unit=OFFICE)
    text = shown(
        sent(client, "desk-call-offer", call.id, body.id, person=[who.id], roles=["recorder"],
             next=reverse("desk-call"))
    )  # fmt: skip
    assert "已派出" in text


def test_progress_alone_for_htmx(enter: Enter) -> None:
    response = enter("hq").get(reverse("desk-call"), headers={"HX-Request": "true"})
    assert "<html" not in shown(response)


# --- sign-ups and chains


def test_sign_up_is_taken_back_and_filtered(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    signup = one(SignUp, area=HERE, state="accepted")
    shown(sent(client, "desk-signup-withdraw", signup.id, next=reverse("desk-signups")))
    assert one(SignUp, id=signup.id).state == "withdrawn"
    text = shown(client.get(reverse("desk-signups"), {"state": "withdrawn"}))
    assert text.count("<tr>") == 2


def test_sign_ups_as_a_spreadsheet(enter: Enter) -> None:
    response = enter("secretary").get(reverse("desk-signups"), {"export": "xlsx"})
    assert response["Content-Type"].endswith("sheet")
    assert response.content[:2] == b"PK"


def test_report_is_confirmed_by_both_sides(enter: Enter) -> None:
    report = one(ReportIn, area=HERE)
    page = reverse("desk-reports")
    shown(sent(enter("secretary"), "desk-report-confirm", report.id, "community", next=page))
    assert one(ReportIn, id=report.id).community_confirmed_at is not None


def test_chain_is_previewed_without_being_kept(enter: Enter) -> None:
    before = one(ChainVersion, area=HERE).id
    text = shown(
        enter("secretary").post(
            reverse("desk-chain-preview"), {"text": "#接龙\n夜班\n\n1. 周七 13900007777 录入\n"}
        )
    )
    assert "周七" in text
    assert "13900007777" not in text
    with as_system("test"):
        assert list(ChainVersion.objects.values_list("id", flat=True)) == [before]


def test_chain_is_pasted_settled_and_undone(enter: Enter, lived: Lived) -> None:
    client, page = enter("secretary"), reverse("desk-chains")
    text = shown(
        sent(client, "desk-chain-paste", call=lived[1]["call"].id, next=page,
             text="#接龙\n夜班\n\n1. 周七 13900007777 录入\n")
    )  # fmt: skip
    assert "已报名 1 人" in text
    entry = one(ChainEntry, state="waiting")
    text = shown(sent(client, "desk-chain-settle", entry.id, name="孙六", phone="12", next=page))
    assert "不是手机号" in text
    text = shown(
        sent(client, "desk-chain-settle", entry.id, name="孙六", phone="13900007776", next=page)
    )
    assert f"/chains/entries/{entry.id}/reopen" in text
    shown(sent(client, "desk-chain-reopen", entry.id, next=page))
    assert one(ChainEntry, id=entry.id).state == "waiting"


def test_clean_chain_has_no_telephone(enter: Enter) -> None:
    version = one(ChainVersion, area=HERE)
    text = shown(enter("secretary").get(reverse("desk-chain", args=[version.id])))
    assert "钱五" in text
    assert "13900008882" not in text


# --- people


@pytest.mark.parametrize("text", ["杨六", "yl", "0005", "13900000005", "1-1-301"])
def test_people_are_found(enter: Enter, text: str) -> None:
    page = shown(enter("secretary").get(reverse("desk-people"), {"q": text}))
    assert "杨六" in page
    assert "13900000005</a>" not in page


def test_other_community_finds_nobody(enter: Enter, lived: Lived) -> None:
    client = enter("other")
    assert "杨六" not in shown(client.get(reverse("desk-people"), {"q": "13900000005"})).replace(
        "杨六”", ""
    )
    person = lived[0].residents[5]
    assert client.get(reverse("desk-person", args=[person])).status_code == 404


def test_person_takes_a_role(enter: Enter, lived: Lived) -> None:
    person = lived[0].residents[5]
    page = reverse("desk-person", args=[person])
    text = shown(
        sent(enter("secretary"), "desk-person-role", person, role="guide", ticked=["route"],
             next=page)
    )  # fmt: skip
    assert "引导员" in text
    assert one(RoleSwitch, person=person, until=None).ticked == ["route"]


def test_identity_number_needs_a_reason(enter: Enter, lived: Lived) -> None:
    client, person = enter("secretary"), lived[0].residents[5]
    where = reverse("desk-person-reveal", args=[person])
    answer = client.post(where, {"reason": "x"}, headers={"HX-Request": "true"})
    assert answer.status_code == 422
    answer = client.post(where, {"reason": "核对证件"}, headers={"HX-Request": "true"})
    assert answer.status_code == 404
    assert "没有登记证件号" in answer.content.decode()


def test_two_entries_are_merged(enter: Enter, lived: Lived) -> None:
    keep, drop = lived[0].residents[5:7]
    page = reverse("desk-person", args=[keep])
    assert "黄七" in shown(
        enter("secretary").get(reverse("desk-person-others", args=[keep]), {"q": "黄七"})
    )
    shown(sent(enter("secretary"), "desk-person-merge", keep, drop=drop, next=page))
    assert one(Person, id=drop).merged_into_id == keep


# --- board


def test_roster_is_proposed_published_and_attended(enter: Enter) -> None:
    client, page = enter("secretary"), reverse("desk-board")
    now = clock.now()
    text = shown(
        sent(client, "desk-plan-start", title="再排", starts_at=now.isoformat(), seconds=1,
             ends_at=(now + timedelta(days=60)).isoformat(), next=page)
    )  # fmt: skip
    assert "正在自动排班" in text
    plan = one(Plan, state="draft")
    assert "请等一等" in shown(sent(client, "desk-board-publish", plan.id, next=page))
    run_search(search=one(Search, plan=plan).id)
    assert "已生效" in shown(sent(client, "desk-board-publish", plan.id, next=page))
    assignment = one(Assignment, plan=plan)
    shown(sent(client, "desk-board-attend", assignment.id, present=0, next=page))
    assert one(Assignment, id=assignment.id).state == "no_show"
    assert "叫人替补" in shown(client.get(page))
    shown(sent(client, "desk-board-attend", assignment.id, present=1, next=page))
    assert one(Assignment, id=assignment.id).state == "present"
    assert "调" in shown(client.get(reverse("desk-board-change", args=[assignment.id])))
    shown(sent(client, "desk-board-remove", assignment.id, next=page))
    assert one(Assignment, id=assignment.id).state == "withdrawn"


def test_no_show_is_replaced_or_it_is_said_why_not(enter: Enter) -> None:
    assignment = one(Assignment, plan__state="published", state="planned")
    answer = sent(enter("secretary"), "desk-board-replace", assignment.id,
                  next=reverse("desk-board"))  # fmt: skip
    assert answer.status_code in (200, 404)


def test_attendance_code_is_for_who_takes_attendance(enter: Enter) -> None:
    post = one(Assignment, plan__state="published").shift_id
    with as_system("test"):
        post = Assignment.objects.filter(shift=post).first().shift.post_id  # type: ignore[union-attr]
    where = reverse("desk-board-code", args=[post])
    assert "<svg" in shown(enter("secretary").get(where))
    assert "<html" not in shown(enter("secretary").get(where, headers={"HX-Request": "true"}))
    assert enter("contact").get(where).status_code == 403


def test_roster_as_a_spreadsheet(enter: Enter) -> None:
    assert enter("secretary").get(reverse("desk-board"), {"export": "1"}).content[:2] == b"PK"


# --- rounds, held records, results, recalls, coverage


def test_shortage_is_said_before_a_round_is_opened(enter: Enter, lived: Lived) -> None:
    client = enter("secretary")
    text = shown(
        client.post(reverse("desk-round-preview"), {"estate": lived[0].estates, "tables": 4})
    )
    assert "还缺" in text
    now = clock.now()
    text = shown(
        sent(client, "desk-round-open", estate=lived[0].estates, tables=2, title="第二轮",
             starts_at=now.isoformat(), ends_at=now.replace(year=now.year + 1).isoformat(),
             next=reverse("desk-round"))
    )  # fmt: skip
    assert "采样台 2 张" in text
    second = one(Round, number=2)
    shown(sent(client, "desk-round-close", second.id, next=reverse("desk-round")))
    assert one(Round, id=second.id).closed_at is not None


def test_phone_is_enrolled_once_and_revoked(enter: Enter) -> None:
    client = enter("secretary")
    device = one(Device, label__contains="号台", revoked_at=None)
    shown(sent(client, "desk-device-revoke", device.id, next=reverse("desk-round")))
    assert one(Device, id=device.id).revoked_at is not None


def test_held_record_is_given_to_its_person(enter: Enter, lived: Lived) -> None:
    client, person = enter("secretary"), lived[0].residents[20]
    record = one(Specimen, state="held")
    where = reverse("desk-held-people", args=[record.round, record.id])
    people = shown(client.get(where, {"q": "黄"}))
    assert "就是此人" in people
    assert f'form="accept{record.id}"' in people, "the tube that is typed goes along"
    assert f'id="accept{record.id}"' in shown(client.get(reverse("desk-held")))
    unfit = sent(client, "desk-held-accept", record.round, record.id, person=person,
                 next=reverse("desk-held"))  # fmt: skip
    assert "不是试管编号" in shown(unfit)
    assert one(Specimen, id=record.id).state == "held"
    shown(
        sent(client, "desk-held-accept", record.round, record.id, person=person,
             tube="LC0000000002", next=reverse("desk-held"))
    )  # fmt: skip
    assert one(Specimen, id=record.id).person == person
    assert "没有待核实的记录" in shown(client.get(reverse("desk-held")))
    assert "最近处理的" in shown(client.get(reverse("desk-held")))
    made = one(Decision, specimen=record.id).id
    text = shown(sent(client, "desk-settled-undo", made, next=reverse("desk-held")))
    assert "恢复原状" in text
    assert "没有待核实的记录" not in text
    assert one(Specimen, id=record.id).person is None
    text = shown(sent(client, "desk-settled-undo", made, next=reverse("desk-held")))
    assert "已有人撤销过" in text
    assert "secretary 已撤销" in text


def test_held_record_is_voided(enter: Enter) -> None:
    record = one(Specimen, state="held")
    text = shown(
        sent(
            enter("secretary"), "desk-held-void", record.round, record.id, next=reverse("desk-held")
        )
    )
    assert one(Specimen, id=record.id).state == "void"
    made = one(Decision, specimen=record.id)
    assert reverse("desk-settled-undo", args=[made.id]) in text
    text = shown(
        sent(enter("secretary"), "desk-held-void", record.round, record.id,
             reason="电话 139 0000 0001", next=reverse("desk-held"))
    )  # fmt: skip
    assert "已处理" in text


def test_recall_goes_from_sampled_to_released(enter: Enter) -> None:
    client, page = enter("secretary"), reverse("desk-recalls")
    recall = one(Recall, area=HERE)
    shown(sent(client, "desk-recall-settle", recall.id, state="sampled", next=page))
    shown(sent(client, "desk-recall-settle", recall.id, state="released", next=page))
    assert one(Recall, id=recall.id).closed_at is not None
    assert "没有这种状态" in shown(
        sent(client, "desk-recall-settle", recall.id, state="maybe", next=page)
    )


def test_door_visit_is_noted_and_undone(enter: Enter, lived: Lived) -> None:
    client, person = enter("secretary"), lived[0].residents[30]
    round_id: UUID = lived[1]["round"].id
    text = shown(
        sent(client, "desk-absence-note", person, round=round_id, outcome="refused",
             next=reverse("desk-doors"))
    )  # fmt: skip
    undo = re.search(r'action="(/coverage/[^"]+)"', text)
    assert undo
    assert one(Absence, person=person).outcome == "refused"
    shown(client.post(undo[1], {"next": reverse("desk-doors")}, follow=True))
    assert one(Absence, person=person) is None


def test_coverage_goes_down_to_doors(enter: Enter, lived: Lived) -> None:
    client, places = enter("secretary"), lived[0].places
    page = reverse("desk-coverage")
    assert "1号楼" in shown(client.get(page, {"at": places["E1"]}))
    assert "door-grid" in shown(client.get(page, {"at": places["U111"]}))
    assert client.get(page, {"export": "1"}).content[:2] == b"PK"
    doors = shown(client.get(reverse("desk-doors"), {"at": places["U121"]}))
    assert "1-1-" not in doors


# --- zones, bulletins, audit, accounts, bodies


def test_headquarters_seals_and_ends(enter: Enter, lived: Lived) -> None:
    client, page = enter("hq"), reverse("desk-zones")
    text = shown(
        sent(client, "desk-zone-issue", number="2022-40", title="管控", level="control",
             at=[lived[0].estates[0]], effective_at=clock.now().isoformat(), next=page)
    )  # fmt: skip
    assert "2022-40" in text
    order = one(ZoneOrder, number="2022-40")
    shown(sent(client, "desk-zone-end", order.id, next=page))
    assert one(ZoneOrder, id=order.id).ended_at is not None


def test_secretary_seals_nothing(enter: Enter, lived: Lived) -> None:
    answer = sent(enter("secretary"), "desk-zone-issue", number="1", title="x", level="control",
                  at=[lived[0].estates[0]], effective_at=clock.now().isoformat())  # fmt: skip
    assert answer.status_code == 403


def test_level_of_an_address_with_its_reason(enter: Enter) -> None:
    text = shown(enter("secretary").get(reverse("desk-zone-level"), {"q": "晨光花园"}))
    assert "封控区" in text
    assert "2022-32" in text


def test_bulletin_is_issued_and_unchanged(enter: Enter) -> None:
    client = enter("secretary")
    text = shown(sent(client, "desk-bulletin-issue", cutoff="", next=reverse("desk-bulletins")))
    where = re.search(r'href="(/bulletins/[0-9a-f-]{36}/)"', text)
    assert where
    page = shown(client.get(where[1]))
    assert "数据与冻结时一致" in page
    assert "People tested" in page


def test_audit_is_for_the_auditor(enter: Enter) -> None:
    assert enter("secretary").get(reverse("desk-audit")).status_code == 403


def test_account_is_made_and_closed(enter: Enter) -> None:
    client, page = enter("secretary"), reverse("desk-accounts")
    weak = sent(client, "desk-account-make", username="grid1", display_name="网格员",
                role="grid_worker", password="12345", next=page)  # fmt: skip
    assert "密码不符合要求" in shown(weak)
    assert one(Account, username="grid1") is None
    shown(
        sent(client, "desk-account-make", username="grid1", display_name="网格员",
             role="grid_worker", password="correct-horse-battery", next=page)
    )  # fmt: skip
    made = one(Account, username="grid1")
    shown(sent(client, "desk-account-close", made.id, next=page))
    assert not one(Account, username="grid1").is_active


def test_nobody_hands_out_headquarters(enter: Enter) -> None:
    text = shown(
        sent(enter("secretary"), "desk-account-make", username="boss", display_name="x",
             role="city_hq", password="correct-horse-battery", next=reverse("desk-accounts"))
    )  # fmt: skip
    assert "这里不能授予此角色" in text
    assert one(Account, username="boss") is None


def test_pass_is_shown_once(enter: Enter) -> None:
    text = shown(
        enter("secretary").post(
            reverse("desk-account-pass"), {"role": "recorder", "uses": 2, "hours": 2}
        )
    )
    assert "<svg" in text
    assert one(SurgePass, uses_left=2) is not None


def test_body_is_set_up_joined_and_ended(enter: Enter) -> None:
    client, page = enter("secretary"), reverse("desk-bodies")
    root = one(Organisation, parent=None)
    text = shown(
        sent(client, "desk-body-create", name="先锋岗一", kind="vanguard_post", parent=root.id,
             scope="东门", leader="13900000005", next=page)
    )  # fmt: skip
    assert "杨六" in text
    body = one(Organisation, name="先锋岗一")
    text = shown(sent(client, "desk-body-members", body.id, phones="13900000006", next=page))
    assert "黄七" in text
    shown(sent(client, "desk-body-end", body.id, next=page))
    assert one(Organisation, id=body.id).ends_at is not None


def test_unknown_id_is_a_plain_page(enter: Enter) -> None:
    nobody = "00000000-0000-7000-8000-000000000000"
    answer = enter("secretary").post(reverse("desk-device-revoke", args=[nobody]))
    assert answer.status_code == 404


def test_way_back_stays_on_this_site(enter: Enter) -> None:
    report = one(ReportIn, area=HERE)
    answer = enter("secretary").post(
        reverse("desk-report-confirm", args=[report.id, "community"]), {"next": "//evil.example/"}
    )
    assert answer["Location"] == "/"
