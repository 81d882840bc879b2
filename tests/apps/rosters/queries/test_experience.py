"""Whether the count of shifts binds a plan: `muster.apps.rosters.queries.experience`."""

from dataclasses import replace
from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.rosters.actions import mark_experience
from muster.apps.rosters.models import Assignment, Shift
from muster.apps.rosters.queries.experience import (
    crew_of,
    grounds_of,
    guides_beside,
    newcomers_beside,
    standings_of,
    stored_crew,
)
from muster.apps.rosters.queries.problems import Candidate
from muster.kernel.ids import new_id
from muster.protocols.experience import Crew, Ground, Standing
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, plan, post, stand, volunteer

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
    assert found == Crew(counted, int(counted), int(counted), 1, 1)


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
    assert grounds_of(draft, [one, two]) == {one: "new"}
    with act_as(city.secretary):
        mark_experience(area=HERE, person=two, experienced=True)
    assert grounds_of(draft, [one, two]) == {one: "new", two: "old"}
    assert standings_of([new_id()]).popitem()[1] == NEW
