"""What I do tonight: shifts, report-in, role and its checklist, messages, calendar, check-in."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from icalendar import Calendar, Event

from muster import policies
from muster.apps.audit.actions import switch_actor
from muster.apps.calls.actions import report_in, withdraw
from muster.apps.calls.queries import report_of_person, signups_of_person
from muster.apps.notices.queries import notices_to
from muster.apps.people.queries.access import person_actor
from muster.apps.people.queries.people import person_of
from muster.apps.rosters.actions import check_in as record_check_in
from muster.apps.rosters.actions import switch_role
from muster.apps.rosters.queries.rosters import roles_of, shifts_of_person
from muster.apps.zones.queries import level_of_person
from muster.kernel import clock
from muster.web import fields
from muster.web.phone.person import become, person_of_token, personal_token, remember


def enter(request: HttpRequest, token: str) -> HttpResponse:
    """A personal link from a message: remembered, and out of the address bar at once."""
    return remember(redirect("my-shifts"), person_of_token(token))


def my_shifts(request: HttpRequest) -> HttpResponse:
    """My shifts, my role, my messages; buttons for what I can do about them."""
    person = become(request)
    if request.method == "POST":
        _act(request, person)
        return redirect("my-shifts")
    role = roles_of([person]).get(person)
    return render(
        request,
        "phone/mine.html",
        {
            "person": person_of(person),
            "shifts": shifts_of_person(person),
            "signups": signups_of_person(person),
            "report": report_of_person(person),
            "zone": level_of_person(person, clock.now()),
            "role": role,
            "rule": policies.load(settings.MUSTER_POLICY).role(role.role) if role else None,
            "notices": notices_to(person),
            "calendar": personal_token(person),
        },
    )


def _act(request: HttpRequest, person: UUID) -> None:
    """The one thing that a button of the page asked for."""
    asked = request.POST.get("do", "")
    if asked == "report":
        report_in(person=person)
        messages.success(request, gettext("You have reported in. The community will confirm."))
    elif asked == "tick":
        role = roles_of([person]).get(person)
        if role is not None:
            switch_role(person=person, role=role.role, ticked=request.POST.getlist("ticked"))
        messages.success(request, gettext("Noted."))
    elif asked == "role":
        switch_role(person=person, role=request.POST.get("role", ""))
    elif asked == "withdraw":
        withdraw(signup=fields.key(request.POST, "signup"))
        messages.success(request, gettext("Your sign-up is withdrawn. You can sign up again."))


def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """My shifts as an iCalendar feed. The token is the personal link's: a phone can subscribe."""
    person = person_of_token(token)
    switch_actor(person_actor(person))
    feed = Calendar()
    feed.add("prodid", "-//Muster//Shifts//")
    feed.add("version", "2.0")
    for a in shifts_of_person(person):
        event = Event()
        event.add("uid", f"{a.id}@muster")
        event.add("dtstamp", clock.now())
        event.add("dtstart", a.shift.starts_at)
        event.add("dtend", a.shift.ends_at)
        event.add("summary", a.shift.post.name)
        feed.add_component(event)
    return HttpResponse(feed.to_ical(), content_type="text/calendar; charset=utf-8")


def check_in(request: HttpRequest, code: str) -> HttpResponse:
    """The code on the post's screen was scanned: I am here."""
    person = become(request)
    record_check_in(person=person, code=code)
    messages.success(request, gettext("You are checked in."))
    return redirect("my-shifts")
