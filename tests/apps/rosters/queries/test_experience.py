"""Whether the count of shifts binds a plan: `muster.apps.rosters.queries.experience`."""

from dataclasses import replace
from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.rosters.actions import mark_experience, remove_person
from muster.apps.rosters.errors import EditRefused
from muster.apps.rosters.models import Assignment, Shift
from muster.apps.rosters.queries.experience import (
    crew_of,
    grounds_of,
    guides_beside,
    newcomers_beside,
    newcomers_of,
    standings_of,
    stored_crew,
)
from muster.apps.rosters.queries.problems import Candidate
from muster.kernel.ids import new_id
from muster.protocols.experience import Crew, Ground, Relaxed, Standing
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, plan, post, seats, stand, volunteer

OLD, NEW = Standing(Ground.SERVED, 1), Standing(Ground.NOT_YET)


def somebody(*roles: str, **more: object) -> Candidate:
    return replace(Candidate(new_id(), HERE, None, roles, (1,), ()), **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("roles", "availability", "counted"),
    [
        (("order",), (), True),
        (("sampler",), (), False),
        ((), (), False),
        (("order",), ({"days": []},), True),
    ],
)
def test_only_who_can_come_counts(
    city: SmallCity, roles: tuple[str, ...], availability: tuple[object, ...], counted: bool
) -> None:
    stand(city, post(city.estates[0]))
    shifts = list(Shift.objects.select_related("post"))
    old, new = somebody(*roles, availability=availability), somebody("order")
    found = crew_of(shifts, [old, new], {old.id: OLD, new.id: NEW})
    relaxed = () if counted else (Relaxed("order", 0, 0, 1),)
    assert found == Crew(counted, int(counted), int(counted), 1, 1, relaxed)


def test_each_place_and_shift_wants_a_guide(city: SmallCity) -> None:
    one, two = city.estates
    stand(city, post(one), post(one, "guide"), post(two))
    with as_system("test"):
        later = Shift.objects.filter(post__place=two).get()
        later.starts_at += timedelta(hours=24)
        later.ends_at += timedelta(hours=24)
        later.save()
    shifts = list(Shift.objects.select_related("post"))
    old, new = somebody("order"), somebody("order")
    standings = {old.id: OLD, new.id: NEW}
    assert crew_of(shifts, [old, new], standings) == Crew(True, 1, 2, 2, 1)


def test_a_role_with_too_few_leaves_the_others_guided(city: SmallCity) -> None:
    """One estate has recorders of whom one is experienced, the other order keepers of whom none is:
    the order keepers serve as they are, and no recorder alone."""
    one, two = city.estates
    stand(city, post(one, "recorder", required=2), post(two, required=2))
    call = a_call(city, order=9, recorder=9)
    recorders, order = city.residents[:2], city.residents[2:4]
    for person in recorders:
        volunteer(call, person, "recorder")
    for person in order:
        volunteer(call, person, "order")
    with act_as(city.secretary):
        mark_experience(area=HERE, person=recorders[0], experienced=True)
    made = plan(city)
    assert set(seats(made)[one]) == set(recorders)
    assert set(seats(made)[two]) == set(order)
    rule = stored_crew(made.plan)
    assert rule.relaxed == (Relaxed("order", experienced=0, covered=0, wanted=1),)
    assert (rule.binds("recorder"), rule.binds("order")) == (True, False)
    by = {a.person_id: a for a in Assignment.objects.filter(plan=made.plan)}
    found = grounds_of(made.plan, list(by.values()))
    assert found == {by[recorders[0]].id: "old", by[recorders[1]].id: "new"}
    told = newcomers_of(made.plan, HERE)
    assert [n.person for n in told.people] == [recorders[1]]
    assert newcomers_beside(by[recorders[0]])
    assert not newcomers_beside(by[order[0]])
    with act_as(city.secretary):
        with pytest.raises(EditRefused):
            remove_person(assignment=by[recorders[0]].id)
        remove_person(assignment=by[order[0]].id)
        mark_experience(area=HERE, person=recorders[0], experienced=None)
    assert stored_crew(plan(city).plan).counted is False


def test_a_mark_binds_in_a_relaxed_role_too(city: SmallCity) -> None:
    one, two = city.estates
    stand(city, post(one, "recorder"), post(two))
    call = a_call(city, order=9, recorder=9)
    recorder, new = city.residents[:2]
    volunteer(call, recorder, "recorder")
    volunteer(call, new, "order")
    with act_as(city.secretary):
        mark_experience(area=HERE, person=recorder, experienced=True)
        assert new in seats(plan(city))[two]
        mark_experience(area=HERE, person=new, experienced=False)
        volunteer(call, city.residents[2], "order")
        volunteer(call, city.residents[3], "recorder")
    made = plan(city)
    assert stored_crew(made.plan).lenient == {"order"}
    assert seats(made)[two] == [city.residents[2]]


def test_who_is_beside_whom(city: SmallCity) -> None:
    call = a_call(city, order=9)
    one, two = city.residents[:2]
    for person in (one, two):
        volunteer(call, person, "order")
    stand(city, post(city.estates[0], required=2))
    with act_as(city.secretary):
        mark_experience(area=HERE, person=one, experienced=False)
    draft = plan(city).plan
    by = {a.person_id: a for a in Assignment.objects.filter(plan=draft)}
    assert not stored_crew(draft).counted
    assert newcomers_beside(by[two])
    assert not newcomers_beside(by[one])
    assert len(guides_beside(by[one])) == 1
    assert guides_beside(by[two]) == []
    assert grounds_of(draft, list(by.values())) == {by[one].id: "new"}
    with act_as(city.secretary):
        mark_experience(area=HERE, person=two, experienced=True)
    found = grounds_of(draft, list(by.values()))
    assert found == {by[one].id: "new", by[two].id: "old"}
    assert standings_of([new_id()]).popitem()[1] == NEW
