"""A pair with a phone at doors: enrolled by the desk's code, with or without swabs."""

import time
from dataclasses import dataclass
from uuid import UUID

from playwright.sync_api import BrowserContext, Page, expect

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import offer_enrolment
from muster.apps.screening.models import Absence, SamplingTable, Visit
from tests.flows.conftest import Server
from tests.flows.lane import SECONDS, Phone


@dataclass
class Pair(Phone):
    """The page of a pair's phone."""

    page: Page
    context: BrowserContext

    def figures(self, *, left: int | None = None, again: int | None = None,
                unsent: int | None = None) -> None:  # fmt: skip
        """The large figures."""
        for name, figure in (("left", left), ("again", again), ("unsent", unsent)):
            if figure is not None:
                expect(self.page.locator(f"#{name}")).to_have_text(str(figure))

    def touch(self, name: str) -> None:
        """A person behind the open door."""
        self.page.locator(".at.open .person", has_text=name).first.click()

    def open_door(self, label: str) -> None:
        """A door by its label."""
        row = self.page.locator(".door-row", has_text=label)
        if row.get_attribute("aria-expanded") != "true":
            row.click()

    def found(self, outcome: str) -> None:
        """What was found, on the sheet of somebody."""
        self.page.locator(f"[data-found={outcome!r}]").click()


def code_for_walk(server: Server, place: str, *, swabs: bool) -> str:
    """A code from the desk for the doors of a place."""
    city = server[1]
    with act_as(city.secretary):
        round_ = server[2]["round"].id  # type: ignore[attr-defined]
        table = SamplingTable.objects.get(round=round_, number=2)
        return offer_enrolment(table=table.id, walks=city.places[place], swabs=swabs)[1]


def started(context: BrowserContext) -> Pair:
    """The app in a browser that was started anew: it comes up by itself at the doors."""
    page = context.pages[0] if context.pages else context.new_page()
    page.goto("/lane/")
    expect(page.locator(".walk .doors")).to_be_visible()
    return Pair(page, context)


def walk_out(context: BrowserContext, server: Server, place: str, *, swabs: bool = False) -> Pair:
    """Open the desk's link: the list comes down by itself."""
    page = context.new_page()
    page.goto(f"/lane/#{code_for_walk(server, place, swabs=swabs)}")
    expect(page.locator(".walk .doors")).to_be_visible()
    return Pair(page, context)


def words(server: Server, person: UUID) -> list[str]:
    """Every word about somebody that the server has, as it was received."""
    with act_as(server[1].secretary):
        rows = Visit.objects.filter(person=person).order_by("received_at", "id")
        return list(rows.values_list("outcome", flat=True))


def heard(server: Server, person: UUID, word: str, by: Page) -> None:
    """The server hears this word about somebody before long; a page waits meanwhile."""
    end = time.monotonic() + SECONDS
    while word not in (said := words(server, person)):
        assert time.monotonic() < end, f"{said!r} without {word!r}"
        by.wait_for_timeout(100)


def holds(server: Server, person: UUID) -> str:
    """What holds of somebody at the desk."""
    with act_as(server[1].secretary):
        found = Absence.objects.filter(person=person).first()
        return found.outcome if found else ""
