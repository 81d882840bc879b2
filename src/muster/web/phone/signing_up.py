"""Come forward with name and phone; the account comes later, if at all."""

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.csrf import ensure_csrf_cookie

from muster import policies
from muster.apps.audit.actions import as_system
from muster.apps.calls.actions import NewSignUp, read_signup_link, sign_up
from muster.apps.calls.queries import call_of
from muster.apps.communities.queries.places import place_with_code
from muster.apps.people.actions import use_surge_pass
from muster.intake.addresses import parse_house
from muster.kernel.errors import Invalid
from muster.web.phone.person import remember
from muster.web.problems import text_of

PARTS = ("am", "pm", "evening", "night")


def _offered(request: HttpRequest) -> NewSignUp:
    """The sign-up that a form holds."""
    form = request.POST
    parts = [p for p in form.getlist("parts") if p in PARTS]
    return NewSignUp(
        name=form.get("name", "").strip()[:40],
        phone=form.get("phone", ""),
        roles=form.getlist("roles"),
        skills=[s for s in form.getlist("skills") if s in ("medical", "phone_skill", "driver")],
        availability=[{"days": [], "part": part} for part in parts],
        party_member=True if form.get("party_member") else None,
        note=form.get("note", "").strip()[:200],
        house=_house(form.get("door", "")),
        source="qr" if request.GET.get("from") == "qr" else "link",
    )


def _house(text: str) -> dict[str, str | None] | None:
    """The door that somebody typed in any usual spelling; None if it cannot be read."""
    house = parse_house(text) if text.strip() else None
    if house is None:
        return None
    return {"building": house.building, "unit": house.unit, "room": house.room}


@ensure_csrf_cookie
def signup(request: HttpRequest, token: str) -> HttpResponse:
    """The public page of one call in one community. What was typed is kept when it is refused."""
    call, area = read_signup_link(token)
    error = ""
    if request.method == "POST":
        try:
            done = sign_up(call=call, area=area, new=_offered(request))
            return remember(redirect("my-shifts"), done.person_id)
        except Invalid as refused:
            error = text_of(refused)
    return render(
        request,
        "phone/signup.html",
        {
            "call": call_of(call),
            "place": place_with_code(area),
            "roles": [
                r for r in policies.load(settings.MUSTER_POLICY).roles if not r.qualification
            ],
            "parts": PARTS,
            "form": request.POST,
            "chosen": request.POST.getlist("roles"),
            "error": error,
        },
        status=422 if error else 200,
    )


@ensure_csrf_cookie
def surge_pass(request: HttpRequest, token: str) -> HttpResponse:
    """Open a short-lived account with a pass from a QR."""
    if request.method == "POST":
        account = use_surge_pass(token=token, display_name=request.POST.get("name", ""))
        with as_system("surge log-in"):
            login(request, account, backend="django.contrib.auth.backends.ModelBackend")
        return redirect("/")
    return render(request, "phone/pass.html", {})
