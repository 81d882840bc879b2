"""18:30: two estates are sealed. The round is planned, the shortage said first; the call goes
out."""

from datetime import timedelta

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import acknowledge, issue_call, offer_people
from muster.apps.calls.queries import progress_of
from muster.apps.communities.actions import Arrival, move_in
from muster.apps.notices.actions import deliver
from muster.apps.notices.queries import notice_about
from muster.apps.people.queries.organisations import organisations
from muster.apps.screening.actions import open_round
from muster.apps.zones.actions import NewItem, issue_order
from muster.apps.zones.queries import people_inside
from muster.demo.night.stage import Stage
from muster.kernel import clock

TABLES = 17
SILENT_EVERY = 46
OFFERS = 40
"""Bodies that offer people at once; the report's are hospitals and offices near by."""


def seal(stage: Stage) -> None:
    """Headquarters seals both estates from 18:30; the staff who are in them stay in."""
    with clock.travel(stage.at(-0.25)), act_as(stage.actors["headquarters"]):
        order = issue_order(
            number="2022年第32号",
            title="关于划定封控区的通告",
            area=stage.community,
            effective_at=stage.dusk,
            items=[NewItem(place=e, level="lockdown") for e in stage.estates()],
        )
    with as_system("demo staff"):
        move_in(
            arrivals=[
                Arrival(
                    person=stage.staff[s.id], place=stage.places[s.stays_in], area=stage.community,
                    kind="visitor", since=stage.at(-1),
                )
                for s in stage.world.staff
            ]
        )  # fmt: skip
        inside = people_inside(order.id)
    stage.note(inside=inside)
    stage.promise(inside >= 8000, "fewer than 8,000 people inside the two estates")


def plan_round(stage: Stage) -> dict[str, int]:
    """Seventeen tables over both estates, two shifts: nobody stays in a suit for more than four
    hours. Returns what is needed: role → heads."""
    first, second = stage.at(1.5), stage.at(5.5)
    with clock.travel(stage.at(0.1)), act_as(stage.actors["secretary"]):
        opened = open_round(
            area=stage.community,
            places=stage.estates(),
            title="第一轮全员核酸",
            starts_at=first,
            ends_at=stage.at(40),
            shifts=[(first, second), (second, second + timedelta(hours=4))],
            tables=TABLES,
        )
    stage.round = opened.round.id
    stage.note(tables=opened.demand.tables, posts=opened.posts)
    stage.promise(opened.demand.tables == TABLES, "the round has not 17 tables")
    return {post.role: 2 * post.required for post in opened.demand.posts}


def send_call(stage: Stage, need: dict[str, int]) -> None:
    """Down the tree; notices go out; bodies answer, some stay silent, some offer people."""
    bodies = {o.code: o.id for o in organisations()}
    top = stage.world.organisations[0].code
    with clock.travel(stage.at(0.2)), act_as(stage.actors["headquarters"]):
        call = issue_call(
            number="2022-1",
            title="致全市机关党员干部的动员令",
            body="两个小区今晚封控并开展全员核酸，请就地报到、就近上岗。",
            area=stage.community,
            root=bodies[top],
            need=need,
            due_at=stage.at(2),
        )
        notice = notice_about(call.id)
    stage.call = call.id
    if notice is not None:
        stage.note(notices=deliver(notice_id=notice.id))
    _answer(stage, list(bodies.items()))
    with act_as(stage.actors["headquarters"]):
        progress = progress_of(call.id)
    stage.note(called=progress.bodies, acknowledged=progress.acknowledged)
    stage.promise(progress.bodies >= 2300, "the call did not reach 2,300 organisations")
    stage.promise(progress.acknowledged < progress.bodies, "no body is silent: not believable")


def _answer(stage: Stage, bodies: list[tuple[int, object]]) -> None:
    """Acknowledgements come up through the evening; medical units offer samplers."""
    assert stage.call is not None  # noqa: S101 -- set by send_call
    medics: dict[int, list[int]] = {}
    for cadre in stage.world.cadres:
        if "medical" in cadre.qualifications and cadre.resident is None:
            medics.setdefault(cadre.unit, []).append(cadre.id)
    offering = sorted(medics, key=lambda u: -len(medics[u]))[:OFFERS]
    with clock.travel(stage.at(0.5)), as_system("demo answers"):
        for i, (_, organisation) in enumerate(bodies):
            if i % SILENT_EVERY:
                acknowledge(call=stage.call, organisation=organisation)  # type: ignore[arg-type]
        ids = dict(bodies)
        offered = 0
        for unit in offering:
            persons = {stage.cadres[c]: ["sampler"] for c in medics[unit][:3]}
            offer_people(call=stage.call, organisation=ids[unit], persons=persons)  # type: ignore[arg-type]
            offered += len(persons)
    stage.note(offered=offered)
