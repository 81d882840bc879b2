"""Lives a bit of everything in the small city, so that every table holds a row of it."""

from datetime import timedelta
from uuid import UUID

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import (
    NewSignUp,
    issue_call,
    offer_people,
    paste_chain,
    report_in,
    sign_up,
)
from muster.apps.calls.models import Call
from muster.apps.dashboards.actions import issue_bulletin
from muster.apps.kits.actions import (
    NewResult,
    enter_result,
    kit_sealing_key,
    revoke_household_link,
)
from muster.apps.people.actions import (
    NewPerson,
    create_temporary_body,
    make_surge_pass,
    register_persons,
)
from muster.apps.people.models import Organisation
from muster.apps.rosters.actions import propose_plan, publish_plan, switch_role
from muster.apps.rosters.actions.team_edits import pin_member
from muster.apps.rosters.actions.team_searches import propose_teams
from muster.apps.rosters.actions.teams import pair_people
from muster.apps.screening.actions import (
    Record,
    ResultRow,
    SentChange,
    SentClosing,
    call_again,
    hand_over,
    import_results,
    note_absence,
    offer_enrolment,
    open_box,
    pack_tube,
    plan_a_round,
    record_batch,
    register_laboratory,
    take_visits,
)
from muster.apps.screening.queries.rounds import tables_of
from muster.apps.zones.actions import NewItem, issue_order
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import HERE, MEDICAL, OFFICE, SmallCity, open_small_round
from tests.support.kit_words import pair_at
from tests.support.kits import Kits, hand, set_up_kits
from tests.support.photos import JPEG
from tests.support.teams import search_now
from tests.support.visits import visit

NEED = {"recorder": 2, "order": 4, "runner": 1, "guide": 6, "sampler": 4}
CHAIN = """#接龙
晨光花园志愿者报名

1. 赵四 1-1-101 13900008881 录入
2. 钱五 13900008882 党员
3. 孙六（晚上补位）
4.
"""


def seal(city: SmallCity) -> None:
    """Headquarters seals the two estates."""
    with act_as(city.headquarters):
        issue_order(
            number="2022-32",
            title="封控",
            area=HERE,
            effective_at=clock.now() - timedelta(hours=1),
            items=[NewItem(place=e, level="lockdown") for e in city.estates],
        )


def call(city: SmallCity) -> Call:
    """A call down the tree."""
    with act_as(city.headquarters):
        root = Organisation.objects.get(parent=None)
        return issue_call(
            number="2022-1", title="动员令", body="请报名", area=HERE, root=root.id, need=NEED
        )


def cadres(unit: int, count: int, skills: tuple[str, ...] = ()) -> list[UUID]:
    """People of a body who live elsewhere in the city."""
    with as_system("test"):
        return register_persons(
            persons=[
                NewPerson(
                    area=140105007002,
                    unit=unit,
                    name=f"干部{i}",
                    phones=[f"1381111{unit // 10**6 % 1000:02d}{i:02d}"[:11].ljust(11, "0")],
                    skills=skills,
                )
                for i in range(count)
            ]
        )


def hand_out_kits(city: SmallCity) -> Kits:
    """Two doors served, three results, one of them positive with its photo; as the secretary."""
    kits = set_up_kits(city)
    doors = [city.places["D1111"], city.places["D1112"]]
    for door in doors:
        hand(kits, door)
    for i, value in ((0, "positive"), (1, "negative"), (2, "invalid")):
        enter_result(
            new=NewResult(
                id=new_id(),
                series=kits.series.id,
                person=city.residents[i],
                door=doors[i // 2],
                day=2,
                value=value,
                photo=JPEG if value == "positive" else b"",
            )
        )
    revoke_household_link(door=city.places["D2223"])
    return kits


def walk_with_kits(city: SmallCity, kits: Kits) -> None:
    """A pair hands out at a door that had its kits already, and notes somebody nobody knows."""
    pair = pair_at(city, kits, "B11")
    with as_system("test"):
        kit_sealing_key(series=kits.series.id)
    door = city.places["D1111"]
    pair.say(pair.issue(door), pair.result(door, new_id(), "positive"))


def live(city: SmallCity) -> dict[str, object]:
    """One of everything."""
    seal(city)
    issued = call(city)
    with act_as(city.headquarters):
        hospital = Organisation.objects.get(code=MEDICAL)
        office = Organisation.objects.get(code=OFFICE)
        doctors = cadres(MEDICAL, 4, ("medical",))
    with as_system("test"):
        offer_people(
            call=issued.id, organisation=hospital.id, persons={d: ["sampler"] for d in doctors}
        )
    with act_as(city.contact):
        offer_people(
            call=issued.id,
            organisation=office.id,
            persons={c: ["recorder", "order"] for c in cadres(OFFICE, 2)},
        )
    for i, person in enumerate(city.residents[:14]):
        with as_system("test"):
            sign_up(
                call=issued.id,
                area=HERE,
                new=NewSignUp(name="", phone=f"1390000{i:04d}", person=person, skills=("phone",)),
            )
    with act_as(city.secretary):
        pasted = paste_chain(call=issued.id, area=HERE, text=CHAIN)
        report_in(person=city.residents[0])
        switch_role(person=city.residents[0], role="recorder", ticked=[])
        make_surge_pass(role="recorder", area=HERE, uses=3, valid=timedelta(hours=2))
        round_ = open_small_round(city)
        offer_enrolment(table=tables_of(round_.id)[0].id)
        plan = propose_plan(
            area=HERE,
            title="今晚",
            starts_at=clock.now() - timedelta(hours=1),
            ends_at=clock.now() + timedelta(hours=8),
            seconds=0.3,
        )
        publish_plan(plan=plan.plan.id)
        note_absence(round_id=round_.id, person=city.residents[47], outcome="away")
        create_temporary_body(
            kind="temporary_branch",
            name="临时党支部",
            parent=office.id,
            area=HERE,
            scope="晨光社区",
            leader=city.residents[0],
            members=[city.residents[1]],
        )
        call_again(round_id=round_.id, doors=[city.places["D2223"]])
        kits = hand_out_kits(city)
    with act_as(city.headquarters):
        teams = search_now(propose_teams(area=HERE, places=(HERE, HERE), unit=None, teams=3))
        seat, other = [s for s in teams.seats.order_by("id") if not s.leads][:2]
        pair_people(split=teams.id, one=seat.person_id, other=other.person_id, apart=False)
        pin_member(split=teams.id, person=seat.person_id, pinned=True)
    records = [Record(new_id(), "LC0000000001", clock.now(), p) for p in city.residents[:10]]
    record_batch(token=round_.tokens[0], records=records)
    walk_with_kits(city, kits)
    take_visits(
        token=round_.tokens[1],
        visits=[visit(city.residents[46], "refused"), visit(new_id(), note="新搬来的")],
    )
    record_batch(
        token=round_.tokens[1],
        records=[Record(new_id(), "bad", clock.now(), None, {"name": "访客"})],
    )
    record_batch(
        token=round_.tokens[0],
        records=[],
        changes=[SentChange(new_id(), records[9].id, "move", clock.now(), records[9].tube)],
        closings=[SentClosing(new_id(), "LC0000000001", 10, clock.now())],
    )
    record_batch(
        token=round_.tokens[1],
        records=[],
        changes=[SentChange(new_id(), records[8].id, "void", clock.now(), reason="重复")],
        closings=[SentClosing(new_id(), "LC0000000001", 9, clock.now())],
    )
    with act_as(city.secretary):
        box = open_box(round_id=round_.id, code="BOX-1")
        pack_tube(box=box.id, tube="LC0000000009")
        hand_over(box=box.id, stage="sealed", counted=1)
    with act_as(city.headquarters):
        register_laboratory(name="区实验室", area=HERE, low=HERE, high=HERE)
        results = import_results(
            round_id=round_.id,
            rows=[
                ResultRow(2, "LC0000000001", "positive"),
                ResultRow(3, "XX0000000000", "negative"),
            ],
        )
        bulletin = issue_bulletin(area=HERE, low=HERE, high=HERE, cutoff=clock.now())
    with act_as(city.secretary):
        planned = plan_a_round(
            area=HERE, places=city.estates, title="第二轮", starts_at=clock.now(),
            ends_at=clock.now() + timedelta(hours=6), staff={"any": 8},
            neighbours={"recorder": 2, "order": 2}, tables=3,
        )  # fmt: skip
    return {
        "call": issued, "round": round_, "plan": plan, "pasted": pasted, "results": results,
        "bulletin": bulletin, "planned": planned, "kits": kits,
        "teams": teams,
    }  # fmt: skip
