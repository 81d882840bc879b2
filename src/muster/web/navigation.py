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
    ("desk-kits", gettext_lazy("Kits"), "view_coverage"),
    ("desk-zones", gettext_lazy("Zones"), "view_zones"),
    ("desk-bulletins", gettext_lazy("Bulletin"), "view_bulletin"),
    ("desk-bodies", gettext_lazy("Bodies"), "manage_bodies"),
    ("desk-accounts", gettext_lazy("Accounts"), "manage_accounts"),
    ("desk-audit", gettext_lazy("Audit"), "view_audit"),
)
# Whoever answers for a body, not for a place.
UNIT_ITEMS = (
    ("desk-call", gettext_lazy("Call"), "view_call"),
    ("desk-reports", gettext_lazy("Report-ins"), "view_sign_ups"),
    ("desk-teams", gettext_lazy("Teams"), "form_teams"),
    ("desk-bulletins", gettext_lazy("Bulletin"), "view_bulletin"),
    ("desk-accounts", gettext_lazy("Accounts"), "manage_accounts"),
    ("desk-audit", gettext_lazy("Audit"), "view_audit"),
)

TABS = {
    "signups": (
        ("desk-signups", gettext_lazy("Sign-ups"), "view_sign_ups"),
        ("desk-chains", gettext_lazy("Chains"), "settle_doubts"),
        ("desk-reports", gettext_lazy("Report-ins"), "view_sign_ups"),
        ("desk-teams", gettext_lazy("Teams"), "form_teams"),
        ("desk-poster", gettext_lazy("Poster"), "view_sign_ups"),
    ),
    "round": (
        ("desk-round", gettext_lazy("Round"), "view_coverage"),
        ("desk-calendar", gettext_lazy("Calendar"), "view_coverage"),
        ("desk-held", gettext_lazy("Held records"), "settle_specimens"),
        ("desk-held-changes", gettext_lazy("Held changes"), "settle_specimens"),
        ("desk-settled", gettext_lazy("Settled at the desk"), "settle_specimens"),
        ("desk-boxes", gettext_lazy("Boxes"), "carry_tubes"),
        ("desk-results", gettext_lazy("Results"), "view_results"),
        ("desk-lost", gettext_lazy("Lost results"), "view_results"),
        ("desk-strays", gettext_lazy("Results without a tube"), "view_results"),
        ("desk-recalls", gettext_lazy("Recalls"), "recall"),
        ("desk-codes", gettext_lazy("Residents' codes"), "view_people"),
        ("desk-sealed", gettext_lazy("Files from phones"), "settle_specimens"),
    ),
    "coverage": (
        ("desk-coverage", gettext_lazy("Coverage"), "view_coverage"),
        ("desk-second-calls", gettext_lazy("Second call"), "view_coverage"),
        ("desk-doors", gettext_lazy("Doors to knock"), "view_coverage"),
    ),
    "kits": (
        ("desk-kits", gettext_lazy("Antigen kits"), "view_coverage"),
        ("desk-kit-doors", gettext_lazy("Doors with kits"), "view_coverage"),
        ("kit-walk", gettext_lazy("Enter door by door"), "record_kit_result"),
        ("desk-kit-phones", gettext_lazy("Phones with kits"), "issue_kits"),
        ("desk-kit-codes", gettext_lazy("Codes of the doors"), "record_kit_result"),
        ("desk-kit-stock", gettext_lazy("Stock of kits"), "manage_supplies"),
    ),
}


@dataclass(frozen=True, slots=True)
class Item:
    """An entry of the menu."""

    href: str
    text: str
    active: bool


def navigation(request: HttpRequest, may: set[str]) -> list[Item]:
    """The entries that this account may open."""
    items = []
    for name, text, verb in ITEMS if request.actor.places else UNIT_ITEMS:  # type: ignore[attr-defined]
        if verb in may:
            href = reverse(name)
            items.append(Item(href + chosen_place(request), str(text), is_active(request, name)))
    return items


def is_active(request: HttpRequest, name: str) -> bool:
    """Whether the page belongs to this entry: its own, one below it, or a tab beside it."""
    beside = next((tabs for tabs in TABS.values() if tabs[0][0] == name), ((name, "", ""),))
    found = [reverse(each[0]) for each in beside]
    return any(request.path == h or (h != "/" and request.path.startswith(h)) for h in found)


def tabs_of(request: HttpRequest, group: str, may: set[str]) -> list[Item]:
    """The pages beside this one."""
    place = chosen_place(request)
    return [
        Item(reverse(name) + place, str(text), request.path == reverse(name))
        for name, text, verb in TABS[group]
        if verb in may
    ]


def chosen_place(request: HttpRequest) -> str:
    """The page's own choice of place, carried along: ``?place=140105007001``, or nothing."""
    code = request.GET.get("place", "")
    return f"?place={code}" if code.isascii() and code.isdigit() else ""
