"""Files on their way in: what became of one, how far a large one is, stopping it; what the columns
of a list mean."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from muster.apps.communities.actions import Imported, cancel_upload, correct_columns
from muster.apps.communities.queries.imports import upload_of
from muster.apps.people.queries.access import require
from muster.intake.sheets.kinds import ROSTER
from muster.intake.sheets.model import letter
from muster.protocols.access import Verb
from muster.web.desk.page import anybody, done, posted

if TYPE_CHECKING:
    from muster.apps.communities.models import Batch, Upload

FIELDS = ("name", "id_number", "id_type", "phones", "building", "unit", "room", "address",
          "residency", "birth_date", "remarks", "head", "relation")  # fmt: skip


def became(came: Imported | Upload) -> str:
    """What a file gave, in a sentence."""
    if not isinstance(came, Imported):
        return gettext("A large file: it is read beside your work. You see here how far it is.")
    if came.again:
        return gettext("This very file has been here before. Nothing has changed.")
    counts = {"rows": came.rows, "in": came.taken, "known": came.known, "wait": came.waiting}
    said = gettext("%(rows)s rows: %(in)s in, %(known)s known, %(wait)s wait for you.") % counts
    if came.remembered:
        said += " " + gettext("The columns were read as you had corrected them for this sender.")
    return said


@anybody
def progress(request: HttpRequest, upload: UUID) -> HttpResponse:
    """How far a file is; asks for itself again while it is being read."""
    found = upload_of(upload)
    require(Verb.IMPORT_PEOPLE, place=found.area)
    return render(request, "desk/upload.html", {"u": line_of(found)})


def line_of(upload: Upload) -> dict[str, Any]:
    """A file with its share in per cent and whether it is still under way."""
    return {
        "upload": upload,
        "percent": round(100 * upload.done / upload.total) if upload.total else 0,
        "open": upload.state in ("queued", "reading", "saving"),
        "stoppable": upload.state in ("queued", "reading"),
    }


@posted
def cancel(request: HttpRequest, upload: UUID) -> HttpResponse:
    """Stop reading it; nothing of it stays."""
    return done(
        request,
        lambda: cancel_upload(upload=upload),
        gettext("Stopped. Nothing of this file was taken in."),
        back="/imports/",
    )


@posted
def correct(request: HttpRequest, batch: UUID) -> HttpResponse:
    """What the columns of one sheet mean, from now on for this sender; the file is read again."""

    def write() -> str:
        chosen: dict[str, list[str]] = {}
        for key, field in request.POST.items():
            if key.startswith("column-") and field in ROSTER.headings:
                chosen.setdefault(str(field), []).append(key.removeprefix("column-"))
        sheet = request.POST.get("sheet", "")
        came = correct_columns(batch=batch, sheet=sheet, columns=chosen)
        if came is None:
            return gettext("Remembered. Send the file again: it is read with these columns.")
        return gettext("Remembered, and the file is read again.") + " " + became(came)

    return done(request, write, "{0}", back="/imports/")


def columns_of(batch: Batch) -> list[dict[str, Any]]:
    """The sheets of a file, each with its columns: letter, heading, the field it was taken for."""
    sheets = []
    for found in batch.mapping.get("columns", ()):
        meant = {at: name for name, letters in found["map"].items() for at in letters}
        headings = found.get("headings") or []
        columns = [
            {"letter": letter(i), "heading": said, "field": meant.get(letter(i), "")}
            for i, said in enumerate(headings)
        ]
        sheets.append({"sheet": found["sheet"] or "", "columns": columns, **_known(found)})
    return sheets


def _known(found: dict[str, Any]) -> dict[str, Any]:
    return {"row": found["header_row"], "remembered": found.get("remembered", False)}
