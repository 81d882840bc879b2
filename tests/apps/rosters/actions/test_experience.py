"""Newcomers and the experienced, from a mark at the desk to plans, edits, repairs and stand-ins:
`muster.apps.rosters.actions.experience`."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.models import SignUp
from muster.apps.people.errors import NotAllowed, PersonNotFound
from muster.apps.rosters.actions import (
    add_person,
    mark_experience,
    move_person,
    propose_repair,
    publish_plan,
    remove_person,
    replace_no_show,
    take_attendance,
)
from muster.apps.rosters.errors import EditRefused, ReserveEmpty
from muster.apps.rosters.models import Assignment, Experience, Gap, Shift
from muster.apps.rosters.queries.experience import newcomers_of, standings_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.experience import Ground
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, plan, post, roster, seats, stand, volunteer


def mark(city: SmallCity, person: object, experienced: bool | None) -> None:
    with act_as(city.secretary):
        mark_experience(area=HERE, person=person, experienced=experienced)  # type: ignore[arg-type]


def came_forward(city: SmallCity, many: int) -> list[object]:
    call = a_call(city, order=9)
    for person in city.residents[:many]:
        volunteer(call, person, "order")
    return list(city.residents[:many])


def test_the_first_night_binds_nobody(city: SmallCity) -> None:
    came_forward(city, 2)
    stand(city, post(city.estates[0]), post(city.estates[1]))
    found = plan(city)
    assert found.placed == 2
    told = found.plan.summary["newcomers"]
    relaxed = told.pop("relaxed")
    assert told == {"counted": False, "experienced": 0, "turns": 0, "wanted": 2, "new": 2}
    assert list(relaxed) == [{"role": "order", "experienced": 0, "covered": 0, "wanted": 2}]
    assert newcomers_of(found.plan, HERE).many == 0


def test_a_mark_as_newcomer_binds_at_once(city: SmallCity) -> None:
    one, two = came_forward(city, 2)
    e1, e2 = city.estates
    stand(city, post(e1), post(e2))
    mark(city, one, False)
    alone = plan(city)
    assert alone.placed == 1
    assert Gap.objects.get(plan=alone.plan).detail["newcomer"] == 1
    assert newcomers_of(alone.plan, HERE).many == 0
    stand(city, post(e1, required=2, priority=1))
    both = plan(city)
    assert sorted(seats(both)[e1], key=str) == sorted([one, two], key=str)
    found = newcomers_of(both.plan, HERE)
    assert [(n.person, n.standing.ground) for n in found.people] == [(one, Ground.MARKED_NEW)]


def test_the_count_binds_once_the_experienced_suffice(city: SmallCity) -> None:
    one, two, three = came_forward(city, 3)
    e1, _ = city.estates
    stand(city, post(e1, required=2))
    assert plan(city).plan.summary["newcomers"]["counted"] is False
    mark(city, one, True)
    found = plan(city)
    assert found.plan.summary["newcomers"]["counted"] is True
    assert one in seats(found)[e1]
    told = newcomers_of(found.plan, HERE)
    assert told.many == 1
    assert told.people[0].standing.ground is Ground.NOT_YET
    assert told.people[0].person in {two, three}


def test_changes_by_hand_leave_no_newcomer_alone(city: SmallCity) -> None:
    one, two = came_forward(city, 2)
    e1, e2 = city.estates
    stand(city, post(e1, required=2, priority=1), post(e2, priority=9))
    mark(city, one, False)
    draft = plan(city).plan
    by = {a.person_id: a for a in Assignment.objects.filter(plan=draft)}
    away = Shift.objects.get(post__place=e2)
    with act_as(city.secretary):
        for change in (
            lambda: remove_person(assignment=by[two].id),
            lambda: move_person(assignment=by[two].id, shift=away.id),
        ):
            with pytest.raises(EditRefused) as refused:
                change()
            assert refused.value.data["bars"] == ("leaves_alone",)
        remove_person(assignment=by[one].id)
        remove_person(assignment=by[two].id)
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.id, shift=by[one].shift_id, person=one)
        assert refused.value.data["bars"] == ("newcomer",)
        mark_experience(area=HERE, person=one, experienced=True)
        add_person(plan=draft.id, shift=by[one].shift_id, person=one)


def test_shifts_that_are_over_make_experienced(city: SmallCity) -> None:
    one, two = came_forward(city, 2)
    stand(city, post(city.estates[0], required=2))
    found = roster(city)
    assert standings_of([one])[one].ground is Ground.NOT_YET
    rows = {a.person_id: a for a in Assignment.objects.filter(plan=found.plan)}
    with act_as(city.secretary):
        take_attendance(assignment=rows[two].id, present=False)
    with as_system("time goes by"):
        Shift.objects.update(ends_at=clock.now() - timedelta(minutes=1))
    after = standings_of([one, two])
    assert (after[one].ground, after[one].served) == (Ground.SERVED, 1)
    assert after[two].ground is Ground.NOT_YET
    mark(city, one, False)
    assert standings_of([one])[one].ground is Ground.MARKED_NEW
    mark(city, one, None)
    assert standings_of([one])[one].ground is Ground.SERVED
    mark(city, one, None)


def test_a_repair_and_a_stand_in_leave_no_newcomer_alone(city: SmallCity) -> None:
    one, two, three, four = came_forward(city, 4)
    SignUp.objects.filter(person_id=four).update(state="reserve", rank=1)
    SignUp.objects.filter(person_id=three).update(state="reserve", rank=2)
    e1, _ = city.estates
    stand(city, post(e1, required=2))
    for person in (one, four):
        mark(city, person, False)
    found = plan(city)
    there = {a.person_id: a for a in Assignment.objects.filter(plan=found.plan)}
    guide = next(a for p, a in there.items() if p not in (one, four))
    new = [p for p in there if p in (one, four)]
    with act_as(city.secretary):
        publish_plan(plan=found.plan.id)
        take_attendance(assignment=guide.id, present=False)
    if new:
        with act_as(city.secretary):
            repair = propose_repair(plan=found.plan.id)
        coming = {c.person_id for c in repair.changes.exclude(after=None)}
        assert coming <= {two, three} - {guide.person_id}
        with act_as(city.secretary):
            stand_in = replace_no_show(assignment=guide.id)
        assert stand_in.person_id == three


def test_a_stand_in_who_is_new_does_not_come_alone(city: SmallCity) -> None:
    one, two = came_forward(city, 2)
    stand(city, post(city.estates[0]))
    mark(city, two, False)
    SignUp.objects.filter(person_id=two).update(state="reserve", rank=1)
    found = roster(city)
    (gone,) = Assignment.objects.filter(plan=found.plan)
    assert gone.person_id == one
    with act_as(city.secretary):
        with pytest.raises(ReserveEmpty):
            replace_no_show(assignment=gone.id)
        mark_experience(area=HERE, person=two, experienced=None)
        assert replace_no_show(assignment=gone.id).person_id == two


def test_a_mark_twice_is_one_and_others_cannot(city: SmallCity) -> None:
    one = city.residents[0]
    mark(city, one, True)
    mark(city, one, True)
    mark(city, one, False)
    assert [row.experienced for row in Experience.objects.filter(lifted_at=None)] == [False]
    assert Experience.objects.count() == 2
    with act_as(city.secretary), pytest.raises(PersonNotFound):
        mark_experience(area=HERE, person=new_id(), experienced=True)
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        mark_experience(area=HERE, person=one, experienced=True)
