"""The audit: who did what; and whether the chain still holds."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import Verdict, lines_of, verify
from muster.apps.people.queries.access import require
from muster.apps.people.queries.accounts import names_of_actors
from muster.protocols.access import Verb
from muster.protocols.actors import Actor
from muster.web import fields
from muster.web.desk.page import anybody


@anybody
def audit(request: HttpRequest) -> HttpResponse:
    """The newest lines; on POST the whole chain is verified first."""
    require(Verb.VIEW_AUDIT)
    verdict = verified() if request.method == "POST" else None
    before = fields.moment(request.GET, "before") if request.GET.get("before") else None
    with act_as(Actor.system("audit page")):
        lines = lines_of(low=0, high=10**12, before=before)
        names = names_of_actors({line.actor for line in lines})
    context: dict[str, Any] = {"lines": lines, "verdict": verdict, "names": names}
    return render(request, "desk/audit.html", context)


def verified() -> Verdict:
    """The auditor reads no one's rows; the program checks the chain for him."""
    with act_as(Actor.system("audit verify")):
        return verify()
