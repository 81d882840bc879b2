"""A plan as a job: `muster.apps.rosters.actions.searches`, `muster.apps.rosters.tasks`,
`muster.apps.rosters.queries.weeks`."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.errors import NotAllowed
from muster.apps.rosters.actions import (
    move_person,
    pin_person,
    publish_plan,
    replan,
    restart_search,
    run_search,
    start_plan,
    stop_search,
)
from muster.apps.rosters.errors import NothingToPlan, SearchUnderWay
from muster.apps.rosters.models import Assignment, Plan, Search, Shift
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, post, stand, tonight, volunteer

SECONDS = 0.2


@pytest.fixture
def draft(city: SmallCity) -> Plan:
    """Begun by the secretary, not run yet."""
    call = a_call(city, order=9)
    for person in (city.residents[0], city.residents[24]):
        volunteer(call, person, "order")
    stand(city, post(city.estates[0]), post(city.estates[1]))
    start, end = tonight()
    with act_as(city.secretary):
        return start_plan(area=HERE, title="今晚", starts_at=start, ends_at=end, seconds=SECONDS)


def the_search(plan: Plan) -> Search:
    with as_system("look"):
        return Search.objects.filter(plan=plan).latest("created_at")


def test_the_job_fills_the_draft_and_says_how_good_it_is(draft: Plan) -> None:
    assert "rosters.search" in app.tasks
    search = the_search(draft)
    assert search.state == Search.State.QUEUED
    assert run_search(search=search.id) == "done"
    search = the_search(draft)
    assert search.cost is not None
    with as_system("look"):
        plan = Plan.objects.get(id=draft.id)
        assert Assignment.objects.filter(plan=plan).count() == 2
    assert plan.summary["short"] == 0
    assert plan.summary["people"] == 2
    assert set(plan.summary["parts"]) == {"shortage", "travel", "preference", "load", "change"}
    assert run_search(search=search.id) == "gone"
    assert run_search(search=new_id()) == "gone"


def test_one_search_at_a_time_until_it_is_dead(city: SmallCity, draft: Plan) -> None:
    with act_as(city.secretary):
        with pytest.raises(SearchUnderWay):
            restart_search(plan=draft.id, seconds=SECONDS)
        with pytest.raises(SearchUnderWay):
            publish_plan(plan=draft.id)
    with clock.travel(clock.now() + timedelta(minutes=3)), act_as(city.secretary):
        restart_search(plan=draft.id, seconds=SECONDS)
    with as_system("look"):
        assert sorted(Search.objects.values_list("state", flat=True)) == ["failed", "queued"]


def test_stopped_it_keeps_the_best_so_far(city: SmallCity, draft: Plan) -> None:
    with act_as(city.secretary):
        stop_search(plan=draft.id)
    with as_system("slow"):
        Search.objects.update(seconds=300)
    assert run_search(search=the_search(draft).id) == "done"
    assert the_search(draft).spent < 60


def test_who_may_not_plan_begins_nothing(city: SmallCity, draft: Plan) -> None:
    start, end = tonight()
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        start_plan(area=HERE, title="x", starts_at=start, ends_at=end, seconds=SECONDS)
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        stop_search(plan=draft.id)
    with act_as(city.secretary), pytest.raises(NothingToPlan):
        start_plan(area=HERE, title="x", starts_at=end, ends_at=end, seconds=SECONDS)


def test_what_is_pinned_is_in_the_next_plan_and_can_be_compared(
    city: SmallCity, draft: Plan
) -> None:
    run_search(search=the_search(draft).id)
    (other,) = stand(city, post(city.estates[1], priority=9))
    with act_as(city.secretary):
        here = Assignment.objects.get(plan=draft, shift__post__place_id=city.estates[0])
        moved = move_person(assignment=here.id, shift=Shift.objects.get(post=other).id)
        again = replan(plan=draft.id, seconds=SECONDS)
    assert again.based_on_id == draft.id
    run_search(search=the_search(again).id)
    with as_system("look"):
        kept = Assignment.objects.get(plan=again, pinned=True)
        assert (kept.person_id, kept.shift_id) == (moved.person_id, moved.shift_id)
        assert kept.reason == {"code": "by_hand"}
    with act_as(city.secretary):
        pin_person(assignment=kept.id, pinned=False)
        restart_search(plan=again.id, seconds=SECONDS)
    run_search(search=the_search(again).id)
    with as_system("look"):
        at = set(
            Assignment.objects.filter(plan=again).values_list("shift__post__place_id", flat=True)
        )
    assert at == set(city.estates)


def test_a_fault_ends_the_search_as_failed(draft: Plan, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("muster.planner.solve", broken)
    with pytest.raises(RuntimeError):
        run_search(search=the_search(draft).id)
    assert the_search(draft).state == Search.State.FAILED
