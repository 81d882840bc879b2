"""Neighbours come forward: by link, by poster, in the pasted chain. Members report in; everybody
switches to a role and ticks off what it must know."""

from uuid import UUID

import httpx

from muster import policies
from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import (
    NewSignUp,
    confirm_report,
    paste_chain,
    report_in,
    sign_up,
    signup_link,
)
from muster.apps.calls.queries import signups_of
from muster.apps.communities.queries.doors import person_at_door
from muster.apps.communities.queries.places import labels_of
from muster.apps.people.actions import note_employment
from muster.apps.rosters.actions import switch_role
from muster.demo.generator.chain import chain
from muster.demo.generator.model import Resident
from muster.demo.night.stage import Stage
from muster.kernel import clock

BY_LINK = 20
ROLES = ("recorder", "order", "runner", "guide")


def keep_units(stage: Stage) -> None:
    """Cadres who live in the estates came in as residents; they keep their work unit. Who is a
    party member is known from the party's own register."""
    residents = {r.id: r for r in stage.world.residents}
    found = 0
    with as_system("demo units"):
        labels = labels_of(list(stage.places.values()))
        for cadre in stage.world.cadres:
            if cadre.resident is None:
                continue
            person = _registered(stage, residents[cadre.resident], labels)
            if person is not None:
                note_employment(
                    person=person, unit=cadre.unit, party_member=cadre.party_member,
                    skills=(*cadre.skills, *cadre.qualifications),
                )  # fmt: skip
                stage.cadres[cadre.id] = person
                found += 1
        for neighbour in stage.world.neighbours:
            person = _registered(stage, residents[neighbour.resident], labels)
            if person is not None:
                note_employment(
                    person=person, party_member=neighbour.party_member, skills=neighbour.skills
                )
    stage.note(cadres_inside=found)


def _registered(stage: Stage, resident: Resident, labels: dict[int, str]) -> UUID | None:
    building, unit, room = labels[stage.places[resident.door]].split("-")
    house: dict[str, str | None] = {"building": building, "unit": unit, "room": room}
    person, _ = person_at_door(stage.community, resident.who.name, house)
    return person


def come_forward(stage: Stage) -> None:
    """The first twenty by link over HTTP, twice by mistake; the others in one pasted chain; the
    community's own staff by hand."""
    assert stage.call is not None  # noqa: S101
    text = chain(stage.world)
    _by_link(stage, text.people[:BY_LINK])
    with clock.travel(stage.at(1)), act_as(stage.actors["secretary"]):
        pasted = paste_chain(call=stage.call, area=stage.community, text=text.text)
        again = paste_chain(call=stage.call, area=stage.community, text=text.text)
    stage.note(chain_taken=pasted.taken, chain_waiting=pasted.waiting)
    stage.promise(again.same, "the same paste again changed something")
    stage.promise(
        pasted.taken + pasted.waiting + BY_LINK // 4 >= len(text.people) - BY_LINK,
        "entries of the chain were lost",
    )
    with clock.travel(stage.at(0.6)), as_system("demo staff"):
        for staff in stage.world.staff:
            if staff.who.phones:
                sign_up(
                    call=stage.call,
                    area=stage.community,
                    new=NewSignUp(
                        name=staff.who.name, phone=staff.who.phones[0], roles=ROLES,
                        party_member=staff.party_member, source="desk",
                        person=stage.staff[staff.id],
                    ),
                )  # fmt: skip
    with act_as(stage.actors["secretary"]):
        rows = list(signups_of(stage.call))
    neighbours = [s for s in rows if s.area == stage.community and s.source != "desk"]
    stage.note(
        signed_up=len(rows),
        neighbours=len(neighbours),
        party_members=sum(bool(s.person.party_member) for s in neighbours),
    )
    stage.promise(len(neighbours) >= 80, "fewer than 80 neighbours signed up")


def _by_link(stage: Stage, people: tuple[int, ...]) -> None:
    """Through the public page, as a phone would; everybody taps twice."""
    residents = {r.id: r for r in stage.world.residents}
    with as_system("demo doors"):
        labels = labels_of([stage.places[residents[i].door] for i in people])
    doors = {residents[i].door: labels[stage.places[residents[i].door]] for i in people}
    token = signup_link(call=stage.call, area=stage.community)  # type: ignore[arg-type]
    with httpx.Client(base_url=stage.server, timeout=30, follow_redirects=False) as phone:
        headers = {"X-Muster-Clock": stage.at(0.75).isoformat()}
        page = phone.get(f"/s/{token}/", headers=headers)
        headers |= {"X-CSRFToken": phone.cookies.get("csrftoken") or "", "Referer": stage.server}
        sent = 0
        for id_ in people:
            who = residents[id_].who
            for _ in range(2):
                answer = phone.post(
                    f"/s/{token}/",
                    data={
                        "name": who.name,
                        "phone": who.phones[0],
                        "door": doors[residents[id_].door],
                        "roles": ["recorder", "order"],
                    },
                    headers=headers,
                )
                sent += answer.status_code == 302
    stage.promise(page.status_code == 200, "the sign-up page did not open")
    stage.promise(sent == 2 * len(people), "a sign-up by link was not taken")


def report_and_switch(stage: Stage) -> None:
    """Members report in and both sides confirm; everybody accepted ticks the list of the role."""
    policy = policies.load("2022-04")
    reported = switched = 0
    with clock.travel(stage.at(1.1)), as_system("demo role switch"):
        for signup in signups_of(stage.call):  # type: ignore[arg-type]
            if signup.unit is not None and signup.area == stage.community:
                report = report_in(person=signup.person_id)
                confirm_report(report=report.id, side="unit")
                confirm_report(report=report.id, side="community")
                reported += 1
            if signup.state == "accepted":
                ticks = [line.key for line in policy.role(signup.role).checklist]
                switch_role(person=signup.person_id, role=signup.role, ticked=ticks)
                switched += 1
    stage.note(reported_in=reported, switched=switched)
