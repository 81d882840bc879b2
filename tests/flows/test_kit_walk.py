"""The walk with kits in a real Chromium: doors taken down, kits handed out offline, sent once."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Browser, BrowserContext, BrowserType, Page, expect

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import offer_kit_phone, revoke_kit_phone
from muster.apps.kits.models import KitFollowUp, KitIssue, KitPhone, KitResult, KitWord
from muster.apps.kits.models import StockMovement as Movement
from tests.flows.conftest import DESK, PHONE, QUIET, Open, Server, chromium
from tests.flows.lane import Phone
from tests.flows.test_screens import judged

pytestmark = pytest.mark.browser
Shoot = Callable[[Page, str], None]
NARROW = {"width": 320, "height": 568}


@dataclass
class Pair(Phone):
    """The page of a pair's phone."""

    def figures(self, **figures: int) -> None:
        """The large figures: left, missing, hand, unsent."""
        for name, figure in figures.items():
            expect(self.page.locator(f"#{name}")).to_have_text(str(figure))

    def open_door(self, label: str) -> None:
        """A door by its label."""
        row = self.page.locator(".door-row", has_text=label)
        if row.get_attribute("aria-expanded") != "true":
            row.click()

    def give(self) -> None:
        """Hand out at the open door."""
        self.page.locator(".at.open .give").click()

    def result(self, n: int, value: str) -> None:
        """What the kit of the n-th behind the open door showed."""
        self.page.locator(".at.open .person").nth(n).click()
        self.page.locator(f".sheet [data-value={value!r}]").click()


def started(context: BrowserContext, server: Server, place: str = "") -> Pair:
    """The desk's link, or the app as it was left."""
    code = ""
    if place:
        city, kits = server[1], server[2]["kits"]
        with act_as(city.secretary):
            series = kits.series.id  # type: ignore[attr-defined]
            code = "#" + offer_kit_phone(series=series, place=city.places[place])[1]
    page = context.pages[0] if context.pages else context.new_page()
    page.goto(f"/lane/{code}")
    expect(page.locator(".kits .doors")).to_be_visible()
    return Pair(page, context)


@pytest.fixture
def pairs(browser: Browser, server: Server) -> Iterator[Callable[..., Pair]]:
    """Phones; an error on a page, or a breach of its security policy, fails the test."""
    opened: list[BrowserContext] = []
    errors: list[str] = []

    def make(place: str, **options: object) -> Pair:
        wanted = {"viewport": PHONE, "locale": "zh-CN", "has_touch": True, **options}
        context = browser.new_context(base_url=server[0], **wanted)  # type: ignore[arg-type]
        opened.append(context)
        context.on("weberror", lambda e: errors.append(str(e.error)))
        context.on(
            "console", lambda m: errors.append(m.text) if "Security Policy" in m.text else None
        )
        return started(context, server, place)

    yield make
    for context in opened:
        context.close()
    assert not errors, errors


def issued(server: Server, door: str) -> list[tuple[str, bool]]:
    """By whom a door was given kits, and whether they are there still."""
    with act_as(server[1].secretary):
        rows = KitIssue.objects.filter(door=server[1].places[door])
        return [(i.by.partition(":")[0], i.returned_at is None) for i in rows]


def test_a_stair_without_a_network(
    pairs: Callable[..., Pair], server: Server, shoot: Shoot, open_page: Open
) -> None:
    city = server[1]
    pair = pairs("B21")
    pair.kept()
    pair.figures(left=6, missing=12, unsent=0)
    pair.page.locator("#hand").click()
    shoot(pair.page, "kits-count")
    judged(pair.page)
    pair.page.locator("#counted").fill("60")
    pair.press("记下")
    pair.figures(hand=60)
    shoot(pair.page, "kits-doors")
    judged(pair.page)
    pair.context.set_offline(True)
    for label in ("1-1-101", "1-1-201", "1-1-301"):
        pair.open_door(label)
        pair.give()
        pair.says("kits_handed")
    pair.figures(left=3, hand=30, unsent=3)
    pair.page.reload()
    expect(pair.page.locator(".kits .doors")).to_be_visible()
    pair.figures(left=3, hand=30, unsent=3)
    pair.open_door("1-1-301")
    expect(pair.page.locator(".at.open .give")).to_have_count(0)
    expect(pair.page.locator(".at.open .given")).to_contain_text("本机已发 10 份")
    pair.open_door("1-1-201")
    pair.press("撤回，份数回到手里")
    pair.says("kits_back")
    pair.figures(left=4, hand=40, unsent=4)
    pair.give()
    pair.figures(left=3, hand=30, unsent=5)
    pair.open_door("1-1-101")
    pair.result(0, "negative")
    pair.says("kit_result")
    pair.page.locator(".at.open .person").nth(1).click()
    shoot(pair.page, "kits-result")
    judged(pair.page)
    pair.page.locator(".sheet [data-value=positive]").click()
    shoot(pair.page, "kits-sure")
    judged(pair.page)
    pair.page.locator("[data-sure]").click()
    pair.says("kit_positive")
    pair.figures(missing=10, unsent=7)
    shoot(pair.page, "kits-offline")
    judged(pair.page)
    assert issued(server, "D2111") == []
    pair.context.set_offline(False)
    pair.figures(unsent=0)
    assert [issued(server, d) for d in ("D2111", "D2112", "D2113")] == [[("device", True)]] * 3
    with act_as(city.secretary):
        assert KitResult.objects.filter(door=city.places["D2111"]).count() == 2
        positive = KitResult.objects.get(door=city.places["D2111"], value="positive")
        name = positive.person.name
        assert KitFollowUp.objects.get(result=positive).state == "waiting"
        ledger = Movement.objects.filter(issue__door=city.places["D2111"])
        assert [(m.kind, m.quantity) for m in ledger] == [("issued", -10)]
    desk = open_page("secretary", DESK)
    desk.goto(f"{reverse('desk-kit-doors')}?at={city.places['U211']}&all=1")
    expect(desk.locator("main")).to_contain_text("已发 10 份")
    expect(desk.locator("main")).to_contain_text("阳性")
    judged(desk)
    shoot(desk, "kits-desk-doors")
    desk.goto(reverse("desk-recalls"))
    expect(desk.locator("main")).to_contain_text(name)
    desk.goto(f"{reverse('desk-kit-stock')}")
    expect(desk.locator("main")).to_contain_text("1-1-101")


def test_two_pairs_at_one_door(
    pairs: Callable[..., Pair], server: Server, shoot: Shoot, open_page: Open
) -> None:
    one, other = pairs("U221"), pairs("U221")
    for pair in (one, other):
        pair.kept()
        pair.page.locator("#hand").click()
        pair.page.locator("#counted").fill("30")
        pair.press("记下")
        pair.context.set_offline(True)
        pair.open_door("2-1-101")
        pair.give()
        pair.figures(unsent=1, hand=20)
    one.context.set_offline(False)
    one.figures(unsent=0)
    other.context.set_offline(False)
    other.figures(unsent=0, hand=20)
    told = other.page.locator(".at.open .given")
    expect(told).to_contain_text("先发过了")
    shoot(other.page, "kits-double")
    judged(other.page)
    desk = open_page("secretary", DESK)
    desk.goto(reverse("desk-kit-phones"))
    expect(desk.locator("main")).to_contain_text("现在有两份")
    for name, size in (("desk", DESK), ("phone", PHONE)):
        desk.set_viewport_size(size)  # type: ignore[arg-type]
        shoot(desk, f"kits-desk-phones-{name}")
        judged(desk)
    desk.goto(f"{reverse('desk-kit-doors')}?at={server[1].places['B12']}")
    for name, size in (("desk", DESK), ("phone", PHONE)):
        desk.set_viewport_size(size)  # type: ignore[arg-type]
        shoot(desk, f"kits-desk-give-{name}")
        judged(desk)
    desk.get_by_role("button", name="把这些房门交给手机").click()
    expect(desk.locator("#digits")).to_be_visible()
    shoot(desk, "kits-desk-code-phone")
    judged(desk)
    other.press("撤回，份数回到手里")
    other.says("kits_back")
    other.figures(unsent=0, hand=30)
    with act_as(server[1].secretary):
        words = KitWord.objects.filter(door=server[1].places["D2211"], kind="issue")
        doubled = words.get(code="kits_already_issued")
        moved = Movement.objects.filter(word=doubled.id)
        assert sorted((m.kind, m.quantity) for m in moved) == [("double", -10), ("returned", 10)]
    assert issued(server, "D2211") == [("device", True)]


def test_a_revoked_phone_keeps_the_unsent_and_no_list(
    pairs: Callable[..., Pair], server: Server, shoot: Shoot
) -> None:
    pair = pairs("U212", viewport=NARROW)
    pair.kept()
    pair.press("更多")
    pair.press("夜间模式")
    shoot(pair.page, "kits-narrow-more")
    judged(pair.page)
    pair.press("English")
    pair.press("Close")
    pair.page.locator(".door-row").first.click()
    shoot(pair.page, "kits-narrow-english")
    judged(pair.page)
    pair.press("More")
    pair.press("中文")
    pair.press("关闭")
    pair.context.set_offline(True)
    pair.page.locator(".door-row").nth(1).click()
    pair.give()
    pair.figures(unsent=1)
    with act_as(server[1].secretary):
        revoke_kit_phone(phone=KitPhone.objects.latest("enrolled_at").id)
    pair.context.set_offline(False)
    pair.page.reload()
    expect(pair.page.get_by_role("heading", name="本机已停用")).to_be_visible()
    shoot(pair.page, "kits-revoked")
    pair.figures(unsent=0)
    with act_as(server[1].secretary):
        assert KitWord.objects.latest("received_at").code == "device_revoked"


def test_the_browser_is_started_again_without_a_network_and_a_file_goes_another_way(
    browser: Browser, server: Server, tmp_path: Path, pairs: Callable[..., Pair]
) -> None:
    def start() -> BrowserContext:
        kind: BrowserType = browser.browser_type
        return kind.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium(), args=list(QUIET), viewport=PHONE,
            locale="zh-CN", base_url=server[0],
        )  # fmt: skip

    first = started(start(), server, "U222")
    first.kept()
    first.context.set_offline(True)
    first.open_door("2-2-101")
    first.give()
    first.figures(unsent=1)
    first.context.close()
    context = start()
    context.set_offline(True)
    again = started(context, server)
    again.figures(unsent=1, left=2)
    again.press("更多")
    with again.page.expect_download() as download:
        again.press("导出未上传")
    file = tmp_path / "unsent.json"
    download.value.save_as(file)
    assert json.loads(file.read_text())["count"] == 1
    again.press("关闭")
    carrier = pairs("U111")
    carrier.press("更多")
    carrier.page.locator("#bring").set_input_files(file)
    expect(carrier.page.locator(".sheet .note").first).to_contain_text("已代传1条")
    assert issued(server, "D2221") == [("device", True)]
    context.set_offline(False)
    again.figures(unsent=0)
    assert issued(server, "D2221") == [("device", True)]
    context.close()
