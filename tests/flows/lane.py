"""A phone at a table: enrolled by the desk's code, with a scanner that types."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, expect

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import offer_enrolment
from muster.apps.screening.actions.codes import SCREEN, Kind, _sign
from muster.apps.screening.models import SamplingTable, Specimen
from tests.flows.conftest import Server

# Evaluated by the debugger: the page's own policy allows no eval. Asked again and again, so that
# what never comes fails the test instead of holding it.
CONTROLLED = """async () => {
  const found = await navigator.serviceWorker.getRegistration();
  const state = (worker) => worker?.state ?? "none";
  if (navigator.serviceWorker.controller) return "";
  if (!found) return "not registered";
  return `${state(found.installing)} ${state(found.waiting)} ${state(found.active)}`;
}"""
MIRRORED = """async () => {
  const cache = await caches.open("muster-unsent");
  return (await cache.keys()).length;
}"""
SECONDS = 30.0
COUNTS = ("accepted", "flagged")


@dataclass
class Phone:
    """The page of one phone and what its recorder does with it."""

    page: Page
    context: BrowserContext

    def scan(self, text: str) -> None:
        """The scanner types a code and Enter."""
        self.page.keyboard.type(text)
        self.page.keyboard.press("Enter")

    def says(self, code: str) -> None:
        """The last sentence on the screen, by its code."""
        expect(self.page.locator(".outcome").first).to_have_attribute("data-code", code)

    def counts(self, *, tube: int | None = None, unsent: int | None = None,
               total: int | None = None) -> None:  # fmt: skip
        """The large figures."""
        for name, figure in (("in-tube", tube), ("unsent", unsent), ("total", total)):
            if figure is not None:
                expect(self.page.locator(f"#{name}")).to_have_text(str(figure))

    def answer(self, key: str) -> None:
        """Answer the question on the screen."""
        self.page.locator(f"[data-answer={key!r}]").click()

    def kept(self) -> None:
        """The service worker has everything: from here on no network is needed."""
        self._until(CONTROLLED, "")

    def mirrored(self, count: int) -> None:
        """So many entries lie in the second place."""
        self._until(MIRRORED, count)

    def _until(self, script: str, wanted: object) -> None:
        """What the script answers is what is wanted, before long."""
        end = time.monotonic() + SECONDS
        while (found := self.page.evaluate(script)) != wanted:
            assert time.monotonic() < end, f"{found!r} instead of {wanted!r}"
            self.page.wait_for_timeout(50)

    def press(self, name: str) -> None:
        """A button by its name."""
        self.page.get_by_role("button", name=name).first.click()


def codes_of(*groups: Sequence[UUID]) -> list[str]:
    """Screen codes of people, each group one code."""
    return _sign(Kind.SCREEN, groups, SCREEN)


def enrolment(server: Server, table: int) -> str:
    """A code from the desk for one table of the round."""
    with act_as(server[1].secretary):
        round_ = server[2]["round"].id  # type: ignore[attr-defined]
        at = SamplingTable.objects.get(round=round_, number=table)
        return offer_enrolment(table=at.id)[1]


def take_table(
    context: BrowserContext, server: Server, table: int, size: str = "10人一管"
) -> Phone:
    """Open the desk's link, choose the tube size."""
    page = context.new_page()
    page.goto(f"/lane/#{enrolment(server, table)}")
    page.get_by_role("button", name=size).click()
    expect(page.locator(".lane")).to_be_visible()
    return Phone(page, context)


def in_tube(server: Server, tube: str) -> list[UUID | None]:
    """Who counts in a tube by the server."""
    with act_as(server[1].secretary):
        rows = Specimen.objects.filter(tube=tube, state__in=COUNTS)
        return list(rows.order_by("id").values_list("person", flat=True))
