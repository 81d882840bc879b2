"""What phones asked for later and were not granted: changes of records, closings of tubes; and
words from doors from which nothing follows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.screening.actions import (
    apply_change,
    apply_closing,
    dismiss_change,
    dismiss_closing,
    dismiss_visit,
    reopen_change,
    reopen_closing,
    reopen_visit,
    undo_change,
    undo_closing,
)
from muster.apps.screening.queries.held import held_changes, held_closings, held_visits
from muster.kernel import clock
from muster.kernel.errors import Invalid
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import done, page, posted
from muster.web.desk.rounds import chosen_round
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

    return done(request, write, said, undo=reverse("desk-change-undo", args=[round_id, change]))


@posted
def undo(request: HttpRequest, round_id: UUID, change: UUID) -> HttpResponse:
    """What was done is taken back, and waits for a decision again."""
    said = gettext("Taken back. It waits for a decision again.")
    back = reverse("desk-held-changes")
    return done(request, lambda: undo_change(round_id=round_id, change=change), said, back=back)


@posted
def dismiss(request: HttpRequest, round_id: UUID, change: UUID) -> HttpResponse:
    """Nothing is changed."""

    def write(reason: str) -> object:
        return dismiss_change(round_id=round_id, change=change, reason=reason)

    return let_be(request, write, reverse("desk-change-reopen", args=[round_id, change]))


@posted
def reopen(request: HttpRequest, round_id: UUID, change: UUID) -> HttpResponse:
    """Undo: it waits for a decision again."""
    said = gettext("Taken back. It waits for a decision again.")
    return done(request, lambda: reopen_change(round_id=round_id, change=change), said)


@posted
def close(request: HttpRequest, round_id: UUID, closing: UUID) -> HttpResponse:
    """The tube is closed with what was in hand."""

    def write() -> str:
        tube = fields.text(request.POST, "tube")
        closed = apply_closing(round_id=round_id, closing=closing, tube=tube)
        if closed.state == "accepted":
            return gettext("The tube is closed.")
        return gettext("The tube is closed. Its records and its swabs do not agree in number yet.")

    return done(request, write, "{0}", undo=reverse("desk-closing-undo", args=[round_id, closing]))


@posted
def undo_close(request: HttpRequest, round_id: UUID, closing: UUID) -> HttpResponse:
    """The tube is as it was, and the closing waits for a decision again."""
    said = gettext("Taken back. It waits for a decision again.")
    back = reverse("desk-held-changes")
    return done(request, lambda: undo_closing(round_id=round_id, closing=closing), said, back=back)


@posted
def leave(request: HttpRequest, round_id: UUID, closing: UUID) -> HttpResponse:
    """The closing closes nothing, or its count is explained."""

    def write(reason: str) -> object:
        return dismiss_closing(round_id=round_id, closing=closing, reason=reason)

    return let_be(request, write, reverse("desk-closing-reopen", args=[round_id, closing]))


@posted
def open_again(request: HttpRequest, round_id: UUID, closing: UUID) -> HttpResponse:
    """Undo: it waits for a decision again."""
    said = gettext("Taken back. It waits for a decision again.")
    return done(request, lambda: reopen_closing(round_id=round_id, closing=closing), said)


@posted
def leave_visit(request: HttpRequest, round_id: UUID, visit: UUID) -> HttpResponse:
    """Nothing follows from the word."""

    def write(reason: str) -> object:
        return dismiss_visit(round_id=round_id, visit=visit, reason=reason)

    return let_be(request, write, reverse("desk-visit-reopen", args=[round_id, visit]))


@posted
def reopen_word(request: HttpRequest, round_id: UUID, visit: UUID) -> HttpResponse:
    """Undo: it is on the list again."""
    said = gettext("Taken back. It waits for a decision again.")
    return done(request, lambda: reopen_visit(round_id=round_id, visit=visit), said)


def let_be(request: HttpRequest, write: Callable[[str], object], undo: str) -> HttpResponse:
    """Nothing is done, for the reason in the form; it can be taken back at `undo`."""
    reason = fields.text(request.POST, "reason")

    def checked() -> object:
        if not reason:
            raise ReasonMissing(reason="")
        return write(reason)

    return done(request, checked, gettext("Left as it is, with your reason."), undo=undo)
