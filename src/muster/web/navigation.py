"""The menu: what the acting account may open."""

from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext_lazy

ITEMS = (
    ("desk-today", gettext_lazy("Today"), "view_roster"),
    ("desk-call", gettext_lazy("Call"), "view_call"),
    ("desk-signups", gettext_lazy("Sign-ups"), "view_sign_ups"),
    ("desk-people", gettext_lazy("People"), "view_people"),
    ("desk-imports", gettext_lazy("Imports"), "import_people"),
    ("desk-board", gettext_lazy("Roster"), "view_roster"),
    ("desk-round", gettext_lazy("Round"), "view_coverage"),
    ("desk-coverage", gettext_lazy("Coverage"), "view_coverage"),
    ("desk-zones", gettext_lazy("Zones"), "view_zones"),
    ("desk-bulletins", gettext_lazy("Bulletin"), "view_bulletin"),
    ("desk-audit", gettext_lazy("Audit"), "view_audit"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the menu."""

    href: str
    text: str
    active: bool


def navigation(request: HttpRequest, may: set[str]) -> list[Item]:
    """The entries that this account may open."""
    items = []
    for name, text, verb in ITEMS:
        if verb in may:
            href = reverse(name)
            active = request.path == href if href == "/" else request.path.startswith(href)
            items.append(Item(href, str(text), active))
    return items
