"""Who is never sent to a post, where a party member must be, teams that serve as a whole: from the
board to the next plan."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.models import SignUp
from muster.apps.people.actions.forming import NewBody, form_bodies
from muster.apps.people.models import Organisation, Person
from muster.apps.people.queries.bodies import leaders_of
from muster.apps.rosters.actions import (
    add_person,
    forbid_post,
    lift_ban,
    mark_led,
    mark_vanguard,
    move_person,
    remove_person,
    replace_no_show,
    take_attendance,
    undo_edit,
)
from muster.apps.rosters.errors import BanNotFound, EditRefused, PlanNotFound, PostNotFound
from muster.apps.rosters.models import Assignment, Ban, Gap, Shift
from muster.apps.rosters.queries.rosters import bans_of
from muster.apps.rosters.queries.why import who_could
from muster.kernel import clock
from muster.kernel.errors import Refused
from muster.kernel.ids import new_id
from muster.planner.plan import Bar
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, plan, post, roster, seats, stand, volunteer


def test_who_is_forbidden_a_post_is_not_sent_there_again(city: SmallCity) -> None:
    one = city.residents[0]
    volunteer(a_call(city, order=9), one, "order")
    (made,) = stand(city, post(city.estates[0]))
    draft = plan(city).plan
    with act_as(city.secretary):
        shift = Shift.objects.get(post=made)
        ban = forbid_post(plan=draft.id, shift=shift.id, person=one)
        assert Assignment.objects.get(plan=draft).state == Assignment.State.WITHDRAWN
        assert [b.name for b in bans_of([made.id])[made.id]] == [Person.objects.get(id=one).name]
        assert list(who_could(draft, shift.id).bars) == [(Bar.FORBIDDEN, 1)]
        assert who_could(draft, shift.id).remedies[0][:2] == (one, Bar.FORBIDDEN)
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.id, shift=shift.id, person=one)
        assert refused.value.data["bars"] == ("forbidden",)
        assert forbid_post(plan=draft.id, shift=shift.id, person=one).id == ban.id
    second = plan(city)
    assert second.placed == 0
    assert Gap.objects.get(plan=second.plan).reason == "forbidden"
    with act_as(city.secretary):
        lift_ban(ban=ban.id)
        with pytest.raises(BanNotFound):
            lift_ban(ban=ban.id)
    assert plan(city).placed == 1


def test_it_is_taken_back_with_the_change(city: SmallCity) -> None:
    one = city.residents[0]
    volunteer(a_call(city, order=9), one, "order")
    (made,) = stand(city, post(city.estates[0]))
    draft = plan(city).plan
    with act_as(city.secretary):
        forbid_post(plan=draft.id, shift=Shift.objects.get(post=made).id, person=one)
        undo_edit(plan=draft.id)
        assert Assignment.objects.get(plan=draft).state == Assignment.State.PLANNED
        assert not Ban.objects.filter(lifted_at=None)


def test_others_cannot(city: SmallCity) -> None:
    volunteer(a_call(city, order=9), city.residents[0], "order")
    (made,) = stand(city, post(city.estates[0]))
    draft = plan(city).plan
    shift = Shift.objects.get(post=made).id
    with act_as(city.secretary):
        with pytest.raises(PlanNotFound):
            forbid_post(plan=draft.id, shift=new_id(), person=city.residents[0])
        ban = forbid_post(plan=draft.id, shift=shift, person=city.residents[0])
    with act_as(city.other_secretary):
        with pytest.raises(Refused):
            forbid_post(plan=draft.id, shift=shift, person=city.residents[1])
        with pytest.raises(BanNotFound):
            lift_ban(ban=ban.id)
        with pytest.raises(Refused):
            mark_vanguard(post=made.id, vanguard=True)
    with act_as(city.secretary), pytest.raises(PostNotFound):
        mark_vanguard(post=new_id(), vanguard=True)


def test_a_vanguard_post_waits_for_a_party_member(city: SmallCity) -> None:
    one, member = city.residents[:2]
    Person.objects.filter(id__in=city.residents).update(party_member=False)
    call = a_call(city, order=9)
    volunteer(call, one, "order")
    (made,) = stand(city, post(city.estates[0], required=2))
    with act_as(city.secretary):
        assert mark_vanguard(post=made.id, vanguard=True).vanguard
    draft = plan(city)
    assert draft.placed == 0
    assert Gap.objects.get(plan=draft.plan).reason == "unled"
    with act_as(city.secretary):
        shift = Shift.objects.get(post=made).id
        assert list(who_could(draft.plan, shift).bars) == [(Bar.UNLED, 1)]
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.plan.id, shift=shift, person=one)
        assert refused.value.data["bars"] == ("unled",)
    Person.objects.filter(id=member).update(party_member=True)
    volunteer(call, member, "order")
    led = plan(city)
    assert led.placed == 2
    (other,) = stand(city, post(city.estates[1]))
    with act_as(city.secretary):
        leads = Assignment.objects.get(plan=led.plan, person_id=member)
        with pytest.raises(EditRefused) as refused:
            move_person(assignment=leads.id, shift=Shift.objects.get(post=other).id)
        assert refused.value.data["bars"] == ("leaves_unled",)
        for write in (
            lambda: remove_person(assignment=leads.id),
            lambda: forbid_post(plan=led.plan.id, shift=shift, person=member),
        ):
            with pytest.raises(EditRefused) as refused:
                write()
            assert refused.value.data["bars"] == ("leaves_unled",)
        assert Assignment.objects.get(id=leads.id).state == Assignment.State.PLANNED
        follows = Assignment.objects.get(plan=led.plan, person_id=one)
        remove_person(assignment=follows.id)
        assert remove_person(assignment=leads.id).state == Assignment.State.WITHDRAWN
        undo_edit(plan=led.plan.id)
        assert not mark_vanguard(post=made.id, vanguard=False).vanguard


def test_a_post_that_asks_for_a_leader_waits_for_one(city: SmallCity) -> None:
    one, leader = city.residents[:2]
    call = a_call(city, order=9)
    volunteer(call, one, "order")
    (made,) = stand(city, post(city.estates[0], required=2))
    with act_as(city.secretary):
        assert mark_led(post=made.id, led=True).led
        with pytest.raises(PostNotFound):
            mark_led(post=new_id(), led=True)
    with act_as(city.other_secretary), pytest.raises(Refused):
        mark_led(post=made.id, led=False)
    draft = plan(city)
    assert draft.placed == 0
    assert Gap.objects.get(plan=draft.plan).reason == "unled"
    shift = Shift.objects.get(post=made).id
    with act_as(city.secretary), pytest.raises(EditRefused) as refused:
        add_person(plan=draft.plan.id, shift=shift, person=one)
    assert refused.value.data["bars"] == ("unled",)
    volunteer(call, leader, "order")
    assert plan(city).placed == 0
    with act_as(city.headquarters):
        big = [leader, *city.residents[2:12]]
        body = NewBody(kind="team", name="大队", leader=leader, members=big)
        form_bodies(unit=None, area=HERE, bodies=[body])
    assert leaders_of(big) == {leader}
    led = plan(city)
    assert led.placed == 2
    with act_as(city.secretary):
        leads = Assignment.objects.get(plan=led.plan, person_id=leader)
        with pytest.raises(EditRefused) as refused:
            remove_person(assignment=leads.id)
        assert refused.value.data["bars"] == ("leaves_unled",)
        assert not mark_led(post=made.id, led=False).led
        assert remove_person(assignment=leads.id).state == Assignment.State.WITHDRAWN
    Organisation.objects.filter(kind="team").update(ends_at=clock.now())
    assert leaders_of(big) == set()


def test_a_stand_in_need_not_lead_where_somebody_does(city: SmallCity) -> None:
    leader, gone, stands_in = city.residents[:3]
    call = a_call(city, order=9)
    for person in (leader, gone):
        volunteer(call, person, "order")
    with act_as(city.headquarters):
        big = [leader, *city.residents[4:14]]
        body = NewBody(kind="team", name="大队", leader=leader, members=big)
        form_bodies(unit=None, area=HERE, bodies=[body])
    (made,) = stand(city, post(city.estates[0], required=2))
    with act_as(city.secretary):
        mark_led(post=made.id, led=True)
    there = roster(city)
    volunteer(call, stands_in, "order")
    with as_system("the reserve"):
        SignUp.objects.filter(person=stands_in).update(state="reserve", role="order", rank=1)
    with act_as(city.secretary):
        missing = Assignment.objects.get(plan=there.plan, person_id=gone)
        take_attendance(assignment=missing.id, present=False)
        assert replace_no_show(assignment=missing.id).person_id == stands_in


def test_who_brings_nothing_may_go_from_a_post_that_lacks_it_anyway(city: SmallCity) -> None:
    Person.objects.filter(id__in=city.residents).update(party_member=False)
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    (made,) = stand(city, post(city.estates[0], required=2))
    draft = plan(city)
    with act_as(city.secretary):
        mark_vanguard(post=made.id, vanguard=True)
        one = Assignment.objects.filter(plan=draft.plan).first()
        assert one is not None
        assert remove_person(assignment=one.id).state == Assignment.State.WITHDRAWN


def test_an_accepted_team_serves_at_one_place(city: SmallCity) -> None:
    team = city.residents[:3]
    call = a_call(city, order=9)
    for person in team:
        volunteer(call, person, "order")
    with act_as(city.headquarters):
        body = NewBody(kind="team", name="一队", leader=team[0], members=team)
        form_bodies(unit=None, area=HERE, bodies=[body])
    one, _ = stand(city, post(city.estates[0], required=2), post(city.estates[1], required=2))
    draft = plan(city)
    assert seats(draft) == {}
    assert set(Gap.objects.filter(plan=draft.plan).values_list("reason", flat=True)) == {
        "team_elsewhere"
    }
    with act_as(city.secretary):
        shifts = {s.post_id: s.id for s in Shift.objects.all()}
        first = add_person(plan=draft.plan.id, shift=shifts[one.id], person=team[0])
        (other,) = set(shifts.values()) - {shifts[one.id]}
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.plan.id, shift=other, person=team[1])
        assert refused.value.data["bars"] == ("team_elsewhere",)
        assert {p for p, _ in who_could(draft.plan, shifts[one.id]).options} == set(team[1:])
        remove_person(assignment=first.id)
    Shift.objects.update(required=3)
    assert sorted(map(len, seats(plan(city)).values())) == [3]
