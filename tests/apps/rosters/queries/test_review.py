"""What is reviewed: `muster.apps.rosters.queries.review`, `muster.apps.rosters.queries.why`,
`muster.apps.rosters.queries.weeks`."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.apps.audit.actions import act_as
from muster.apps.rosters.actions import mark_joint, move_person, remove_person
from muster.apps.rosters.errors import PlanNotFound
from muster.apps.rosters.models import Assignment, Post, Shift
from muster.apps.rosters.queries.joint import incomplete_posts
from muster.apps.rosters.queries.review import by_area, by_place, compared, farthest, per_place
from muster.apps.rosters.queries.weeks import standing_of
from muster.apps.rosters.queries.why import who_could
from muster.kernel.ids import new_id
from muster.planner.plan import Bar
from tests.support.city import HERE, MEDICAL, OFFICE, SmallCity
from tests.support.posts import a_call, plan, post, stand, volunteer


def test_where_it_is_short_by_place_and_community(city: SmallCity) -> None:
    e1, e2 = city.estates
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    stand(city, post(e1, required=3), post(e2, "recorder"))
    draft = plan(city).plan
    with act_as(city.secretary):
        lines = {(x.place, x.role): x.whole for x in by_place(draft, HERE)}
        assert [(c.required, c.minimum, c.present, c.missing) for c in lines.values()] == [
            (3, 1, 2, 1), (1, 1, 0, 1),
        ]  # fmt: skip
        assert [c.state for c in per_place(by_place(draft, HERE)).values()] == ["some", "short"]
        (whole,) = by_area(draft).values()
        # The post with one to spare does not make good for the empty one.
        assert (whole.required, whole.minimum, whole.present, whole.below) == (4, 2, 2, 1)
        assert list(farthest(draft, HERE)) == []
        remove_person(assignment=Assignment.objects.filter(plan=draft)[0].id)
        assert by_area(draft)[HERE].present == 1


def test_a_joint_post_without_a_body_is_short_though_every_seat_is_held(city: SmallCity) -> None:
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    (made,) = stand(city, post(city.estates[0], required=2))
    draft = plan(city).plan
    with act_as(city.secretary):
        (line,) = by_place(draft, HERE)
        assert [(c.state, c.lacks) for c in line.cells.values()] == [("full", ())]
        mark_joint(post=made.id, bodies=(MEDICAL, OFFICE))
        lacking = incomplete_posts(draft, HERE)
        names = set(lacking[0].bodies)
        (line,) = by_place(draft, HERE, lacking)
        for cell in (*line.cells.values(), line.whole, *by_area(draft, lacking).values()):
            assert (cell.state, cell.missing, cell.lacking, set(cell.lacks)) == (
                "short", 0, 1, names,
            )  # fmt: skip
        (cell,) = per_place([line]).values()
        assert (cell.state, cell.lacking, set(cell.lacks)) == ("short", 1, names)


def test_a_closed_post_is_not_counted(city: SmallCity) -> None:
    made = stand(city, post(city.estates[0]), post(city.estates[1], required=3))
    draft = plan(city).plan
    with act_as(city.secretary):
        assert by_area(draft)[HERE].required == 4
        Post.objects.filter(id=made[1].id).update(closed_at=made[1].shifts.get().starts_at)
        assert by_area(draft)[HERE].required == 1


def test_two_plans_are_compared_by_who_moves(city: SmallCity) -> None:
    e1, e2 = city.estates
    call = a_call(city, order=9)
    for person in city.residents[:3]:
        volunteer(call, person, "order")
    stand(city, post(e1, required=2))
    one = plan(city).plan
    (other,) = stand(city, post(e2))
    two = plan(city).plan
    with act_as(city.secretary):
        same = compared(one, one)
        assert (same.people, same.kept, same.moves) == (0, 2, {})
        found = compared(one, two)
        assert found.people == len(found.moves) >= 1
        assert sum(len(after) for _, after in found.moves.values()) >= 1
        a = Assignment.objects.filter(plan=two, shift__post__place_id=e1)[0]
        taken = Assignment.objects.get(plan=two, shift__post=other)
        remove_person(assignment=taken.id)
        move_person(assignment=a.id, shift=Shift.objects.get(post=other).id)
        assert compared(two, two).kept == 2


def test_why_a_post_is_short_now_and_who_could_come(city: SmallCity) -> None:
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    stand(city, post(city.estates[0]), post(city.estates[1], "recorder"))
    draft = plan(city).plan
    with act_as(city.secretary):
        held = Assignment.objects.get(plan=draft)
        (idle,) = set(city.residents[:2]) - {held.person_id}
        assert who_could(draft, held.shift_id).full
        remove_person(assignment=held.id)
        why = who_could(draft, held.shift_id)
        assert {person for person, _ in why.options} == {held.person_id, idle}
        recorder = Shift.objects.get(post__role="recorder")
        assert list(who_could(draft, recorder.id).bars) == []
        with pytest.raises(PlanNotFound):
            who_could(draft, new_id())


def test_a_shift_too_long_is_said(city: SmallCity) -> None:
    from dataclasses import replace
    from datetime import timedelta

    wanted = post(city.estates[0])
    (shift,) = wanted.shifts
    long = replace(shift, ends_at=shift.starts_at + timedelta(hours=7))
    volunteer(a_call(city, order=9), city.residents[0], "order")
    (made,) = stand(city, replace(wanted, shifts=[long]))
    draft = plan(city).plan
    with act_as(city.secretary):
        why = who_could(draft, Shift.objects.get(post=made).id)
        assert [bar for bar, _ in why.bars] in ([Bar.SHIFT_TOO_LONG], [Bar.NOBODY_HAS_ROLE])


def test_the_standing_asks_the_same_however_many_serve(city: SmallCity) -> None:
    call = a_call(city, order=9)
    counts = []
    for more in (city.residents[:2], city.residents[2:20]):
        for person in more:
            volunteer(call, person, "order")
        stand(city, post(city.estates[0], required=9))
        draft = plan(city).plan
        with act_as(city.secretary), CaptureQueriesContext(connection) as asked:
            assert standing_of(draft, draft.starts_at) is not None
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_whoever_is_pinned_elsewhere_is_counted_so(city: SmallCity) -> None:
    call = a_call(city, order=9)
    volunteer(call, city.residents[0], "order")
    wanted, other = post(city.estates[0], priority=1), post(city.estates[1])
    stand(city, wanted, other)
    draft = plan(city).plan
    with act_as(city.secretary):
        held = Assignment.objects.get(plan=draft)
        empty = Shift.objects.exclude(id=held.shift_id).filter(starts_at=held.shift.starts_at).get()
        assert [bar for bar, _ in who_could(draft, empty.id).bars] != [Bar.PINNED_ELSEWHERE]
        Assignment.objects.filter(id=held.id).update(pinned=True)
        assert list(who_could(draft, empty.id).bars) == [(Bar.PINNED_ELSEWHERE, 1)]
