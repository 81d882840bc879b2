"""The board, what is short, a person's own shifts."""

from datetime import UTC, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.models import Person
from muster.apps.people.queries.access import person_actor
from muster.apps.rosters.actions import remove_person
from muster.apps.rosters.errors import PlanNotFound
from muster.apps.rosters.queries.rosters import (
    assignments_of,
    board_of,
    gaps_in,
    lines_of,
    open_shifts,
    plan_of,
    seats_of,
    shifts_of_person,
)
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import HERE, THERE, SmallCity
from tests.support.posts import a_call, plan, post, roster, stand, tonight, volunteer


def test_the_board_shows_who_stands_where_and_what_is_missing(city: SmallCity) -> None:
    e1, e2 = city.estates
    call = a_call(city, order=9)
    for person in city.residents[:3]:
        volunteer(call, person, "order")
    stand(city, post(e1, required=3), post(e2, "recorder", required=2))
    proposed = roster(city)
    with act_as(city.secretary):
        lines = {line.shift.post.role: line for line in board_of(proposed.plan.id)}
        assert (len(lines["order"].assignments), lines["order"].missing) == (3, 0)
        assert (lines["recorder"].missing, lines["order"].gap) == (2, None)
        assert lines["recorder"].gap is not None
        assert [x.shift.post.role for x in board_of(proposed.plan.id, only_short=True)] == [
            "recorder"
        ]
        assert [x.shift.post.role for x in board_of(proposed.plan.id, role="order")] == ["order"]
        remove_person(assignment=assignments_of(proposed.plan.id)[0].id)
        (line,) = board_of(proposed.plan.id, role="order")
        assert line.missing == 1
        with pytest.raises(PlanNotFound):
            plan_of(new_id())


def test_a_page_of_the_board_is_filled_and_the_rest_only_counted(city: SmallCity) -> None:
    e1, e2 = city.estates
    call = a_call(city, order=9)
    for person in city.residents[:3]:
        volunteer(call, person, "order")
    stand(city, post(e1, required=3), post(e2, "recorder", required=2))
    draft = plan(city).plan
    with act_as(city.secretary):
        seats = seats_of(draft, HERE)
        assert sorted((each.held, each.missing) for each in seats) == [(0, 2), (3, 0)]
        (full,) = seats_of(draft, HERE, role="order")
        assert seats_of(draft, HERE, role="order", only_short=True) == []
        # A joint post that lacks a body is short though every seat is held.
        assert full in seats_of(draft, HERE, only_short=True, lacking={full.shift})
        assert seats_of(draft, THERE) == []
        assert [x.shift.id for x in lines_of(draft, seats)] == [each.shift for each in seats]
        with CaptureQueriesContext(connection) as asked:
            (line,) = lines_of(draft, [full])
            assert {a.person.name for a in line.assignments}
        assert len(asked) == 2
        assert (line.held, line.unseen) == (3, 0)
    with as_system("test"):
        Person.objects.filter(id=line.assignments[0].person_id).update(area=THERE, serving=None)
    with act_as(city.secretary):
        (line,) = lines_of(draft, [full])
        assert (line.missing, line.unseen, len(line.assignments)) == (0, 1, 2)


def test_gaps_of_the_rosters_in_force_only(city: SmallCity) -> None:
    stand(city, post(city.estates[0], required=2))
    plan(city)
    with act_as(city.secretary):
        assert gaps_in(low=HERE, high=HERE) == []
    roster(city)
    roster(city)
    with act_as(city.secretary):
        assert [g.missing for g in gaps_in(low=HERE, high=HERE)] == [2]
        assert gaps_in(low=THERE, high=THERE) == []


def test_my_shifts_are_the_published_ones_and_mine(city: SmallCity) -> None:
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    stand(city, post(city.estates[0], required=2))
    draft = plan(city)
    me = city.residents[0]
    with act_as(person_actor(me)):
        assert shifts_of_person(me) == []
    roster(city)
    with act_as(person_actor(me)):
        assert [a.person_id for a in shifts_of_person(me)] == [me]
        assert shifts_of_person(city.residents[1]) == []
        assert [a.person_id for a in assignments_of(draft.plan.id)] == [me]


def test_shifts_that_overlap_the_span_the_urgent_first(city: SmallCity) -> None:
    e1, _ = city.estates
    with clock.travel(datetime(2022, 4, 3, 12, 0, 5, tzinfo=UTC)):
        stand(city, post(e1, priority=7), post(e1, "recorder", priority=2))
        start, end = tonight()
    assert [s.post.role for s in open_shifts(HERE, start, end)] == ["recorder", "order"]
    assert open_shifts(HERE, end, end + (end - start)) == []
