"""The lane's own page in a real Chromium, driven by a recorder whose scanner types.

Nothing here knows a database: what to do is a `Script`, what was seen comes back.
"""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from muster.demo.night.script import Script, Step

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext, Page

CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
QUIET = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--no-first-run",
)  # fmt: skip
PATIENCE = 30_000
"""Milliseconds for the page to come to a state."""

# The phone lives in the night, too; what the page says by its beeps is heard in order; a scanner
# types whole codes as key events.
AT_HAND = """
(() => {
  const Real = Date;
  let away = 0;
  window.travel = (to) => { away = to - Real.now(); };
  window.Date = class extends Real {
    constructor(...given) { if (given.length) super(...given); else super(Real.now() + away); }
    static now() { return Real.now() + away; }
  };
  window.travel(FROM);
  const heard = [], waiting = [];
  new PerformanceObserver((list) => {
    for (const { name } of list.getEntries()) {
      if (!name.startsWith("beep:")) continue;
      if (waiting.length) waiting.shift()(name.slice(5)); else heard.push(name.slice(5));
    }
  }).observe({ entryTypes: ["mark"] });
  window.hear = () => heard.length ? Promise.resolve(heard.shift()) : new Promise((go) => {
    waiting.push(go);
    setTimeout(() => go("nothing"), PATIENCE);
  });
  window.typed = async (texts) => {
    const said = [];
    for (const text of texts) {
      for (const key of [...text, "Enter"]) {
        const how = { key, bubbles: true, cancelable: true };
        window.dispatchEvent(new KeyboardEvent("keydown", how));
      }
      said.push(await window.hear());
    }
    return said;
  };
})();
"""


class NoChromium(Exception):
    """There is no browser that starts on this machine."""


class LaneStopped(Exception):
    """The page said something else than the recorder expected."""

    def __init__(self, step: str, expected: str, said: str) -> None:
        super().__init__(f"{step}: the page said {said}, not {expected}")


@dataclass(frozen=True, slots=True)
class Seen:
    """What stood on the phone's screen: the most that waited without a network, what was unsent in
    the end, and the total."""

    offline: int
    unsent: int
    total: int


@contextmanager
def chromium() -> "Iterator[Browser]":
    """The machine's Chromium, else the one that Playwright has installed. Raises `NoChromium`."""
    try:
        from playwright.sync_api import (  # noqa: PLC0415 -- of the development tools
            Error,
            sync_playwright,
        )
    except ImportError as error:
        raise NoChromium from error
    with sync_playwright() as playwright:
        own = next(filter(None, map(shutil.which, CHROMIUMS)), None)
        path = own or playwright.chromium.executable_path
        if not Path(path).exists():
            raise NoChromium
        try:
            browser = playwright.chromium.launch(executable_path=path, args=list(QUIET))
        except Error as error:
            raise NoChromium from error
        try:
            yield browser
        except Error as error:
            raise LaneStopped("page", "an answer", type(error).__name__) from error
        finally:
            browser.close()


def record(
    script: Script,
    *,
    server: str,
    enrolment: str,
    moment: Callable[[float], datetime],
    tick: Callable[[int], None],
) -> Seen:
    """Enrol with the desk's code, do every step, wait until nothing is unsent. `moment` says when
    in the night a share of it is over.

    Raises `NoChromium`, `LaneStopped`.
    """
    with chromium() as browser:
        context = browser.new_context(
            base_url=server, locale="zh-CN", viewport={"width": 390, "height": 844}, has_touch=True
        )
        context.set_default_timeout(PATIENCE)
        begins = str(int(moment(0).timestamp() * 1000))
        context.add_init_script(AT_HAND.replace("FROM", begins).replace("PATIENCE", str(PATIENCE)))
        recorder = _Recorder(context, context.new_page(), moment)
        recorder.enrol(enrolment)
        for n, (tube, steps) in enumerate(script.steps.items()):
            recorder.travel(n / len(script.steps))
            recorder.do(steps)
            tick(len(script.tubes[tube]))
        return recorder.finish()


class _Recorder:
    """The hands at the page."""

    def __init__(
        self, context: "BrowserContext", page: "Page", moment: Callable[[float], datetime]
    ) -> None:
        self.context, self.page, self.moment = context, page, moment
        self.offline = 0
        self.ways: dict[str, Callable[[Step], str]] = {
            "find": self._find,
            "add": self._add,
            "undo": self._undo,
            "close": self._close,
            "offline": self._offline,
            "online": self._online,
        }
        self._tell(0)

    def _tell(self, share: float) -> None:
        at = self.moment(share).isoformat()
        self.context.set_extra_http_headers({"X-Muster-Clock": at})

    def travel(self, share: float) -> None:
        """It is later now, for the phone and for the server that it speaks to."""
        self._tell(share)
        self.page.evaluate("travel", self.moment(share).timestamp() * 1000)

    def enrol(self, code: str) -> None:
        """The desk's link opened, ten to a tube."""
        self.page.goto(f"/lane/#{code}")
        self.page.get_by_role("button", name="10人一管").click()
        self.page.locator(".lane").wait_for()

    def do(self, steps: list[Step]) -> None:
        """One after the other. Raises `LaneStopped`."""
        for kind, group in groupby(steps, lambda step: step.do):
            same = list(group)
            if kind == "scan":
                said = self.page.evaluate("typed", [step.text for step in same])
            else:
                said = [self.ways[kind](step) for step in same]
            for step, heard in zip(same, said, strict=True):
                if heard != step.says:
                    raise LaneStopped(kind, step.says, heard)

    def _press(self, name: str) -> None:
        self.page.get_by_role("button", name=name, exact=True).first.click()

    def _hear(self) -> str:
        return str(self.page.evaluate("hear()"))

    def _figure(self, name: str) -> int:
        return int(self.page.locator(f"#{name}").inner_text())

    def _find(self, step: Step) -> str:
        self._press("找人")
        self.page.locator("#q").fill(f"{step.text} {step.more}")
        found = self.page.locator(".found .person")
        found = found.filter(has=self.page.locator(f'.door:text-is("{step.text}")'))
        found.filter(has=self.page.locator(f'b:text-is("{step.more}")')).first.click()
        return self._hear()

    def _add(self, step: Step) -> str:
        self._press("新登记")
        self.page.locator("#new-name").fill(step.text)
        self.page.locator("#new-door").fill(step.more)
        self.page.locator("form button[type=submit]").click()
        said = self._hear()
        if said == step.says:
            self.page.locator("form").wait_for(state="detached")
        return said

    def _undo(self, _: Step) -> str:
        self._press("撤销上一个")
        return self._hear()

    def _close(self, step: Step) -> str:
        self._press("封管")
        asked = self._hear()
        self.page.locator(f"[data-answer={step.text!r}]").click()
        return f"{asked} {self._hear()}"

    def _offline(self, _: Step) -> str:
        self.context.set_offline(True)
        return ""

    def _online(self, _: Step) -> str:
        self.offline = self._figure("unsent")
        self.context.set_offline(False)
        return ""

    def finish(self) -> Seen:
        """Wait until everything has its receipt."""
        self.page.locator('#unsent:text-is("0")').wait_for()
        return Seen(self.offline, self._figure("unsent"), self._figure("total"))
