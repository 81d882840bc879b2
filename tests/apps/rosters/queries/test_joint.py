"""Who belongs to which body, and which are lacking: `muster.apps.rosters.queries.joint`,
`muster.apps.rosters.queries.choices`."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.models import Person
from muster.apps.rosters.actions import mark_joint
from muster.apps.rosters.models import Assignment
from muster.apps.rosters.queries import choices
from muster.apps.rosters.queries.choices import choices_for
from muster.apps.rosters.queries.joint import (
    belongs,
    incomplete_posts,
    joint_posts,
    lacking_in,
    named,
    seal_of,
    tags_of,
)
from tests.support.city import DISTRICT, HERE, MEDICAL, OFFICE, ROOT, THERE, SmallCity
from tests.support.posts import a_call, plan, post, stand, volunteer


@pytest.mark.parametrize(
    ("code", "units", "bodies", "of"),
    [
        (MEDICAL, (MEDICAL,), (), True),
        (MEDICAL, (MEDICAL + 1_000,), (), True),
        (MEDICAL, (OFFICE,), (), False),
        (MEDICAL, (DISTRICT,), (), False),
        (DISTRICT, (MEDICAL,), (), True),
        (MEDICAL, (), (MEDICAL,), True),
        (DISTRICT, (), (MEDICAL,), False),
        (MEDICAL, (), (), False),
    ],
)
def test_a_unit_counts_upwards_and_a_membership_does_not(
    code: int, units: tuple[int, ...], bodies: tuple[int, ...], of: bool
) -> None:
    assert belongs(code, units, bodies) is of


def test_tags_follow_party_members_and_leaders() -> None:
    assert [tags_of((7, 8, 9), codes) for codes in ((), (7,), (8, 9))] == [0, 4, 8 | 16]


def test_what_is_lacking_where_somebody_serves(city: SmallCity) -> None:
    one, two = city.residents[:2]
    with as_system("test"):
        Person.objects.filter(id=one).update(unit=MEDICAL)
    call = a_call(city, order=9)
    for person in (one, two):
        volunteer(call, person, "order")
    (made,) = stand(city, post(city.estates[0], required=2))
    draft = plan(city).plan
    rows = Assignment.objects.filter(plan=draft).select_related("person", "shift__post")
    assert lacking_in(rows) == {}
    with act_as(city.secretary):
        mark_joint(post=made.id, bodies=(MEDICAL, OFFICE))
    shift = rows[0].shift_id
    assert lacking_in(list(rows.all())) == {shift: [OFFICE]}
    with as_system("test"):
        Person.objects.filter(id=two).update(unit=OFFICE)
    assert lacking_in(list(rows.all())) == {shift: []}
    assert lacking_in(list(rows.filter(person=two))) == {shift: [MEDICAL]}


def test_who_is_out_of_reach_counts_and_what_is_confirmed_changes(city: SmallCity) -> None:
    one, two = city.residents[:2]
    call = a_call(city, order=9)
    for person in (one, two):
        volunteer(call, person, "order")
    (made,) = stand(city, post(city.estates[0], required=2))
    draft = plan(city).plan
    with act_as(city.secretary):
        assert joint_posts(draft, HERE) == []
        mark_joint(post=made.id, bodies=(MEDICAL, OFFICE))
        (told,) = incomplete_posts(draft, HERE)
        assert (told.shift.post.name, told.codes) == (made.name, (MEDICAL, OFFICE))
        both = seal_of([told])
    with as_system("test"):
        Person.objects.filter(id=one).update(unit=MEDICAL, area=THERE, serving=None)
    with act_as(city.secretary):
        (joint,) = joint_posts(draft, HERE)
        assert list(joint.lacks) == [OFFICE]
        assert seal_of(named([joint])) not in ("", both)
        assert joint_posts(draft, THERE) == []
    with as_system("test"):
        Assignment.objects.filter(plan=draft).update(state="withdrawn")
    with act_as(city.secretary):
        assert joint_posts(draft, HERE) == []
    assert seal_of([]) == ""


def test_bodies_to_choose_from(city: SmallCity) -> None:
    with as_system("test"):
        Person.objects.filter(id__in=city.residents[:2]).update(unit=MEDICAL)
    call = a_call(city, order=9)
    for person in city.residents[:3]:
        volunteer(call, person, "order")
    found = {c.code: (c.people, c.chosen) for c in choices_for(HERE, (OFFICE,))}
    assert found == {OFFICE: (0, True), MEDICAL: (2, False), DISTRICT: (2, False)}
    assert ROOT not in found


def test_few_bodies_are_shown_unasked(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choices, "FIRST", 1)
    with as_system("test"):
        Person.objects.filter(id=city.residents[0]).update(unit=MEDICAL)
        Person.objects.filter(id=city.residents[1]).update(unit=OFFICE)
    call = a_call(city, order=9)
    for person in city.residents[:2]:
        volunteer(call, person, "order")
    assert [c.people for c in choices_for(HERE, ())] == [2]  # the district of both
    assert {c.code for c in choices_for(HERE, (OFFICE,))} == {OFFICE, DISTRICT}
