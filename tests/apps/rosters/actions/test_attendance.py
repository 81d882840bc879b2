"""Who came: by the code on the screen, by the leader's tick; who did not is replaced, once."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.notices.queries import notices_to
from muster.apps.people.errors import NotAllowed
from muster.apps.people.queries.access import person_actor
from muster.apps.rosters.actions import (
    attendance_code,
    check_in,
    check_out,
    replace_no_show,
    take_attendance,
)
from muster.apps.rosters.errors import (
    AssignmentNotFound,
    CodeStale,
    NotOnRoster,
    ReserveEmpty,
)
from muster.apps.rosters.models import Assignment
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OFFICE, SmallCity
from tests.support.life import cadres, seal
from tests.support.posts import a_call, post, roster, stand, volunteer

EVEN = datetime(2022, 4, 3, 12, 0, 5, tzinfo=UTC)


@pytest.fixture
def manned(city: SmallCity) -> Assignment:
    """One resident on one post of the first estate, published, at 12:00:05 UTC."""
    with clock.travel(EVEN):
        call = a_call(city, order=1)
        volunteer(call, city.residents[0], "order")
        stand(city, post(city.estates[0]))
        proposed = roster(city)
    with as_system("look"):
        return Assignment.objects.select_related("shift__post", "plan").get(plan=proposed.plan)


def code_at(city: SmallCity, manned: Assignment, at: datetime = EVEN) -> str:
    with clock.travel(at), act_as(city.secretary):
        return attendance_code(post=manned.shift.post_id)


def scan(city: SmallCity, code: str, at: datetime, person: UUID | None = None) -> Assignment:
    who = person or city.residents[0]
    with clock.travel(at), act_as(person_actor(who)):
        return check_in(person=who, code=code)


def test_the_code_checks_in_until_the_one_after_the_next_is_shown(
    city: SmallCity, manned: Assignment
) -> None:
    code = code_at(city, manned)
    assert code_at(city, manned, EVEN + timedelta(seconds=30)) != code
    came = scan(city, code, EVEN + timedelta(seconds=30))
    assert (came.state, came.came_by) == (Assignment.State.PRESENT, "code")
    with pytest.raises(CodeStale):
        scan(city, code, EVEN + timedelta(seconds=60))


def test_a_code_of_the_future_or_a_forged_one_is_stale(city: SmallCity, manned: Assignment) -> None:
    code = code_at(city, manned)
    with pytest.raises(CodeStale):
        scan(city, code, EVEN - timedelta(seconds=30))
    tick = code.partition(".")[2].partition("~")[0]
    for forged in (code[:-3] + "AAA", code.replace(tick, str(int(tick) + 1)), "x", ""):
        with pytest.raises(CodeStale):
            scan(city, forged, EVEN)


def test_scanning_twice_keeps_the_first_time(city: SmallCity, manned: Assignment) -> None:
    code = code_at(city, manned)
    first = scan(city, code, EVEN).came_at
    assert scan(city, code, EVEN + timedelta(seconds=20)).came_at == first


def test_only_who_is_on_the_roster_and_not_hours_before(
    city: SmallCity, manned: Assignment
) -> None:
    with pytest.raises(NotOnRoster):
        scan(city, code_at(city, manned), EVEN, city.residents[1])
    early = EVEN - timedelta(hours=3)
    with pytest.raises(NotOnRoster):
        scan(city, code_at(city, manned, early), early)
    late = EVEN + timedelta(hours=5)
    with pytest.raises(NotOnRoster):
        scan(city, code_at(city, manned, late), late)


def test_the_code_is_shown_to_who_takes_attendance(city: SmallCity, manned: Assignment) -> None:
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        attendance_code(post=manned.shift.post_id)


def test_the_leader_ticks_here_or_not(city: SmallCity, manned: Assignment) -> None:
    with act_as(city.secretary):
        assert take_attendance(assignment=manned.id, present=False).state == "no_show"
        here = take_attendance(assignment=manned.id, present=True)
        assert (here.state, here.came_by) == (Assignment.State.PRESENT, "leader")
        gone = check_out(assignment=manned.id)
        assert gone.state == Assignment.State.DONE
        assert gone.left_at is not None
        with pytest.raises(AssignmentNotFound):
            take_attendance(assignment=new_id(), present=True)
    with act_as(city.other_secretary), pytest.raises(AssignmentNotFound):
        take_attendance(assignment=manned.id, present=True)


def test_somebody_checks_himself_out_and_nobody_else(city: SmallCity, manned: Assignment) -> None:
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        check_out(assignment=manned.id)
    with act_as(person_actor(city.residents[0])):
        assert check_out(assignment=manned.id).state == Assignment.State.DONE


def test_a_no_show_is_replaced_by_the_reserves_first_who_is_told(
    city: SmallCity, manned: Assignment
) -> None:
    call = a_call(city, order=0)
    volunteer(call, city.residents[1], "order")
    volunteer(call, city.residents[2], "order", party_member=True)
    with clock.travel(EVEN), act_as(city.secretary):
        take_attendance(assignment=manned.id, present=False)
        stand_in = replace_no_show(assignment=manned.id)
        assert stand_in.person_id == city.residents[2]
        assert stand_in.replaces_id == manned.id
        assert (stand_in.role, stand_in.state) == ("order", Assignment.State.CONFIRMED)
        (told,) = notices_to(city.residents[2])
        assert told.fields == {"post": manned.shift.post.name}
        assert scan(city, code_at(city, manned), EVEN, city.residents[2]).state == "present"


def test_a_second_tap_is_the_same_stand_in(city: SmallCity, manned: Assignment) -> None:
    call = a_call(city, order=0)
    for person in city.residents[1:3]:
        volunteer(call, person, "order")
    with clock.travel(EVEN), act_as(city.secretary):
        first = replace_no_show(assignment=manned.id)
        assert replace_no_show(assignment=manned.id) == first
        take_attendance(assignment=first.id, present=False)
        assert replace_no_show(assignment=manned.id) != first


def test_the_stand_in_keeps_the_seal(city: SmallCity, manned: Assignment) -> None:
    with clock.travel(EVEN):
        seal(city)
        call = a_call(city, order=0)
        (outsider,) = cadres(OFFICE, 1)
        volunteer(call, outsider, "order", skills=("driver",))
        volunteer(call, city.residents[24], "order", skills=("driver",))
        with act_as(city.secretary), pytest.raises(ReserveEmpty):
            replace_no_show(assignment=manned.id)
        volunteer(call, city.residents[3], "order")
        with act_as(city.secretary):
            assert replace_no_show(assignment=manned.id).person_id == city.residents[3]


def test_who_stands_elsewhere_at_that_time_is_not_asked(
    city: SmallCity, manned: Assignment
) -> None:
    with clock.travel(EVEN), act_as(city.secretary), pytest.raises(ReserveEmpty):
        replace_no_show(assignment=manned.id)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        replace_no_show(assignment=manned.id)
