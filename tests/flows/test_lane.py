"""The lane in a real Chromium: a table's night with a scanner that types, with and without a
network. Nothing is waited for by the clock."""

import json
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client
from playwright.sync_api import Browser, BrowserContext, Page, expect

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import close_round, revoke_device
from muster.apps.screening.models import Device, Specimen
from tests.flows.conftest import PHONE, Server
from tests.flows.lane import Phone, codes_of, enrolment, in_tube, take_table
from tests.flows.test_screens import judged

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]
OpenPhone = Callable[..., Phone]
# As a browser that has no room left answers.
FULL = """() => {
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
}"""


@pytest.fixture
def phones(browser: Browser, server: Server) -> Iterator[OpenPhone]:
    """Phones at tables; an error on a page, or a breach of its security policy, fails the test."""
    contexts: list[BrowserContext] = []
    errors: list[str] = []

    def take(table: int = 2, size: str = "10人一管", **options: object) -> Phone:
        context = browser.new_context(
            viewport=PHONE, base_url=server[0], locale="zh-CN", has_touch=True, **options  # type: ignore[arg-type]
        )  # fmt: skip
        contexts.append(context)
        context.on("weberror", lambda e: errors.append(str(e.error)))
        context.on(
            "console", lambda m: errors.append(m.text) if "Security Policy" in m.text else None
        )
        return take_table(context, server, table, size)

    yield take
    for context in contexts:
        context.close()
    assert not errors, errors


def test_a_tube_of_ten_with_a_scanner_that_types(
    phones: OpenPhone, server: Server, shoot: Shoot
) -> None:
    phone = phones()
    people = server[1].residents[24:36]
    codes = codes_of(*([p] for p in people))
    shoot(phone.page, "lane-empty")
    judged(phone.page)
    phone.scan(codes[0])
    phone.says("tube_first")
    phone.scan("lc0000000100")
    phone.says("tube_open")
    for n, code in enumerate(codes[:9], start=1):
        phone.scan(code)
        phone.counts(tube=n)
    shoot(phone.page, "lane-tube")
    judged(phone.page)
    phone.scan(codes[0])
    phone.says("person_in_tube")
    phone.scan(codes[9])
    phone.says("tube_full_closed")
    phone.counts(tube=0, total=10, unsent=0)
    shoot(phone.page, "lane-closed")
    phone.scan("LC0000000100")
    phone.says("tube_closed")
    assert in_tube(server, "LC0000000100") == people[:10]


def test_without_a_network_it_goes_on_and_starts_again(
    phones: OpenPhone, server: Server, shoot: Shoot
) -> None:
    phone = phones()
    people = server[1].residents[36:42]
    codes = codes_of(*([p] for p in people))
    phone.kept()
    phone.context.set_offline(True)
    phone.scan("LC0000000200")
    for n, code in enumerate(codes[:3], start=1):
        phone.scan(code)
        phone.counts(tube=n, unsent=n)
    shoot(phone.page, "lane-offline")
    judged(phone.page)
    phone.page.reload()
    expect(phone.page.locator(".lane")).to_be_visible()
    phone.counts(tube=3, unsent=3, total=3)
    for code in codes[3:5]:
        phone.scan(code)
    phone.counts(tube=5, unsent=5)
    assert in_tube(server, "LC0000000200") == []
    phone.context.set_offline(False)
    phone.counts(unsent=0)
    assert in_tube(server, "LC0000000200") == people[:5]


def test_mistakes_are_mended(phones: OpenPhone, server: Server, shoot: Shoot) -> None:
    phone = phones()
    people = server[1].residents[42:46]
    codes = codes_of(*([p] for p in people))
    phone.scan("LC0000000300")
    for code in codes[:3]:
        phone.scan(code)
    phone.counts(tube=3)
    phone.press("撤销上一个")
    phone.says("undone")
    phone.counts(tube=2, total=2)
    phone.page.locator(".person").last.click()
    shoot(phone.page, "lane-entry")
    judged(phone.page)
    phone.press("扫错人")
    phone.says("voided")
    phone.counts(tube=1)
    phone.page.locator(".person").first.click()
    phone.press("移到别的管")
    phone.scan("LC0000000301")
    phone.says("moved")
    phone.counts(tube=0, total=1)
    phone.scan(codes[2])
    phone.scan("LC0000000302")
    phone.says("close_short")
    shoot(phone.page, "lane-short")
    judged(phone.page)
    phone.scan(codes[3])
    phone.says("answer_first")
    phone.answer("queue ended")
    phone.says("tube_open")
    phone.counts(unsent=0)
    assert in_tube(server, "LC0000000300") == [people[2]]
    assert in_tube(server, "LC0000000301") == [people[1]]


def test_who_was_recorded_at_another_table_is_asked_about(
    phones: OpenPhone, server: Server, shoot: Shoot
) -> None:
    phone = phones(table=1)
    already, own = server[1].residents[0], server[1].residents[14]
    elsewhere = server[1].residents[47]
    code, own_code, else_code = codes_of([already], [own], [elsewhere])
    phone.scan("LC0000000400")
    phone.scan(code)
    phone.says("person_already_recorded")
    shoot(phone.page, "lane-already")
    judged(phone.page)
    phone.answer("no")
    phone.counts(tube=0)
    phone.scan(code)
    phone.answer("anyway")
    phone.counts(tube=1)
    phone.scan(else_code)
    phone.says("person_unknown")
    phone.answer("no")
    phone.scan(own_code)
    phone.counts(tube=2)
    phone.page.keyboard.press("Escape")
    phone.scan("LC0000000401")
    phone.answer("break")
    phone.scan(own_code)
    phone.says("person_already_here")
    phone.answer("no")
    phone.counts(unsent=0)
    with act_as(server[1].secretary):
        again = Specimen.objects.get(tube="LC0000000400", person=already)
    assert (again.state, again.code) == ("flagged", "person_already_recorded")


def test_found_by_whatever_people_say(phones: OpenPhone, server: Server, shoot: Shoot) -> None:
    phone = phones()
    phone.scan("LC0000000500")
    phone.press("找人")
    field = phone.page.locator("#q")
    for text in ("2-2-301", "301", "0046", "2号楼2单元301"):
        field.fill(text)
        expect(phone.page.locator(".found .person").first).to_be_visible()
    field.fill("2-2-3")
    shoot(phone.page, "lane-search")
    judged(phone.page)
    field.fill("0046")
    phone.page.locator(".found .person").first.click()
    phone.counts(tube=1)
    phone.press("新登记")
    phone.page.get_by_label("姓名").fill("访客甲")
    phone.page.get_by_label("房号或住处").fill("2-2-302")
    shoot(phone.page, "lane-unknown")
    judged(phone.page)
    phone.page.locator("form").get_by_role("button", name="登记").click()
    phone.counts(tube=2, unsent=0)
    with act_as(server[1].secretary):
        held = Specimen.objects.get(tube="LC0000000500", person=None)
    assert (held.state, held.said) == ("held", {"name": "访客甲", "door": "2-2-302"})


def test_codes_that_fail_say_what_to_do(phones: OpenPhone, server: Server, shoot: Shoot) -> None:
    phone = phones()
    phone.scan("LC0000000600")
    (good,) = codes_of([server[1].residents[40]])
    head, payload, signature = good.split(".")
    forged = f"{head}.{payload[:-1]}{'A' if payload[-1] != 'A' else 'Q'}.{signature}"
    for text, code in (
        (forged, "code_forged"),
        (good[:40], "code_garbled"),
        ("HTTP://A.B/C", "scan_unknown"),
    ):
        phone.scan(text)
        phone.says(code)
    shoot(phone.page, "lane-refused")
    phone.counts(tube=0, total=0)


def test_a_family_code_and_a_household_tube(
    phones: OpenPhone, server: Server, shoot: Shoot
) -> None:
    phone = phones(table=1, size="一户一管")
    family = server[1].residents[10:12]
    stranger = server[1].residents[12]
    code, other = codes_of(family, [stranger])
    phone.scan("LC0000000700")
    phone.scan(code)
    phone.says("family_who")
    shoot(phone.page, "lane-family")
    judged(phone.page)
    phone.press("登记2人")
    phone.counts(tube=2)
    phone.scan(other)
    phone.says("tube_other_household")
    phone.answer("no")
    phone.scan("LC0000000701")
    phone.says("tube_open")
    phone.counts(unsent=0)


def test_what_is_unsent_is_carried_by_another_hand(
    phones: OpenPhone, server: Server, shoot: Shoot
) -> None:
    phone = phones(table=1)
    person = server[1].residents[16]
    phone.context.set_offline(True)
    phone.scan("LC0000000800")
    phone.scan(codes_of([person])[0])
    phone.counts(unsent=1)
    phone.press("更多")
    shoot(phone.page, "lane-more")
    judged(phone.page)
    with phone.page.expect_download() as download:
        phone.press("导出未上传（加密文件）")
    file = download.value.path().read_bytes()
    assert str(person).encode() not in file
    assert json.loads(file)["count"] == 1
    answer = Client().post("/api/sync/sealed", file, content_type="application/json")
    assert [r["state"] for r in answer.json()["receipts"]] == ["accepted"]
    other = phones()
    other.press("更多")
    other.page.locator("#bring").set_input_files(download.value.path())
    expect(other.page.get_by_text("已代传1条")).to_be_visible()
    phone.page.get_by_role("button", name="关闭").click()
    phone.context.set_offline(False)
    phone.counts(unsent=0)
    assert in_tube(server, "LC0000000800") == [person]


def test_a_memory_that_is_lost_is_found_again(phones: OpenPhone, server: Server) -> None:
    phone = phones(table=1)
    person = server[1].residents[17]
    phone.kept()
    phone.context.set_offline(True)
    phone.scan("LC0000000900")
    phone.scan(codes_of([person])[0])
    phone.counts(unsent=1)
    phone.mirrored(1)
    phone.page.evaluate("indexedDB.deleteDatabase('muster-lane')")
    phone.page.goto("about:blank")
    phone.context.set_offline(False)
    phone.page.goto("/lane/")
    expect(phone.page.get_by_text("找回1条未上传记录")).to_be_visible()
    phone.mirrored(0)
    assert in_tube(server, "LC0000000900") == [person]


def test_paper_is_typed_in_fast(phones: OpenPhone, server: Server, shoot: Shoot) -> None:
    phone = phones(table=1)
    phone.press("更多")
    phone.press("补录纸质单")
    keys = phone.page.keyboard
    keys.type("LC0000001000", delay=0)
    keys.press("Enter")
    phone.says("tube_open")
    people = server[1].residents[18:20]
    for typed in ("0018", "0019"):
        phone.page.locator("#paper-person").fill(typed)
        expect(phone.page.locator(".found .person").first).to_be_visible()
        keys.press("Enter")
        expect(phone.page.locator("#paper-person")).to_have_value("")
    phone.counts(tube=2, unsent=0)
    shoot(phone.page, "lane-paper")
    judged(phone.page)
    assert in_tube(server, "LC0000001000") == people


def test_night_and_english(phones: OpenPhone, shoot: Shoot) -> None:
    phone = phones(color_scheme="dark")
    phone.scan("LC0000001100")
    shoot(phone.page, "lane-night")
    judged(phone.page)
    phone.press("更多")
    phone.press("English")
    phone.page.get_by_role("button", name="Close", exact=True).click()
    shoot(phone.page, "lane-english")
    judged(phone.page)


def test_a_card_readers_number_goes_along(phones: OpenPhone, server: Server) -> None:
    phone = phones(table=1)
    phone.scan("LC0000001300")
    phone.scan("11010519491231002X")
    phone.says("card_find")
    phone.page.locator("#q").fill("0013")
    phone.page.locator(".found .person").first.click()
    phone.counts(tube=1, unsent=0)
    assert in_tube(server, "LC0000001300") == [server[1].residents[13]]


def test_what_cannot_be_kept_is_not_beeped_for(phones: OpenPhone, server: Server) -> None:
    phone = phones(table=1)
    phone.scan("LC0000001500")
    phone.says("tube_open")
    phone.page.evaluate(FULL)
    phone.scan(codes_of([server[1].residents[21]])[0])
    phone.says("storage_full")
    phone.counts(tube=0, total=0, unsent=0)


def test_a_wrong_clock_is_told_and_decides_nothing(phones: OpenPhone, server: Server) -> None:
    phone = phones(table=1)
    phone.page.clock.set_system_time(datetime.now(UTC) + timedelta(hours=3))
    phone.page.reload()
    expect(phone.page.get_by_text("本机时间差180分钟")).to_be_visible()
    phone.scan("LC0000001600")
    phone.scan(codes_of([server[1].residents[22]])[0])
    phone.counts(tube=1, unsent=0)


def test_one_window_at_a_time(phones: OpenPhone) -> None:
    phone = phones()
    second = phone.context.new_page()
    second.goto("/lane/")
    expect(second.get_by_text("已在另一个窗口打开")).to_be_visible()
    phone.page.close()
    expect(second.locator(".lane")).to_be_visible()


def test_a_phone_changes_tables_when_all_is_sent(phones: OpenPhone, server: Server) -> None:
    phone = phones()
    phone.scan("LC0000001400")
    phone.page.goto(f"/lane/#{enrolment(server, 1)}")
    phone.page.get_by_role("button", name="10人一管").click()
    expect(phone.page.locator(".strip")).to_contain_text("1号台")
    phone.kept()
    phone.scan("LC0000001401")
    phone.context.set_offline(True)
    phone.scan(codes_of([server[1].residents[15]])[0])
    phone.counts(tube=1, unsent=1)
    phone.page.goto("about:blank")
    phone.page.goto("/lane/#12345678")
    expect(phone.page.get_by_text("全部上传后再换台")).to_be_visible()
    phone.counts(unsent=1)


def test_a_revoked_phone_keeps_what_is_unsent_and_nobody_else(
    phones: OpenPhone, server: Server, shoot: Shoot
) -> None:
    phone = phones(table=1)
    phone.kept()
    phone.context.set_offline(True)
    phone.scan("LC0000001200")
    phone.scan(codes_of([server[1].residents[20]])[0])
    phone.counts(unsent=1)
    with act_as(server[1].secretary):
        newest = Device.objects.order_by("-enrolled_at").first()
        assert newest is not None
        revoke_device(device=newest.id)
    phone.context.set_offline(False)
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="本机已停用")).to_be_visible()
    phone.counts(unsent=0)
    shoot(phone.page, "lane-revoked")
    judged(phone.page)
    with act_as(server[1].secretary):
        assert Specimen.objects.get(tube="LC0000001200").code == "device_revoked"


def test_the_end_of_the_round(phones: OpenPhone, server: Server, shoot: Shoot) -> None:
    phone = phones()
    phone.kept()
    with act_as(server[1].secretary):
        close_round(round_id=server[2]["round"].id)  # type: ignore[attr-defined]
    phone.page.reload()
    expect(phone.page.get_by_role("heading", name="本轮已结束")).to_be_visible()
    shoot(phone.page, "lane-over")
    judged(phone.page)
