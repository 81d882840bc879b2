"""The lane in a real Chromium whose processor is slowed six times: 8,000 people in the slice.

A scanner types: key events into the page, the same that a USB or Bluetooth scanner makes.
`python -m bench lane` records one of seventeen tables through the page, `bench lane all` each.
"""

import os
import shutil
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import UUID

from bench import stand

type Figure = tuple[str, float, str, float | None]
SLOWED = 6
TABLES = 17
UNSENT = 2_000
SCANS = 120
QUERIES = ("王", "wx", "zh", "l", "3-2", "501", "12-1-1", "李 3", "0", "82", "张伟", "wxy", "7-2-6")
LISTENING = """
window.marks = [];
new PerformanceObserver((list) => {
  for (const m of list.getEntries()) window.marks.push([m.name, m.startTime]);
}).observe({ entryTypes: ["mark"] });
"""
# One scan after the other, each waited for by the beep that says it is kept.
TYPING = """async (texts) => {
  const until = (n) => new Promise((done) => {
    const look = () => window.marks.filter((m) => m[0].startsWith("beep")).length >= n
      ? done() : setTimeout(look, 0);
    look();
  });
  const took = [];
  for (const text of texts) {
    window.marks = [];
    for (const key of [...text, "Enter"]) {
      window.dispatchEvent(new KeyboardEvent("keydown", { key, bubbles: true, cancelable: true }));
    }
    await until(1);
    const scan = window.marks.find((m) => m[0] === "scan");
    const beep = window.marks.find((m) => m[0].startsWith("beep"));
    took.push([beep[1] - scan[1], beep[0]]);
  }
  return took;
}"""


def run() -> list[Figure]:
    """First load, start, scans, search, two thousand unsent; then a table recorded whole."""
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # the browser's loop runs in this thread
    stage = stand.city()
    with stand.server() as url, _browser() as browser:
        bench = _Bench(stage, url, browser)
        rows = [*bench.first_load(), *bench.at_work(), *bench.unsent(), bench.start()]
        return [*rows, *bench.recorder(TABLES if "all" in sys.argv else 1)]


@contextmanager
def _browser() -> Iterator[Any]:
    from playwright.sync_api import sync_playwright

    path = shutil.which("chromium") or shutil.which("google-chrome")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        yield browser
        browser.close()


def _quantile(values: Sequence[float], q: float) -> float:
    return sorted(values)[min(len(values) - 1, int(q * len(values)))]


class _Bench:
    """A round of one site with everybody in it, and one phone at its first table."""

    def __init__(self, stage: Any, url: str, browser: Any) -> None:
        self.stage, self.url, self.browser = stage, url, browser
        self.tube = 0
        self._unseal()
        self.round, self.tables, self.people = self._open()
        self.context = browser.new_context(base_url=url, viewport={"width": 390, "height": 844})
        self.context.add_init_script(LISTENING)
        self.page = self.context.new_page()

    def _act(self) -> Any:
        from muster.apps.audit.actions import act_as

        return act_as(self.stage.actors["secretary"])

    def _unseal(self) -> None:
        """The demo's estates are sealed: one household a tube. Here ten strangers share one."""
        from muster.apps.audit.actions import act_as
        from muster.apps.zones.actions import end_order
        from muster.apps.zones.queries import orders
        from muster.kernel import clock

        with act_as(self.stage.actors["headquarters"]):
            for order in orders(low=self.stage.community, high=self.stage.community):
                if order.ended_at is None:
                    end_order(order=order.id, at=clock.now())

    def _open(self) -> tuple[UUID, list[UUID], list[UUID]]:
        from muster.apps.communities.queries.doors import residents_of
        from muster.apps.communities.queries.places import place_with_code
        from muster.apps.screening.actions import open_round
        from muster.apps.screening.queries.rounds import recalls_of, tables_of
        from muster.kernel import clock

        begins = clock.now()
        with self._act():
            opened = open_round(
                area=self.stage.community, places=[place_with_code(self.stage.community).id],
                title="bench", starts_at=begins, ends_at=begins + timedelta(hours=12),
                shifts=[(begins, begins + timedelta(hours=12))], tables=TABLES,
            )  # fmt: skip
            # Who is re-tested has a tube alone: the phone asks, and no scan waits for an answer.
            alone = {r.person_id for r in recalls_of(self.stage.community, only_open=True)}
            everybody = [r.person for r in residents_of(self.stage.community)]
            people = [p for p in everybody if p not in alone]
            tables = [t.id for t in tables_of(opened.round.id)]
        return opened.round.id, tables, people

    def _enrol(self, page: Any, table: int) -> None:
        from muster.apps.screening.actions import offer_enrolment

        with self._act():
            _, code = offer_enrolment(table=self.tables[table])
        page.goto(f"/lane/#{code}")
        page.get_by_role("button", name="10人一管").click()
        page.locator(".lane").wait_for()

    def _codes(self, people: Sequence[UUID]) -> list[str]:
        from muster.apps.audit.actions import as_system
        from muster.apps.screening.actions.codes import PAPER, Kind, _sign

        with as_system("bench"):
            return _sign(Kind.PAPER, [[p] for p in people], PAPER)

    def _slow(self, rate: int) -> None:
        client = self.context.new_cdp_session(self.page)
        client.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def _with_tubes(self, people: Sequence[UUID]) -> list[str]:
        """The codes of people, and a new tube before every ten."""
        texts = []
        for i, code in enumerate(self._codes(people)):
            if i % 10 == 0:
                self.tube += 1
                texts.append(f"LC{self.tube:010d}")
            texts.append(code)
        return texts

    def first_load(self) -> list[Figure]:
        """What the first visit brings before the scanner module, as it came over the line."""
        self._enrol(self.page, 0)
        sizes = self.page.evaluate(
            "performance.getEntries().filter((e) => e.transferSize !== undefined"
            " && !e.name.includes('/api/')).map((e) => e.transferSize)"
        )
        slice_ = self.page.evaluate(
            "performance.getEntries().filter((e) => e.name.endsWith('/api/sync/lane'))"
            ".map((e) => e.transferSize)"
        )
        return [
            ("first load, compressed, before the scanner", sum(sizes) / 1000, "KB", 300),
            (
                f"the slice of {len(self.people):,} people, compressed",
                max(slice_) / 1000,
                "KB",
                None,
            ),
        ]

    def at_work(self) -> list[Figure]:
        """Scan to beep and search, slowed six times."""
        self._slow(SLOWED)
        took = [ms for ms, _ in self.page.evaluate(TYPING, self._with_tubes(self.people[:SCANS]))]
        self.few = _quantile(took, 0.95)
        self.page.get_by_role("button", name="找人").click()
        search: list[float] = []
        for query in QUERIES:
            for end in range(1, len(query) + 1):
                self.page.evaluate("window.marks = []")
                self.page.locator("#q").fill(query[:end])
                self.page.wait_for_timeout(150)
                marks = dict(self.page.evaluate("window.marks"))
                search.append(marks["searched"] - marks["search"])
        self.page.get_by_role("button", name="关闭").first.click()
        return [
            ("scan to beep, p95, processor slowed 6 times", self.few, "ms", 100),
            ("scan to beep, median", _quantile(took, 0.5), "ms", None),
            (f"search in {len(self.people):,}, p95", _quantile(search, 0.95), "ms", 50),
        ]

    def unsent(self) -> list[Figure]:
        """Without a network until two thousand wait; then scan to beep again."""
        self.context.set_offline(True)
        self._slow(1)
        first = SCANS
        for _ in range(UNSENT // 200):
            self.page.evaluate(TYPING, self._with_tubes(self.people[first : first + 200]))
            first += 200
        self._slow(SLOWED)
        took = [ms for ms, _ in self.page.evaluate(
            TYPING, self._with_tubes(self.people[first : first + SCANS]))]  # fmt: skip
        waiting = int(self.page.locator("#unsent").inner_text())
        many = _quantile(took, 0.95)
        return [
            (f"scan to beep with {waiting:,} unsent, p95", many, "ms", 100),
            ("that by the same with few", many / self.few, "times", 1.5),
        ]

    def start(self) -> Figure:
        """From cache, without a network, with everything above in the store."""
        self._slow(SLOWED)
        took = []
        for _ in range(5):
            self.page.reload()
            self.page.locator(".lane").wait_for()
            self.page.wait_for_timeout(300)
            took.append(dict(self.page.evaluate("window.marks"))["ready"])
        self._slow(1)
        return ("start from cache with all that, p95", _quantile(took, 0.95) / 1000, "s", 2)

    def recorder(self, lanes: int) -> list[Figure]:
        """Whole tables through the page and the network, compared with what the server has."""
        self.context.close()
        self.round, self.tables, people = self._open()
        expected: dict[UUID, str] = {}
        share = -(-len(people) // TABLES)
        for lane in range(lanes):
            queue = people[lane * share : (lane + 1) * share]
            texts = self._with_tubes(queue)
            context = self.browser.new_context(base_url=self.url)
            context.add_init_script(LISTENING)
            page = context.new_page()
            self._enrol(page, lane)
            for first in range(0, len(texts), 110):
                page.evaluate(TYPING, texts[first : first + 110])
            page.get_by_text("已全部上传").wait_for(timeout=120_000)
            expected |= self._expected(queue, texts)
            context.close()
        return [
            (f"recorded by {lanes} of {TABLES} lanes", len(expected), "people", None),
            ("records wrong, missing or double", self._differ(expected), "records", 0),
        ]

    def _expected(self, people: Sequence[UUID], texts: Sequence[str]) -> dict[UUID, str]:
        tubes, tube = [], ""
        for text in texts:
            if text.startswith("LC"):
                tube = text
            else:
                tubes.append(tube)
        return dict(zip(people, tubes, strict=True))

    def _differ(self, expected: dict[UUID, str]) -> int:
        """Records of the server that are not what was scanned, and scanned ones that it has not."""
        from muster.apps.screening.models import Specimen

        tubes = set(expected.values())
        with self._act():
            rows = Specimen.objects.filter(round=self.round, tube__in=tubes).values_list(
                "person", "tube", "state"
            )
            found = [(p, t) for p, t, state in rows if state in ("accepted", "flagged")]
        good = {(p, t) for p, t in found if expected.get(p) == t}
        return len(found) - len(good) + len(expected) - len(good)
