"""Boxes: tubes scanned in, counted at each hand-over; manifests; lost results."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from muster.apps.people.queries.access import require
from muster.apps.screening.actions import hand_over, open_box, pack_tube, take_out
from muster.apps.screening.queries.custody import (
    BoxPage,
    box_of,
    boxes_of,
    packed_of,
    stages_of,
    ways_of,
)
from muster.apps.screening.queries.lost import lost_of
from muster.kernel.errors import Conflict, Invalid
from muster.protocols.access import Verb
from muster.protocols.custody import Stage
from muster.web import fields
from muster.web.desk.page import done, page, posted
from muster.web.desk.qr import qr
from muster.web.desk.rounds import chosen_round
from muster.web.problems import text_of
from muster.web.reach import Reach


@page(Verb.CARRY_TUBES, community=True)
def boxes(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The boxes of a round, how far the tubes have come, and which are late."""
    round_ = chosen_round(request, reach)
    context: dict[str, Any] = {"reach": reach, "round": round_}
    if round_ is not None:
        ways = ways_of(round_.id)
        loose = [w for w in ways if w.clock.stage in {Stage.OPEN, Stage.CLOSED}]
        context |= {"boxes": boxes_of(round_.id), "stages": stages_of(ways), "loose": loose}
    return render(request, "desk/boxes.html", context)


@posted
def begin(request: HttpRequest) -> HttpResponse:
    """A box was scanned: on to its page."""
    round_id, code = fields.key(request.POST, "round"), fields.text(request.POST, "code")
    if not code:
        return done(request, lambda: open_box(round_id=round_id, code=code), "")
    return redirect("desk-box", open_box(round_id=round_id, code=code).id)


@page(Verb.CARRY_TUBES)
def box(request: HttpRequest, reach: Reach, box: UUID) -> HttpResponse:
    """One box: scan tubes in, count, hand over."""
    return render(request, "desk/box.html", {"reach": reach, **_of(box_of(box))})


def _of(found: BoxPage, **more: object) -> dict[str, object]:
    require(Verb.CARRY_TUBES, place=found.box.area)
    return {"box": found, **more}


@posted
def pack(request: HttpRequest, box: UUID) -> HttpResponse:
    """A tube was scanned: the box as it is now, ready for the next."""
    told, good = "", False
    try:
        packed = pack_tube(box=box, tube=fields.text(request.POST, "tube"))
        told, good = packed.tube, True
    except (Invalid, Conflict) as error:
        told = text_of(error)
    context = _of(box_of(box), told=told, good=good)
    return render(request, "desk/box_body.html", context)


@posted
def unpack(request: HttpRequest, packed: UUID) -> HttpResponse:
    """The tube is not in the box."""
    at = packed_of(packed)
    back = reverse("desk-box", args=[at.box_id])
    return done(request, lambda: take_out(packed=packed), gettext("Taken out."), back=back)


@posted
def hand(request: HttpRequest, box: UUID, stage: str) -> HttpResponse:
    """Sealed, taken by the courier, or received."""

    def write() -> object:
        counted = fields.number(request.POST, "counted")
        return hand_over(box=box, stage=stage, counted=counted, to=fields.text(request.POST, "to"))

    return done(request, write, gettext("Kept."), back=reverse("desk-box", args=[box]))


@page(Verb.CARRY_TUBES)
def manifest(request: HttpRequest, reach: Reach, box: UUID) -> HttpResponse:
    """The sheet that travels with the box. Codes and counts; nobody's name."""
    found = box_of(box)
    context = _of(found, reach=reach, code=qr(found.box.code, scale=4))
    return render(request, "desk/manifest.html", context)


@page(Verb.VIEW_RESULTS, community=True)
def lost(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The seven places where a result gets lost."""
    round_ = chosen_round(request, reach)
    context = {"reach": reach, "round": round_, "lists": lost_of(round_.id) if round_ else []}
    return render(request, "desk/lost.html", context)
