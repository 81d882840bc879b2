"""Teams changed by hand: where somebody may go, what stands against it, and the posted forms."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.people.queries.access import require
from muster.apps.rosters.actions.team_edits import (
    move_member,
    name_leader,
    pin_member,
    undo_team_edit,
)
from muster.apps.rosters.actions.teams import pair_people, unpair_people
from muster.apps.rosters.errors import MoveRefused, SplitNotFound, SplitRefused
from muster.apps.rosters.queries.teams import faces_of, split_of, view_of
from muster.planner.teams.moving import options
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import anybody, done, posted
from muster.web.team_words import REFUSED, breach_said, contradiction_said


def checked(write: Callable[[], object], split: UUID | None = None) -> Callable[[], object]:
    """The write; what stands against it told in words."""

    def run() -> object:
        try:
            return write()
        except MoveRefused as error:
            view = view_of(split_of(split)) if split else None
            said = [breach_said(view, each) for each in error.data["against"]] if view else []
            raise MoveRefused(reason=gettext("; ").join(said), against=()) from error
        except SplitRefused as error:
            raise SplitRefused(reason=_refusal(error, split), against=()) from error

    return run


def _refusal(error: SplitRefused, split: UUID | None) -> str:
    against = error.data["against"]
    if split is None or not against:
        return str(REFUSED.get(error.data["reason"], error.data["reason"]))
    # The pair or pin that is refused still stands here: nothing but names can be read.
    faces = faces_of(list(split_of(split).seats.values_list("person_id", flat=True)))
    return gettext("; ").join(contradiction_said(faces, each) for each in against)


@anybody
def where(request: HttpRequest, split: UUID, person: UUID) -> HttpResponse:
    """Where this person could go, with what stands against each team, and all else about him."""
    view = view_of(split_of(split))
    require(Verb.FORM_TEAMS, place=view.split.area, unit=view.split.unit)
    at = next((i for i, face in enumerate(view.faces) if face.id == person), None)
    if at is None:
        raise SplitNotFound
    found = options(view.loosened(at), view.found.team, view.found.leader, at)
    rows = [
        (o, o.team + 1, None if o.exchange is None else view.faces[o.exchange],
         [breach_said(view, each) for each in (o.against if o.exchange is None else ())])
        for o in found
    ]  # fmt: skip
    context = {"view": view, "face": view.faces[at], "seat": view.seats[at], "rows": rows}
    return render(request, "desk/team_where.html", context)


def _undo(split: UUID) -> str:
    return reverse("desk-team-undo", args=[split])


@posted
def move(request: HttpRequest, split: UUID, person: UUID) -> HttpResponse:
    """Put somebody into another team, alone or in exchange."""
    team, other = _aim(fields.text(request.POST, "to"))

    def write() -> object:
        return move_member(split=split, person=person, team=team, exchange=other)

    text = gettext("Moved, and pinned there.")
    return done(request, checked(write, split), text, undo=_undo(split))


def _aim(said: str) -> tuple[int, UUID | None]:
    """Team and who comes instead, of ``2`` or ``2 <id>``. Raises `FieldUnreadable`."""
    team, _, other = said.partition(" ")
    try:
        return int(team), UUID(other) if other else None
    except ValueError as error:
        raise fields.FieldUnreadable(field=gettext("Team"), value=said[:40]) from error


@posted
def pin(request: HttpRequest, split: UUID, person: UUID) -> HttpResponse:
    """Keep somebody in his team, or let go."""
    pinned = request.POST.get("pinned") == "1"
    kept = gettext("Pinned: the next split keeps it.")
    text = kept if pinned else gettext("Not pinned any more.")
    write = checked(lambda: pin_member(split=split, person=person, pinned=pinned), split)
    return done(request, write, text, undo=_undo(split))


@posted
def lead(request: HttpRequest, split: UUID, person: UUID) -> HttpResponse:
    """Let somebody lead his team."""
    write = checked(lambda: name_leader(split=split, person=person), split)
    return done(request, write, gettext("Leads the team now."), undo=_undo(split))


@posted
def undo(request: HttpRequest, split: UUID) -> HttpResponse:
    """Take the last change back."""
    back = reverse("desk-team", args=[split])
    write = checked(lambda: undo_team_edit(split=split), split)
    return done(request, write, gettext("Taken back."), back=back)


@posted
def pair(request: HttpRequest, split: UUID) -> HttpResponse:
    """Two people must stay together, or apart."""
    data = request.POST

    def write() -> object:
        one, other = fields.key(data, "one"), fields.key(data, "other")
        return pair_people(split=split, one=one, other=other, apart=data.get("apart") == "1")

    text = gettext("Kept from the next split on. Split again, or move them by hand.")
    return done(request, checked(write, split), text, undo=_undo(split))


@posted
def unpair(request: HttpRequest, pair: UUID) -> HttpResponse:
    """Let two people go their ways."""
    text = gettext("The pair is let go.")
    return done(request, lambda: unpair_people(pair=pair), text, undo="/teams/{}/undo")
