"""The camera as a scanner: Chromium films real codes, the lane's own reader reads them."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.flows.conftest import CHROMIUMS, PHONE, QUIET, Server
from tests.flows.film import code128, film, qr
from tests.flows.lane import Phone, codes_of, in_tube, take_table
from tests.flows.test_screens import judged

pytestmark = pytest.mark.browser
TUBE = "LC0000002000"


@pytest.fixture
def filming(server: Server, tmp_path: Path, browser: Browser) -> Iterator[Phone]:
    """A phone whose camera sees a tube's barcode, then two people's codes, again and again."""
    people = [qr(code) for code in codes_of(*([p] for p in server[1].residents[34:36]))]
    seen = film(tmp_path / "codes.y4m", [code128(TUBE), *people])
    path = next(filter(None, map(shutil.which, CHROMIUMS)), None)
    camera = ("--use-fake-ui-for-media-stream", "--use-fake-device-for-media-stream",
              f"--use-file-for-fake-video-capture={seen}")  # fmt: skip
    launch = browser.browser_type.launch
    running = launch(executable_path=path, args=[*QUIET, *camera])
    context = running.new_context(viewport=PHONE, base_url=server[0], permissions=["camera"])
    errors: list[str] = []
    context.on("weberror", lambda e: errors.append(str(e.error)))
    context.on("console", lambda m: errors.append(m.text) if "Security Policy" in m.text else None)
    try:
        yield take_table(context, server, 2, "10人一管")
    finally:
        running.close()
    assert not errors, errors


def test_a_barcode_and_residents_codes_are_read_from_a_film(
    filming: Phone, server: Server, shoot: Callable[[Page, str], None]
) -> None:
    filming.press("拍码")
    count = filming.page.locator(".camera-count b")
    expect(filming.page.locator(".camera-count .code")).to_have_text(TUBE, timeout=30_000)
    expect(count).to_have_text("2", timeout=30_000)
    shoot(filming.page, "lane-camera")
    judged(filming.page)
    filming.press("关闭")
    filming.counts(tube=2, total=2, unsent=0)
    assert in_tube(server, TUBE) == server[1].residents[34:36]
