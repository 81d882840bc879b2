"""Spreadsheets of residents: taken in, doubtful rows mended, a cleaner file given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.communities.actions import (
    dismiss_row,
    reopen_row,
    settle_row,
    take_file,
)
from muster.apps.communities.actions.settle import MENDABLE
from muster.apps.communities.queries.doors import doors_of
from muster.apps.communities.queries.imports import (
    batch_of,
    batches_of,
    row_of,
    senders_of,
    settled_rows,
    uploads_of,
    waiting_rows,
)
from muster.apps.communities.queries.places import estates_of
from muster.apps.people.queries.access import require
from muster.intake.sheets import check_size
from muster.kernel.errors import Invalid
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.cleaner import cleaner_response
from muster.web.desk.page import anybody, community_code, done, page, posted
from muster.web.desk.uploads import FIELDS, became, columns_of
from muster.web.desk.uploads import line_of as line_of_upload
from muster.web.lists import listed
from muster.web.reach import Reach

if TYPE_CHECKING:
    from muster.apps.communities.models import Intake


class FileMissing(Invalid):
    """Choose a file first."""

    code = "file_missing"


@page(Verb.IMPORT_PEOPLE, community=True)
def imports(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Upload, and what came in before."""
    area = reach.place.area
    context = {
        "reach": reach,
        "batches": batches_of(area),
        "estates": estates_of(area),
        "senders": senders_of(area),
        "uploads": [line_of_upload(u) for u in uploads_of(area)],
    }
    return render(request, "desk/imports.html", context)


@posted
def upload(request: HttpRequest) -> HttpResponse:
    """Take a file in; say what became of its rows."""

    sent = request.FILES.get("file")
    sender = fields.text(request.POST, "sender")[:60].strip()
    about: dict[str, Any] = {
        "area": community_code(request),
        "filename": (sent.name or "") if sent else "",
        "sender": sender,
        "estate": fields.number(request.POST, "estate", 0) or None,
    }

    def write() -> str:
        if sent is None:
            raise FileMissing(reason="")
        check_size(sent.size or 0, filename=sent.name or "")
        return became(take_file(**about, data=sent.read()))

    return done(request, write, "{0}")


@anybody
def batch(request: HttpRequest, batch: UUID) -> HttpResponse:
    """The rows of one file that wait. Raises `BatchNotFound`, `NotAllowed`."""
    found = batch_of(batch)
    require(Verb.SETTLE_DOUBTS, place=found.area)
    waiting = waiting_rows(found.area, batch)
    if request.GET.get("export"):
        return cleaner_response(found, list(waiting))
    rows = listed(request, waiting)
    lines = [line_of(row) for row in rows.page]
    context = {
        "batch": found,
        "list": rows,
        "rows": lines,
        "estates": estates_of(found.area),
        "sheets": columns_of(found),
        "fields": FIELDS,
        "settled": settled_rows(batch),
    }
    return render(request, "desk/import.html", context)


def line_of(row: Intake) -> dict[str, Any]:
    """A row with its fields as text, ready to be mended."""
    shown = {}
    for name in MENDABLE:
        value = row.fields.get(name)
        shown[name] = " ".join(value) if isinstance(value, list) else value or ""
    return {"row": row, "fields": shown, "door": "door_ambiguous" in row.problems}


@posted
def settle(request: HttpRequest, row: UUID) -> HttpResponse:
    """Take a row with its mended fields, or as it is."""
    mended = {name: request.POST[name] for name in MENDABLE if name in request.POST}
    as_it_is = request.POST.get("as_it_is") == "1"
    estate = fields.number(request.POST, "estate", 0)
    door = door_in(row_of(row), mended, estate) if estate else None
    return done(
        request,
        lambda: settle_row(row=row, mended=mended, door=door, as_it_is=as_it_is),
        gettext("Taken in."),
        undo=f"/imports/rows/{row}/reopen",
        back="/imports/",
    )


def door_in(row: Intake, mended: dict[str, str], estate: int) -> int | None:
    """The one door of this address in the chosen estate, if there is one."""
    address = {**row.fields, **mended}
    found = doors_of(row.area).find(
        address["building"], address["unit"], address["room"], estate=estate
    )
    return found[0] if len(found) == 1 else None


@posted
def dismiss(request: HttpRequest, row: UUID) -> HttpResponse:
    """Nobody lives behind this row."""
    undo = f"/imports/rows/{row}/reopen"
    return done(request, lambda: dismiss_row(row=row), gettext("Left out."), undo=undo)


@posted
def reopen(request: HttpRequest, row: UUID) -> HttpResponse:
    """Undo: the row waits again."""
    return done(request, lambda: reopen_row(row=row), gettext("The row waits again."))
