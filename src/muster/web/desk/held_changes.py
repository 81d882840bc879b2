"""What phones asked for later and were not granted: changes of records, closings of tubes; and
words from doors from which nothing follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.screening.actions import (
    apply_change,
    apply_closing,
    dismiss_change,
    dismiss_closing,
    dismiss_visit,
)
from muster.apps.screening.queries.held import held_changes, held_closings, held_visits
from muster.kernel import clock
from muster.kernel.errors import Invalid
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import Undo, done, page, posted
from muster.web.desk.rounds import chosen_round
from muster.web.desk.settled import undo_of
from muster.web.reach import Reach


class ReasonMissing(Invalid):
    """Say why it is left as it is: the reason stands in the audit log."""

    code = "reason_missing"


@page(Verb.SETTLE_SPECIMENS, community=True)
def changes(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Changes first, then closings, then words from doors; the oldest first."""
    round_ = chosen_round(request, reach)
    context: dict[str, Any] = {"reach": reach, "round": round_, "now": clock.now()}
    if round_ is not None:
        context["changes"] = held_changes(round_.id)
        context["closings"] = held_closings(round_.id)
        context["visits"] = held_visits(round_.id)
    return render(request, "desk/held_changes.html", context)


@posted
def apply(request: HttpRequest, round_id: UUID, change: UUID) -> HttpResponse:
    """What the phone asked for is done."""
    tube = fields.text(request.POST, "tube")
    said = gettext("Done as the phone asked.")

    def write() -> object:
        return apply_change(round_id=round_id, change=change, tube=tube)

    return done(request, write, said, undo=lambda: undo_of(round_id, change))


@posted
def dismiss(request: HttpRequest, round_id: UUID, change: UUID) -> HttpResponse:
    """Nothing is changed."""

    def write(reason: str) -> object:
        return dismiss_change(round_id=round_id, change=change, reason=reason)

    return let_be(request, write, lambda: undo_of(round_id, change))


@posted
def close(request: HttpRequest, round_id: UUID, closing: UUID) -> HttpResponse:
    """The tube is closed with what was in hand."""

    def write() -> str:
        tube = fields.text(request.POST, "tube")
        closed = apply_closing(round_id=round_id, closing=closing, tube=tube)
        if closed.state == "accepted":
            return gettext("The tube is closed.")
        return gettext("The tube is closed. Its records and its swabs do not agree in number yet.")

    return done(request, write, "{0}", undo=lambda: undo_of(round_id, closing))


@posted
def leave(request: HttpRequest, round_id: UUID, closing: UUID) -> HttpResponse:
    """The closing closes nothing, or its count is explained."""

    def write(reason: str) -> object:
        return dismiss_closing(round_id=round_id, closing=closing, reason=reason)

    return let_be(request, write, lambda: undo_of(round_id, closing))


@posted
def leave_visit(request: HttpRequest, round_id: UUID, visit: UUID) -> HttpResponse:
    """Nothing follows from the word."""

    def write(reason: str) -> object:
        return dismiss_visit(round_id=round_id, visit=visit, reason=reason)

    return let_be(request, write, lambda: undo_of(round_id, visit))


def let_be(request: HttpRequest, write: Callable[[str], object], undo: Undo) -> HttpResponse:
    """Nothing is done, for the reason in the form; it can be taken back at `undo`."""
    reason = fields.text(request.POST, "reason")

    def checked() -> object:
        if not reason:
            raise ReasonMissing(reason="")
        return write(reason)

    return done(request, checked, gettext("Left as it is, with your reason."), undo=undo)
