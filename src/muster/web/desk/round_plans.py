"""A planned round: the shortage first, sites on the map, call times, the rehearsal as a picture."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext

from muster import policies
from muster.apps.communities.queries.places import places
from muster.apps.people.queries.access import require
from muster.apps.screening.actions import open_planned, plan_a_round
from muster.apps.screening.queries.hands import hands_of
from muster.apps.screening.queries.nights import night_of
from muster.apps.screening.queries.plans import Planned, planned_round
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.rounds.area import ANY
from muster.rounds.plan import RoundPlan
from muster.web import fields
from muster.web.desk.page import anybody, community_code, done, posted
from muster.web.words import WORDS


@posted
def make(request: HttpRequest) -> HttpResponse:
    """Plan and rehearse what the form asks for, and go to the plan."""
    made: list[str] = []

    def write() -> str:
        own = fields.number(request.POST, "staff", 0)
        area = community_code(request)
        planned = plan_a_round(
            area=area,
            places=fields.numbers(request.POST, "estate"),
            title=fields.text(request.POST, "title") or gettext("Round"),
            starts_at=fields.moment(request.POST, "starts_at"),
            ends_at=fields.moment(request.POST, "ends_at"),
            staff={ANY: own} if own else {},
            neighbours=hands_of(area, policies.load(settings.MUSTER_POLICY)),
            tables=fields.number(request.POST, "tables", 0) or None,
        )
        made.append(reverse("desk-round-plan", args=[planned.id]))
        return gettext("Planned and rehearsed. Nothing has been opened yet.")

    answer = done(request, write, "{0}")
    return answer if not made else _to(answer, made[0])


def _to(answer: HttpResponse, where: str) -> HttpResponse:
    answer["Location"] = where
    return answer


@posted
def start(request: HttpRequest, plan: UUID) -> HttpResponse:
    """Open the round as it was planned."""

    def write() -> str:
        opened = open_planned(plan=plan)
        counts = {"tables": opened.demand.tables, "posts": opened.posts}
        return gettext("Opened: %(tables)s tables, %(posts)s posts.") % counts

    return done(request, write, "{0}", back=reverse("desk-round"))


@anybody
def plan(request: HttpRequest, plan: UUID) -> HttpResponse:
    """One planned round."""
    found = planned_round(plan)
    require(Verb.VIEW_COVERAGE, place=found.row.area)
    made = found.plan
    context = {
        "planned": found.row,
        "plan": made,
        "ends": made.starts_at + timedelta(hours=made.hours),
        "last": made.starts_at + timedelta(minutes=made.last_call),
        "short": made.shortage,
        "notes": [str(WORDS["round_note"][note.code]) % note.values for note in made.notes],
        "scenarios": outcomes(found),
        "lines": line_chart(found),
        "finishes": finish_chart(found),
        "map": marks(made),
        "buildings": called(found),
        "text": pasteable(found),
        "night": night_of(found.row.id),
        "home": found.home,
        "at_home": sum(home.people for home in made.home),
    }
    return render(request, "desk/round_plan.html", context)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one rehearsal came to, in the city's time; `ends` is nothing when no table opens.
    `crowded`: sites without room for the line."""

    name: str
    tables: int
    ends: str
    ends_high: str
    wait: float
    wait_high: float
    table: int
    stage: str
    crowded: str


def outcomes(found: Planned) -> list[Outcome]:
    """The rehearsals of a plan in words."""
    return [
        Outcome(
            name=str(WORDS["scenario"][each["key"]]),
            tables=each["tables"],
            ends=moment(found.plan, each.get("finish")),
            ends_high=moment(found.plan, each.get("finish_high")),
            wait=each.get("wait", 0.0),
            wait_high=each.get("wait_high", 0.0),
            table=each.get("table", 0),
            stage=str(WORDS["queue_at"].get(each.get("stage", ""), "")),
            crowded=", ".join(each.get("crowded", ())),
        )
        for each in found.rehearsal["scenarios"]
    ]


def moment(made: RoundPlan, minutes: float | None) -> str:
    """A minute of the round on the city's clocks; nothing for none."""
    if minutes is None:
        return ""
    return clock.local(made.starts_at + timedelta(minutes=minutes), "%H:%M")


def line_chart(found: Planned) -> dict[str, Any]:
    """People in line over time, a curve a table."""
    rehearsal = found.rehearsal
    return {
        "kind": "line",
        "x": [moment(found.plan, minute) for minute in rehearsal["times"]],
        "series": [
            {"name": gettext("Table %(n)s") % {"n": table["number"]}, "values": table["line"]}
            for table in rehearsal["tables"]
        ],
    }


def finish_chart(found: Planned) -> dict[str, Any]:
    """Hours until the last swab, a bar a rehearsal."""
    ends = found.rehearsal["scenarios"]
    hours = [round(each["finish"] / 60, 2) if "finish" in each else None for each in ends]
    return {
        "kind": "bar",
        "x": [str(WORDS["scenario"][each["key"]]) for each in ends],
        "series": [{"name": gettext("Hours"), "values": hours}],
    }


def marks(made: RoundPlan) -> list[dict[str, Any]]:
    """The sites as the map draws them, where coordinates are known."""
    known = {place.id: place for place in places([int(site.building) for site in made.sites])}
    drawn = []
    for site in made.sites:
        place = known.get(int(site.building))
        near = place and next(
            (p for p in reversed(places(place.path)) if p.longitude is not None), None
        )
        if site.x is None or near is None:
            continue
        tables = gettext("Tables %(first)s–%(last)s") % {
            "first": site.tables[0].number, "last": site.tables[-1].number,
        }  # fmt: skip
        drawn.append(
            {"name": site.name, "lat": near.latitude, "lng": near.longitude, "level": "precaution",
             "text": tables, "href": "#sites", "size": 8 + len(site.tables)}
        )  # fmt: skip
    return drawn


type Line = tuple[str, str, str, int, str]
"""When, from which door, to which, how many people, to which site."""


def called(found: Planned) -> dict[str, list[Line]]:
    """The calls of each building in order of time."""
    by_building: dict[str, list[Line]] = defaultdict(list)
    for call, first, last in found.calls:
        site = found.plan.sites[call.site].name
        when = moment(found.plan, call.minute)
        by_building[call.name].append((when, first, last, call.people, site))
    return dict(sorted(by_building.items(), key=lambda item: item[1][0][0]))


def pasteable(found: Planned) -> str:
    """The call times as text for a group: doors and times, no names."""
    lines = [found.row.title]
    for call, first, last in found.calls:
        lines.append(
            gettext("%(time)s %(building)s, %(first)s to %(last)s → %(site)s")
            % {
                "time": moment(found.plan, call.minute),
                "building": call.name,
                "first": first,
                "last": last,
                "site": found.plan.sites[call.site].name,
            }
        )
    lines.append(gettext("Please come down at your time, not before."))
    return "\n".join(lines)
