"""Also `muster.apps.rosters.actions.proposals`.

A plan says why each person and why each gap; published it is the roster, and replaces one."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.notices.models import Delivery
from muster.apps.notices.queries import notice_about
from muster.apps.people.actions import note_employment
from muster.apps.people.errors import NotAllowed
from muster.apps.rosters.actions import propose_plan, publish_plan
from muster.apps.rosters.errors import NothingToPlan, PlanNotDraft, PlanNotFound
from muster.apps.rosters.models import Assignment, Plan
from muster.apps.rosters.queries.rosters import gaps_of, plan_of, plans_of, roster_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import HERE, MEDICAL, OFFICE, SmallCity
from tests.support.life import cadres, seal
from tests.support.posts import a_call, plan, post, roster, seats, stand, volunteer


def test_posts_are_filled_and_what_is_short_is_said_with_a_reason(city: SmallCity) -> None:
    e1, e2 = city.estates
    call = a_call(city, order=9)
    for person in (city.residents[0], city.residents[24]):
        volunteer(call, person, "order")
    stand(city, post(e1), post(e2, required=2), post(e1, "recorder"))
    proposed = plan(city)
    assert (proposed.wanted, proposed.placed, proposed.short) == (4, 2, 2)
    assert seats(proposed) == {e1: [city.residents[0]], e2: [city.residents[24]]}
    assert proposed.plan.summary["roles"] == {"order": [3, 2, 2], "recorder": [1, 1, 0]}
    with act_as(city.secretary):
        reasons = {g.shift.post.role: (g.missing, g.reason) for g in gaps_of(proposed.plan.id)}
        placed = Assignment.objects.filter(plan=proposed.plan)
        assert all(a.reason["code"] and a.reason["km"] == 0 for a in placed)
        assert {a.serving for a in placed} == {HERE}
    assert reasons["recorder"] == (1, "nobody_has_role")
    assert reasons["order"][0] == 1
    assert reasons["order"][1]


def test_who_lives_inside_serves_inside_and_nobody_comes_in_but_a_sampler(
    city: SmallCity,
) -> None:
    seal(city)
    e1, e2 = city.estates
    call = a_call(city, order=9, sampler=9)
    (outsider,) = cadres(OFFICE, 1)
    (doctor,) = cadres(MEDICAL, 1, ("medical",))
    volunteer(call, outsider, "order")
    volunteer(call, doctor, "sampler")
    for person in city.residents[24:27]:
        volunteer(call, person, "order")
    stand(city, post(e1, required=2), post(e2), post(e1, "sampler"))
    proposed = plan(city)
    placed = seats(proposed)
    assert placed.keys() == {e1, e2}
    assert placed[e1] == [doctor]
    assert placed[e2][0] in city.residents[24:27]
    with act_as(city.secretary):
        (gap,) = gaps_of(proposed.plan.id)
    assert (gap.missing, gap.reason) == (2, "post_sealed")
    assert gap.detail["home_sealed_elsewhere"] >= 2
    assert gap.detail["post_sealed"] == 1


def test_nobody_is_a_sampler_by_wishing(city: SmallCity) -> None:
    call = a_call(city, sampler=9)
    volunteer(call, city.residents[0], "sampler")
    stand(city, post(city.estates[0], "sampler"))
    assert plan(city).placed == 0
    with as_system("test"):
        note_employment(person=city.residents[0], skills=["medical"])
    assert plan(city).placed == 1


def test_nothing_to_plan_is_said(city: SmallCity) -> None:
    now = clock.now()
    with act_as(city.secretary), pytest.raises(NothingToPlan):
        propose_plan(area=HERE, title="x", starts_at=now, ends_at=now + timedelta(hours=1))


def test_published_it_is_the_roster_and_everybody_on_it_is_told_once(city: SmallCity) -> None:
    e1, _ = city.estates
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    stand(city, post(e1, required=2))
    first = roster(city)
    with act_as(city.secretary):
        assert roster_of(HERE) == first.plan
        with pytest.raises(PlanNotDraft):
            publish_plan(plan=first.plan.id)
        notice = notice_about(first.plan.id)
        told = Delivery.objects.filter(notice=notice)
        assert {d.person_id for d in told} == set(city.residents[:2])
        assert {d.fields["post"] for d in told} == {f"order {e1}"}
    second = roster(city)
    with act_as(city.secretary):
        assert roster_of(HERE) == second.plan
        assert plan_of(first.plan.id).state == Plan.State.REPLACED
        assert plans_of(HERE) == [second.plan, first.plan]


def test_publishing_takes_the_right_and_a_plan(city: SmallCity) -> None:
    stand(city, post(city.estates[0]))
    proposed = plan(city)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        publish_plan(plan=proposed.plan.id)
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        publish_plan(plan=proposed.plan.id)
    with act_as(city.secretary), pytest.raises(PlanNotFound):
        publish_plan(plan=new_id())
