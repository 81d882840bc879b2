"""Joint posts from the desk to plans, edits, repairs and stand-ins, and back:
`muster.apps.rosters.actions.posts.mark_joint`, `muster.apps.rosters.queries.{joint,choices}`."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.models import AuditLine
from muster.apps.calls.models import SignUp
from muster.apps.people.actions.forming import NewBody, form_bodies
from muster.apps.people.errors import NotAllowed, OrganisationNotFound
from muster.apps.people.models import Organisation, Person
from muster.apps.rosters.actions import (
    add_person,
    exchange_person,
    mark_joint,
    propose_repair,
    publish_plan,
    remove_person,
    replace_no_show,
    take_attendance,
    undo_edit,
)
from muster.apps.rosters.errors import (
    BodiesMalformed,
    BodiesNested,
    EditRefused,
    JointPostsIncomplete,
    PostNotFound,
    SeatsTooFew,
    TooManyBodies,
)
from muster.apps.rosters.models import Assignment, Gap, Plan, Post, Shift
from muster.apps.rosters.queries import problems
from muster.apps.rosters.queries.choices import choices_for
from muster.apps.rosters.queries.joint import incomplete_posts, seal_of, whom
from muster.apps.rosters.queries.why import who_could, who_instead
from muster.kernel.ids import new_id
from muster.planner.plan import Bar
from muster.planner.problem import LEADER, PARTY_MEMBER
from tests.support.city import DISTRICT, HERE, MEDICAL, OFFICE, ROOT, SmallCity
from tests.support.posts import a_call, plan, post, seats, stand, volunteer

BOTH = (MEDICAL, OFFICE)


def works(person: UUID, unit: int) -> UUID:
    with as_system("test"):
        Person.objects.filter(id=person).update(unit=unit)
    return person


@pytest.fixture
def doctor(city: SmallCity) -> UUID:
    return works(city.residents[20], MEDICAL)


@pytest.fixture
def clerk(city: SmallCity) -> UUID:
    return works(city.residents[21], OFFICE)


def joint(city: SmallCity, *bodies: int, required: int = 2) -> Post:
    (made,) = stand(city, post(city.estates[0], required=required))
    with act_as(city.secretary):
        return mark_joint(post=made.id, bodies=bodies)


def test_one_of_each_body_or_nobody(city: SmallCity, doctor: UUID, clerk: UUID) -> None:
    call = a_call(city, order=9)
    for person in (doctor, city.residents[0]):
        volunteer(call, person, "order")
    made = joint(city, *BOTH)
    lacking = plan(city)
    assert lacking.placed == 0
    gap = Gap.objects.get(plan=lacking.plan)
    assert gap.reason == "unled"
    assert gap.lacks == [{"who": OFFICE, "reason": "nobody_has_role", "counts": {}}]
    shift = Shift.objects.get(post=made).id
    with act_as(city.secretary):
        assert list(who_could(lacking.plan, shift).lacks) == [(OFFICE, Bar.NOBODY_HAS_ROLE)]
    volunteer(call, clerk, "order")
    whole = plan(city)
    assert set(seats(whole)[city.estates[0]]) == {doctor, clerk}
    assert incomplete_posts(whole.plan, HERE) == []
    with act_as(city.secretary):
        mark_joint(post=made.id, bodies=())
    assert Post.objects.get(id=made.id).bodies == []
    Assignment.objects.filter(plan=whole.plan).delete()
    assert plan(city).placed == 2


def test_by_hand_one_after_the_other(city: SmallCity, doctor: UUID, clerk: UUID) -> None:
    one = city.residents[0]
    call = a_call(city, order=9)
    volunteer(call, one, "order")
    made = joint(city, *BOTH, required=3)
    draft = plan(city).plan
    volunteer(call, doctor, "order")
    volunteer(call, clerk, "order")
    shift = Shift.objects.get(post=made).id
    with act_as(city.secretary):
        with pytest.raises(EditRefused) as refused:
            add_person(plan=draft.id, shift=shift, person=one)
        assert refused.value.data["bars"] == ("unled",)
        first = add_person(plan=draft.id, shift=shift, person=doctor)
        (told,) = incomplete_posts(draft, HERE)
        assert told.bodies == [Organisation.objects.get(code=OFFICE).name]
        add_person(plan=draft.id, shift=shift, person=clerk)
        add_person(plan=draft.id, shift=shift, person=one)
        assert incomplete_posts(draft, HERE) == []
        with pytest.raises(EditRefused) as refused:
            remove_person(assignment=first.id)
        assert refused.value.data["bars"] == ("leaves_unled",)


def test_the_last_one_of_a_body_is_exchanged_for_another(
    city: SmallCity, doctor: UUID, clerk: UUID
) -> None:
    one, nurse = city.residents[0], works(city.residents[23], MEDICAL)
    call = a_call(city, order=9)
    for person in (doctor, clerk):
        volunteer(call, person, "order")
    joint(city, *BOTH)
    draft = plan(city).plan
    for person in (one, nurse):
        volunteer(call, person, "order")
    stays = Assignment.objects.get(plan=draft, person=doctor)
    with act_as(city.secretary):
        assert [person for person, _ in who_instead(stays)] == [nurse]
        for other, bars in ((one, ("unled", "leaves_unled")), (clerk, ("elsewhere",))):
            with pytest.raises(EditRefused) as refused:
                exchange_person(assignment=stays.id, person=other)
            assert set(refused.value.data["bars"]) >= set(bars)
        exchange_person(assignment=stays.id, person=nurse)
        assert incomplete_posts(draft, HERE) == []
        undo_edit(plan=draft.id)
    there = Assignment.objects.filter(plan=draft).exclude(state="withdrawn")
    assert set(there.values_list("person_id", flat=True)) == {doctor, clerk}


def test_a_repair_and_a_stand_in_bring_who_is_lacking(city: SmallCity, doctor: UUID) -> None:
    clerks = [works(person, OFFICE) for person in city.residents[21:23]]
    call = a_call(city, order=9)
    for person in (doctor, *clerks, city.residents[0]):
        volunteer(call, person, "order")
    for rank, person in enumerate((city.residents[0], clerks[1]), 1):
        SignUp.objects.filter(person=person).update(state="reserve", role="order", rank=rank)
    joint(city, *BOTH)
    whole = plan(city)
    there = {a.person_id: a for a in Assignment.objects.filter(plan=whole.plan)}
    (gone,) = set(there) & set(clerks)
    (other,) = set(clerks) - {gone}
    with act_as(city.secretary):
        publish_plan(plan=whole.plan.id)
        take_attendance(assignment=there[gone].id, present=False)
        assert len(incomplete_posts(whole.plan, HERE)) == 1
        repair = propose_repair(plan=whole.plan.id)
    assert [c.person_id for c in repair.changes.exclude(after=None)] == [other]
    SignUp.objects.filter(person=other).update(state="reserve", role="order", rank=2)
    with act_as(city.secretary):
        assert replace_no_show(assignment=there[gone].id).person_id == other


def test_what_lacks_a_body_is_published_only_when_it_is_confirmed(
    city: SmallCity, doctor: UUID
) -> None:
    call = a_call(city, order=9)
    for person in (doctor, city.residents[0]):
        volunteer(call, person, "order")
    (made,) = stand(city, post(city.estates[0], required=2))
    draft = plan(city).plan
    with act_as(city.secretary):
        mark_joint(post=made.id, bodies=BOTH)
        lacking = incomplete_posts(draft, HERE)
        seen = seal_of(lacking)
        for seal in ("", "1", seal_of([*lacking, *lacking])):
            with pytest.raises(JointPostsIncomplete) as refused:
                publish_plan(plan=draft.id, incomplete=seal)
            assert refused.value.data["many"] == 1
            assert refused.value.data["post"] == made.name
        assert Plan.objects.get(id=draft.id).state == Plan.State.DRAFT
    works(doctor, OFFICE)
    with act_as(city.secretary):
        Assignment.objects.filter(plan=draft, person=doctor).update(unit=OFFICE)
        # Another body is lacking now than the one that was shown.
        with pytest.raises(JointPostsIncomplete):
            publish_plan(plan=draft.id, incomplete=seen)
        now = incomplete_posts(draft, HERE)
        publish_plan(plan=draft.id, incomplete=seal_of(now))
    with as_system("look"):
        line = AuditLine.objects.get(action="published_incomplete")
    assert (line.subject, line.detail["many"]) == (str(draft.id), 1)
    assert line.detail["lacks"] == {str(now[0].shift.id): [MEDICAL]}


def test_a_complete_plan_asks_for_nothing(city: SmallCity, doctor: UUID, clerk: UUID) -> None:
    call = a_call(city, order=9)
    for person in (doctor, clerk):
        volunteer(call, person, "order")
    joint(city, *BOTH)
    whole = plan(city).plan
    with act_as(city.secretary):
        assert publish_plan(plan=whole.id).state == Plan.State.PUBLISHED
    with as_system("look"):
        assert not AuditLine.objects.filter(action="published_incomplete").exists()


def test_a_member_of_a_team_is_of_that_team_alone(city: SmallCity, doctor: UUID) -> None:
    one, two = city.residents[:2]
    with act_as(city.headquarters):
        body = NewBody(kind="team", name="物业队", leader=one, members=[one, *city.residents[4:14]])
        form_bodies(unit=None, area=HERE, bodies=[body])
    team = Organisation.objects.get(name="物业队")
    call = a_call(city, order=9)
    for person in (one, two, doctor):
        volunteer(call, person, "order")
    joint(city, MEDICAL, team.code)
    assert set(seats(plan(city))[city.estates[0]]) == {one, doctor}
    found = {c.code: c.people for c in choices_for(HERE, ())}
    assert found[team.code] == 1
    assert found[MEDICAL] == 1
    assert ROOT not in found
    named = choices_for(HERE, (MEDICAL,), Organisation.objects.get(code=OFFICE).name)
    assert [(c.code, c.chosen) for c in named[:2]] == [(MEDICAL, True), (OFFICE, False)]


def test_what_cannot_be_a_joint_post(city: SmallCity) -> None:
    (made,) = stand(city, post(city.estates[0]))
    with act_as(city.secretary):
        for bodies, error in (
            ((MEDICAL,), BodiesMalformed),
            (range(9), BodiesMalformed),
            ((MEDICAL, 7), OrganisationNotFound),
            ((MEDICAL, DISTRICT), BodiesNested),
            (BOTH, SeatsTooFew),
        ):
            with pytest.raises(error):
                mark_joint(post=made.id, bodies=bodies)
        with pytest.raises(PostNotFound):
            mark_joint(post=new_id(), bodies=BOTH)
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        mark_joint(post=made.id, bodies=())


def test_too_many_bodies_for_one_plan(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    volunteer(a_call(city, order=9), city.residents[0], "order")
    joint(city, *BOTH)
    monkeypatch.setattr(problems, "MOST", 1)
    with as_system("look"), pytest.raises(TooManyBodies):
        plan(city)


def test_whom_a_tag_means() -> None:
    assert [whom(tag, (8, 9)) for tag in (PARTY_MEMBER, LEADER, 4, 8)] == ["party", "leader", 8, 9]
