"""Who signed up, in teams (编队): a group is chosen, split, looked at, accepted, printed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, gettext_noop

from muster import policies
from muster.apps.calls.queries.groups import groups_signed_up, people_signed_up
from muster.apps.people.queries.access import require
from muster.apps.people.queries.bodies import teams_of
from muster.apps.people.queries.contacts import organisation_with_code
from muster.apps.people.queries.people import names_in_reach
from muster.apps.rosters.actions.team_accepting import accept_teams
from muster.apps.rosters.actions.team_searches import (
    propose_teams,
    split_again,
    stop_team_search,
)
from muster.apps.rosters.queries.teams import (
    SplitView,
    search_of_split,
    split_of,
    splits_within,
    view_of,
)
from muster.kernel.divisions import code_range
from muster.kernel.errors import NotFound
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import acting, anybody, community_code, done, posted, unit_of
from muster.web.desk.plans import searched
from muster.web.desk.team_edits import checked
from muster.web.exports import xlsx_response
from muster.web.reach import reach_of_page
from muster.web.team_words import NAMES, columns_of, skill_name

if TYPE_CHECKING:
    from muster.apps.rosters.models import TeamSplit

SECONDS = (5, 10, 30, 60, 300)
MOST_SECONDS = 3600
AT_WORK = gettext_noop("The teams are being searched for. You may go on meanwhile.")


@anybody
def teams(request: HttpRequest) -> HttpResponse:
    """Choose a group and a number of teams; the splits made before."""
    reach = reach_of_page(request) if acting(request).places else None
    areas = (reach.low, reach.high) if reach else None
    units = None if reach else (acting(request).units or ((0, 0),))[0]
    require(Verb.FORM_TEAMS, place=reach.place.area if reach else None, unit=unit_of(request))
    signed_up = people_signed_up(areas, None if reach else unit_of(request))
    context = {
        "reach": reach,
        "taken": _taken(signed_up),
        "groups": groups_signed_up(areas, units),
        "everybody": len(signed_up) if reach else 0,
        "splits": splits_within(areas, units),
        "rules": policies.load(settings.MUSTER_POLICY).teams,
        "seconds": SECONDS,
    }
    return render(request, "desk/teams.html", context)


def _taken(signed_up: list[UUID]) -> list[tuple[UUID, str, str]]:
    """Who signed up and is in a team already: id, name, team."""
    found = teams_of(signed_up)
    names = names_in_reach(list(found))
    rows = [(p, names[p], body.name) for p, body in found.items() if p in names]
    return sorted(rows, key=lambda row: (row[2], row[1]))


@posted
def make(request: HttpRequest) -> HttpResponse:
    """Let a job split the chosen group, and show how far it is."""
    area, places, unit = _chosen(request)
    many, made = fields.number(request.POST, "teams", 0), []
    also = fields.keys(request.POST, "also")

    def write() -> None:
        split = propose_teams(
            area=area, places=places, unit=unit, teams=many, also=also, seconds=_seconds(request)
        )
        made.append(split.id)

    answer = done(request, checked(write), gettext(AT_WORK))
    return redirect("desk-team", made[0]) if made else answer


def _seconds(request: HttpRequest) -> float | None:
    """How long to search; by the policy where nobody says."""
    said = fields.number(request.POST, "seconds", 0)
    return float(min(MOST_SECONDS, said)) if said > 0 else None


def _chosen(request: HttpRequest) -> tuple[int, tuple[int, int] | None, int | None]:
    """Area, its range and the unit of the group that a form is about. Raises `NotFound`."""
    unit = fields.number(request.POST, "unit", 0) or None
    if acting(request).places:
        area = community_code(request)
        return area, code_range(area), unit
    body = organisation_with_code(unit or unit_of(request) or 0)
    if body is None:
        raise NotFound
    return body.area, None, body.code


@anybody
def team(request: HttpRequest, split: UUID) -> HttpResponse:
    """The teams side by side; as a spreadsheet with `?export=xlsx`."""
    found = split_of(split)
    require(Verb.FORM_TEAMS, place=found.area, unit=found.unit)
    view = view_of(found)
    s = searched(search_of_split(split))
    context: dict[str, Any] = {"split": found, "s": s, "seconds": SECONDS}
    if view.pending:
        return render(request, "desk/team_pending.html", context)
    if request.GET.get("export"):
        return _export(found, view)
    context |= {
        "view": view,
        "draft": found.state == "draft" and not _at_work(s),
        "columns": columns_of(view),
        "names": {face.id: face.name for face in view.faces},
        "edits": found.edits.count(),
        "posts": view.proposal.posts,
    }
    return render(request, "desk/team.html", context)


def _at_work(s: dict[str, Any] | None) -> bool:
    return s is not None and s["open"] and not s["dead"]


def _export(split: TeamSplit, view: SplitView) -> HttpResponse:
    heads = ("Team", "Name", "Leader", "Party member", "Skills", "Body", "Why", "Branch")
    return xlsx_response(
        name="teams",
        title=gettext("Teams"),
        area=split.area,
        unit=split.unit,
        columns=[gettext(x) for x in heads],
        rows=(
            (
                column.number, line.face.name, line.seat.leads, line.face.party,
                gettext(", ").join(map(skill_name, line.face.skills)),
                line.unit, line.why, line.duty,
            )
            for column in columns_of(view)
            for line in column.lines
        ),
    )  # fmt: skip


@posted
def again(request: HttpRequest, split: UUID) -> HttpResponse:
    """Search once more around the pins and pairs."""
    write = checked(lambda: split_again(split=split, seconds=_seconds(request)), split)
    back = reverse("desk-team", args=[split])
    return done(request, write, gettext(AT_WORK), back=back)


@anybody
def progress(request: HttpRequest, split: UUID) -> HttpResponse:
    """How far the search is; asks for itself again, and for the whole page when it is done."""
    found = split_of(split)
    require(Verb.FORM_TEAMS, place=found.area, unit=found.unit)
    s = searched(search_of_split(split))
    response = render(request, "desk/team_progress.html", {"split": found, "s": s})
    if s is not None and not s["open"]:
        response.headers["HX-Refresh"] = "true"
    return response


@posted
def stop(request: HttpRequest, split: UUID) -> HttpResponse:
    """End the search; the best teams so far are kept."""
    text = gettext("Stopped. The best teams so far are kept.")
    back = reverse("desk-team", args=[split])
    return done(request, lambda: stop_team_search(split=split), text, back=back)


@posted
def accept(request: HttpRequest, split: UUID) -> HttpResponse:
    """Set the teams, branches and vanguard posts up."""
    names = {kind: str(name) for kind, name in NAMES.items()}
    text = gettext("Accepted: {0} bodies are set up.")
    return done(request, checked(lambda: accept_teams(split=split, names=names), split), text)
