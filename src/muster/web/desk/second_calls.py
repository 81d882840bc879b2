"""The second call: doors that were called and of which somebody has not come."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext

from muster import policies
from muster.apps.screening.actions import call_again, forget_second_call
from muster.apps.screening.queries.second_calls import Uncome, uncome_of
from muster.protocols.access import Verb
from muster.web import fields
from muster.web.desk.page import done, page, posted
from muster.web.desk.rounds import chosen_round
from muster.web.exports import xlsx_response
from muster.web.reach import Reach
from muster.web.templatetags.muster import phone_masked


@page(Verb.VIEW_COVERAGE, community=True)
def second_calls(request: HttpRequest, reach: Reach) -> HttpResponse:
    """The doors to call again, building by building, and what to say in the group."""
    round_ = chosen_round(request, reach)
    context: dict[str, Any] = {"reach": reach, "round": round_}
    if round_ is not None:
        rule = policies.load(round_.policy).screening.desk
        found = uncome_of(round_.id)
        if request.GET.get("export"):
            return _export(reach, round_.title, found)
        context |= {
            "rule": rule,
            "doors": found,
            "people": sum(len(each.behind) for each in found),
            "text": pasteable(round_.title, found, rooms=rule.rooms_in_group_text),
        }
    return render(request, "desk/second_calls.html", context)


def pasteable(title: str, found: Sequence[Uncome], *, rooms: bool) -> str:
    """Text for a group: buildings and how many households, or their rooms where the policy lets
    them be named; never a person."""
    lines = [title]
    for building, group in groupby(found, key=lambda each: each.building):
        labels = [each.label for each in group]
        told = ngettext("%(n)s household", "%(n)s households", len(labels)) % {"n": len(labels)}
        lines.append(f"{building}: {', '.join(labels) if rooms else told}")
    lines.append(gettext("You were called and have not come yet. Please come down now."))
    return "\n".join(lines)


def _export(reach: Reach, title: str, found: Sequence[Uncome]) -> HttpResponse:
    heads = ("Place", "Door", "Name", "Phone", "First call", "Called again at")
    return xlsx_response(
        name="second-call",
        title=f"{gettext('Second call')} {title}",
        area=reach.place.area,
        columns=[gettext(x) for x in heads],
        rows=(
            (d.building, d.label, b.name, phone_masked(b.phone), d.called_at, d.again_at)
            for d in found
            for b in d.behind
        ),
    )


@posted
def mark(request: HttpRequest, round_id: UUID) -> HttpResponse:
    """These doors were called again just now."""
    doors = fields.numbers(request.POST, "door")
    said = gettext("Kept: called again just now.")
    back = "/coverage/second/{0}/undo"
    return done(request, lambda: call_again(round_id=round_id, doors=doors), said, undo=back)


@posted
def undo(request: HttpRequest, batch: UUID) -> HttpResponse:
    """They were not."""
    return done(request, lambda: forget_second_call(batch=batch), gettext("Taken back."))
