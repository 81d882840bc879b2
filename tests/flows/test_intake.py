"""The first night's paper at the desk: a list comes in, its rows are decided by keyboard, undone,
its columns corrected; a large one shows how far it is."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from muster.apps.audit.actions import as_system
from muster.apps.communities.actions import merge_residents
from muster.apps.communities.models import Upload
from muster.apps.communities.tasks import take_in
from tests.flows.conftest import DESK, PHONE, Open, Server
from tests.flows.test_screens import judged
from tests.web.desk.test_imports import HEADS, workbook

pytestmark = pytest.mark.browser
BAD = [
    ["毛一一", "", "13911120001", "1", "1", "101"],
    ["毛一二", "11010119900307123X", "13911120002", "1", "1", "201"],
    ["毛一三", "", "13911120003", "9", "9", "901"],
    ["毛一四", "11010119900307124X", "13911120004", "1", "1", "201"],
]
Shoot = Callable[[Page, str], None]


def send(page: Page, file: Path, sender: str = "物业") -> None:
    page.goto(reverse("desk-imports"))
    page.get_by_label("文件").set_input_files(str(file))
    page.get_by_label("谁发来的").fill(sender)
    page.locator("#estate").select_option(index=1)
    page.get_by_role("button", name="收下").click()


def seen(page: Page, shoot: Shoot, name: str) -> None:
    """A picture at phone and at desk width, each judged; the page stays as it was."""
    before = page.viewport_size
    for size, width in (("phone", PHONE), ("desk", DESK)):
        page.set_viewport_size(width)  # type: ignore[arg-type]
        shoot(page, f"{name}-{size}")
        judged(page)
    if before is not None:
        page.set_viewport_size(before)


@pytest.fixture
def roll(tmp_path: Path) -> Path:
    path = tmp_path / "住户.xlsx"
    path.write_bytes(workbook([*HEADS[:2], "找他", *HEADS[3:]], BAD))
    return path


def test_rows_are_decided_by_keyboard_and_undone(open_page: Open, shoot: Shoot, roll: Path) -> None:
    page = open_page("secretary", DESK)
    send(page, roll)
    expect(page.locator("#problems")).to_contain_text("3 行等您处理")
    page.get_by_role("link", name="住户.xlsx").first.click()
    cards = page.locator("[data-decide]")
    expect(cards).to_have_count(3)
    expect(cards.first).to_be_focused()
    seen(page, shoot, "intake-rows")
    page.keyboard.press("j")
    expect(cards.nth(1)).to_be_focused()
    page.keyboard.press("k")
    page.keyboard.press("e")
    page.keyboard.press("Escape")
    page.keyboard.press("2")  # right as it is
    expect(page.locator("#problems")).to_contain_text("已收下")
    page.locator("#problems").get_by_role("button", name="撤销").click()
    expect(page.locator("#problems")).to_contain_text("重新等待处理")
    page.goto(reverse("desk-imports"))
    page.get_by_role("link", name="住户.xlsx").first.click()
    expect(cards).to_have_count(3)
    page.keyboard.press("3")
    expect(cards).to_have_count(2)


def test_a_column_is_corrected_and_remembered(
    open_page: Open, shoot: Shoot, tmp_path: Path
) -> None:
    page = open_page("secretary", PHONE)
    heads = [*HEADS[:2], "打给谁", *HEADS[3:]]
    for at, (name, wanted) in enumerate((("丁甲", "等您处理"), ("丁乙", "按您上次"))):
        path = tmp_path / f"名单{at}.xlsx"
        path.write_bytes(workbook(heads, [[name, "", f"1391112999{at}", "9", "9", "901"]]))
        send(page, path, "派出所")
        if at:
            expect(page.locator("#problems")).to_contain_text(wanted)
            break
        page.get_by_role("link", name="名单0.xlsx").first.click()
        page.get_by_text("各列是怎样读的").click()
        page.get_by_label("打给谁").select_option("phones")
        seen(page, shoot, "intake-columns")
        page.get_by_role("button", name="记住这些列").click()
        expect(page.locator("#problems")).to_contain_text("文件已按这些列重新读")


def test_a_large_file_shows_how_far_it_is(
    open_page: Open, shoot: Shoot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("muster.apps.communities.actions.uploads.LARGE", 10)
    path = tmp_path / "大表.xlsx"
    path.write_bytes(workbook(HEADS, [["庚一", "", "13911130001", "1", "1", "101"]]))
    page = open_page("secretary", PHONE)
    send(page, path)
    expect(page.get_by_text("排队中")).to_be_visible()
    with as_system("test"):
        upload = Upload.objects.order_by("-created_at").first()
        assert upload is not None
        Upload.objects.filter(id=upload.id).update(state="reading", done=40_000, total=100_000)
    expect(page.get_by_text("已读 40000 行，共 100000 行")).to_be_visible()
    seen(page, shoot, "intake-large")
    take_in(upload_id=str(upload.id))
    expect(page.get_by_role("link", name="导入记录")).to_be_visible()


def test_two_entries_are_merged_and_separated(
    open_page: Open, server: Server, shoot: Shoot
) -> None:
    kept, dropped = server[1].residents[2:4]
    with as_system("test"):
        merge_residents(keep=kept, drop=dropped)
    page = open_page("secretary", PHONE)
    page.goto(reverse("desk-person", args=[dropped]))
    expect(page.get_by_text("此条已并入另一条")).to_be_visible()
    seen(page, shoot, "person-merged")
    page.get_by_role("button", name="是两个人，撤销合并").click()
    expect(page.locator("#problems")).to_contain_text("恢复为两个人")


def test_a_chain_is_previewed_and_its_doubts_are_decided_by_keyboard(
    open_page: Open, shoot: Shoot
) -> None:
    page = open_page("secretary", DESK)
    page.goto(reverse("desk-chains"))
    cards = page.locator("[data-decide]")
    waiting = cards.count()
    page.locator("textarea").fill(
        "#接龙\n核酸志愿者\n1. 3栋501 会开车\n2. 王小明 13911140001 3-2-501"
    )
    expect(page.get_by_role("cell", name="3-501", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="3-2-501", exact=True)).to_be_visible()
    seen(page, shoot, "chains-preview")
    page.get_by_role("button", name="收下").click()
    expect(cards).to_have_count(waiting + 1)
    cards.first.focus()
    page.keyboard.press("2")
    expect(cards).to_have_count(waiting)
