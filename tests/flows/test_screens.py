"""Every desk page in a real browser: nothing overflows, axe finds nothing serious, a picture is
kept at phone and at desk width."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse
from playwright.sync_api import Page

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import household_link
from muster.apps.screening.actions import ResultRow, import_results, record_batch
from muster.apps.screening.models import PlannedRound, Round
from muster.kernel import clock
from tests.apps.screening.queries.test_nights import beside
from tests.flows.conftest import DESK, PHONE, Open, Server
from tests.support.city import HERE, OpenRound
from tests.support.records import record

pytestmark = pytest.mark.browser


PAGES = (
    "desk-today", "desk-signups", "desk-poster", "desk-reports", "desk-chains", "desk-people",
    "desk-imports", "desk-board", "desk-round", "desk-calendar", "desk-held", "desk-held-changes",
    "desk-settled", "desk-boxes", "desk-results", "desk-lost", "desk-strays", "desk-recalls",
    "desk-codes", "desk-sealed", "desk-coverage", "desk-doors", "desk-zones", "desk-bulletins",
    "desk-accounts", "desk-bodies", "desk-kits", "desk-kit-doors", "desk-kit-phones",
    "desk-kit-stock", "desk-kit-codes", "kit-walk",
)  # fmt: skip
SIZES = {"phone": PHONE, "desk": DESK}


def judged(page: Page) -> None:
    """Nothing serious for axe, nothing wider than the screen."""
    found = Axe().run(page)
    serious = [
        (v["id"], [n["html"] for n in v["nodes"][:3]])
        for v in found.response["violations"]
        if v["impact"] in ("serious", "critical")
    ]
    assert not serious, serious
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 1, f"{wide} px too wide"


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", PAGES)
def test_secretary(
    open_page: Open, shoot: Callable[[Page, str], None], name: str, size: str
) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse(name))
    page.wait_for_load_state("networkidle")
    shoot(page, f"{name}-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_one_person(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-person", args=[server[1].residents[0]]))
    shoot(page, f"desk-person-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_box_and_its_manifest(
    open_page: Open, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-boxes"))
    page.fill("#code", f"BOX-{size}")
    page.keyboard.press("Enter")
    for code in ("LC0000000001", f"LC00000004{len(size):02d}"):
        page.fill("#tube", code)
        page.keyboard.press("Enter")
        page.get_by_text(f"✓ {code}").wait_for()
        page.wait_for_function("document.activeElement.id == 'tube'")
    shoot(page, f"desk-box-{size}")
    judged(page)
    page.get_by_role("link", name="转运单").click()
    page.get_by_role("heading", name="转运单").wait_for()
    shoot(page, f"desk-manifest-{size}")
    judged(page)
    page.get_by_role("link", name="返回转运箱").click()
    page.get_by_role("button", name="取出").last.click()  # the other size scans it too
    page.get_by_text("已取出。").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_a_result_without_a_tube_is_given_one(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    at = 40 if size == "phone" else 42
    code = f"XX000000000{at % 10}"
    round_: OpenRound = server[2]["round"]  # type: ignore[assignment]
    record_batch(token=round_.tokens[0], records=[record(server[1].residents[at], code)])
    with act_as(server[1].headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(9, f"X{code[2:]}9", "weak")])
    page = open_page("hq", SIZES[size])
    page.goto(f"{reverse('desk-strays')}?place={HERE}")
    card = page.locator("article", has_text=f"X{code[2:]}9")
    card.locator("li", has_text=code).wait_for()
    shoot(page, f"desk-strays-hq-{size}")
    judged(page)
    page.on("dialog", lambda dialog: dialog.accept())
    card.locator("li", has_text=code).get_by_role("button").click()
    page.get_by_text("结果已对应到试管").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_the_second_call(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    with as_system("test"):
        Round.objects.update(starts_at=clock.now() - timedelta(hours=2))
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-second-calls"))
    page.get_by_role("button", name="整栋已再次通知").first.click()
    page.get_by_text("刚刚再次通知").wait_for()
    page.locator("summary").click()
    shoot(page, f"desk-second-calls-{size}")
    judged(page)
    text = page.locator("#second-text").input_value()
    assert "1号楼" in text
    assert "王" not in text
    assert "1-1-" not in text
    page.get_by_role("button", name="撤销").click()
    page.get_by_text("已撤回").wait_for()


@pytest.mark.parametrize("size", SIZES)
def test_kits_of_one_building(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page("secretary", SIZES[size])
    at = server[1].places["B11"]
    for name in ("kit-walk", "desk-kit-codes", "desk-kit-doors"):
        page.goto(f"{reverse(name)}?at={at}&all=1")
        page.wait_for_load_state("networkidle")
        shoot(page, f"{name}-building-{size}")
        judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_households_page(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page(None, SIZES[size])
    with as_system("test"):
        token = household_link(door=server[1].places["D1111"])
    page.goto(reverse("kit-home", args=[token]))
    shoot(page, f"kit-home-{size}")
    judged(page)
    assert "王一" not in page.content()


@pytest.mark.parametrize("size", SIZES)
def test_one_bulletin(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-bulletin", args=[server[2]["bulletin"].id]))  # type: ignore[attr-defined]
    shoot(page, f"desk-bulletin-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_one_planned_round(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page("secretary", SIZES[size])
    page.goto(reverse("desk-round-plan", args=[server[2]["planned"].id]))  # type: ignore[attr-defined]
    page.wait_for_load_state("networkidle")
    shoot(page, f"desk-round-plan-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_a_night_of_several_communities(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    planned: PlannedRound = server[2]["planned"]  # type: ignore[assignment]
    beside(planned)
    page = open_page("hq", SIZES[size])
    page.goto(reverse("desk-round-plan", args=[planned.id]))
    page.wait_for_load_state("networkidle")
    shoot(page, f"desk-round-plan-night-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("username", ["hq", "contact"])
def test_call(
    open_page: Open, shoot: Callable[[Page, str], None], username: str, size: str
) -> None:
    page = open_page(username, SIZES[size])
    page.goto(reverse("desk-call"))
    shoot(page, f"desk-call-{username}-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_headquarters_on_the_map(
    open_page: Open, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page("hq", SIZES[size])
    page.goto(reverse("desk-zones"))
    page.wait_for_load_state("networkidle")
    shoot(page, f"desk-zones-hq-{size}")
    judged(page)


@pytest.mark.parametrize("size", SIZES)
def test_log_in(
    open_page: Open, server: Server, shoot: Callable[[Page, str], None], size: str
) -> None:
    page = open_page(None, SIZES[size])
    page.goto(reverse("account_login"))
    shoot(page, f"log-in-{size}")
    judged(page)


def test_english(open_page: Open, shoot: Callable[[Page, str], None]) -> None:
    page = open_page("secretary")
    page.goto(reverse("desk-today"))
    page.get_by_role("button", name="English").click()
    page.wait_for_load_state("networkidle")
    assert page.locator("h1").inner_text() == "Today"
    shoot(page, "desk-today-english")
    judged(page)
