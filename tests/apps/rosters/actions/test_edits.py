"""By hand: the rules are checked at each change, what was refused is named, the last is undone."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.rosters.actions import (
    Proposed,
    add_person,
    move_person,
    pin_person,
    propose_plan,
    remove_person,
    undo_edit,
)
from muster.apps.rosters.errors import EditRefused, NothingToUndo, PlanNotFound
from muster.apps.rosters.models import Assignment, Edit, Shift
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, plan, post, stand, tonight, volunteer


@pytest.fixture
def draft(city: SmallCity) -> Proposed:
    """Two keepers of order, one seat at the first estate; the second one's post comes later."""
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    stand(city, post(city.estates[0]))
    return plan(city)


def shift_at(city: SmallCity, place: int, role: str = "order") -> Shift:
    (made,) = stand(city, post(place, role))
    return Shift.objects.get(post=made)


def test_somebody_moves_and_stays_there(city: SmallCity, draft: Proposed) -> None:
    to = shift_at(city, city.estates[1])
    with act_as(city.secretary):
        one = Assignment.objects.get(plan=draft.plan)
        moved = move_person(assignment=one.id, shift=to.id)
        assert (moved.shift_id, moved.pinned, moved.reason) == (to.id, True, {"code": "by_hand"})
        assert undo_edit(plan=draft.plan.id).kind == Edit.Kind.MOVED
        one.refresh_from_db()
        assert (one.shift_id == to.id, one.pinned) == (False, False)
        with pytest.raises(NothingToUndo):
            undo_edit(plan=draft.plan.id)


def test_every_rule_that_is_broken_is_named(city: SmallCity, draft: Proposed) -> None:
    to = shift_at(city, city.estates[1], "recorder")
    with act_as(city.secretary):
        one = Assignment.objects.get(plan=draft.plan)
        with pytest.raises(EditRefused) as refused:
            move_person(assignment=one.id, shift=to.id)
        assert refused.value.data["bars"] == ("nobody_has_role",)
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.plan.id, shift=to.id, person=one.person_id)
        assert refused.value.data["bars"] == ("nobody_has_role", "elsewhere")
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.plan.id, shift=to.id, person=city.residents[40])
        assert refused.value.data["bars"] == ("not_available",)
        one.refresh_from_db()
        assert not one.pinned


def test_a_post_takes_no_more_than_it_wants(city: SmallCity, draft: Proposed) -> None:
    with act_as(city.secretary):
        one = Assignment.objects.get(plan=draft.plan)
        (other,) = set(city.residents[:2]) - {one.person_id}
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.plan.id, shift=one.shift_id, person=other)
        assert refused.value.data["bars"] == ("full",)
        remove_person(assignment=one.id)
        made = add_person(plan=draft.plan.id, shift=one.shift_id, person=other)
        assert made.pinned
        with pytest.raises(EditRefused):
            add_person(plan=draft.plan.id, shift=one.shift_id, person=one.person_id)
        undo_edit(plan=draft.plan.id)
        undo_edit(plan=draft.plan.id)
        one.refresh_from_db()
        assert one.state == Assignment.State.PLANNED
        made.refresh_from_db()
        assert made.state == Assignment.State.WITHDRAWN
        again = remove_person(assignment=one.id)
        add_person(plan=draft.plan.id, shift=one.shift_id, person=one.person_id)
        again.refresh_from_db()
        assert again.state == Assignment.State.PLANNED


def test_who_is_pinned_is_kept_by_the_next_plan(city: SmallCity, draft: Proposed) -> None:
    """Without the pin the one who lives at the gate would go; see also the search that keeps it."""
    with act_as(city.secretary):
        one = Assignment.objects.get(plan=draft.plan)
        assert pin_person(assignment=one.id, pinned=True).pinned
        assert not pin_person(assignment=one.id, pinned=False).pinned
        undo_edit(plan=draft.plan.id)
        one.refresh_from_db()
        assert one.pinned


def test_others_cannot(city: SmallCity, draft: Proposed) -> None:
    with act_as(city.secretary):
        one = Assignment.objects.get(plan=draft.plan)
        with pytest.raises(PlanNotFound):
            remove_person(assignment=new_id())
    with act_as(city.other_secretary):
        for write in (
            lambda: remove_person(assignment=one.id),
            lambda: pin_person(assignment=one.id, pinned=True),
            lambda: move_person(assignment=one.id, shift=one.shift_id),
        ):
            with pytest.raises(PlanNotFound):
                write()


def test_other_posts_are_planned_around_what_people_do(city: SmallCity, draft: Proposed) -> None:
    """The same hours again: whoever serves there is counted by the whole plan, not twice."""
    shift_at(city, city.estates[1])
    start, end = tonight()
    with act_as(city.secretary):
        made = propose_plan(area=HERE, title="x", starts_at=start, ends_at=end)
        people = Assignment.objects.filter(plan=made.plan).values_list("person_id", flat=True)
        assert len(set(people)) == len(people) == 2
