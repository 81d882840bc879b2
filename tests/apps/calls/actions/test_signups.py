"""Coming forward: once a person, into what is short, else ranked in the reserve."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import (
    NewSignUp,
    issue_call,
    offer_people,
    read_signup_link,
    sign_up,
    signup_link,
    withdraw,
)
from muster.apps.calls.errors import CallNotFound, LinkSpent, NotReached, RoleUnknown
from muster.apps.calls.models import Call, CallNode, SignUp
from muster.apps.people.errors import NameMissing, NotAllowed
from muster.apps.people.models import Organisation, Person, Phone
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.actors import Actor
from muster.protocols.phones import PhoneMalformed
from tests.support.city import HERE, MEDICAL, OFFICE, ROOT, SmallCity
from tests.support.life import cadres


def a_call(city: SmallCity, **need: int) -> Call:
    with act_as(city.headquarters):
        root = Organisation.objects.get(code=ROOT)
        return issue_call(number="1", title="t", body="b", area=HERE, root=root.id, need=need)


def come(call: Call, name: str, phone: str, *roles: str, **more: object) -> SignUp:
    with as_system("test"):
        return sign_up(
            call=call.id,
            area=HERE,
            new=NewSignUp(name=name, phone=phone, roles=roles, **more),  # type: ignore[arg-type]
        )


def state(call: Call) -> str:
    return Call.objects.get(id=call.id).state


def test_the_call_closes_itself_when_filled_and_the_rest_are_the_reserve(city: SmallCity) -> None:
    call = a_call(city, recorder=1, order=1)
    assert come(call, "甲", "13900010001", "recorder").role == "recorder"
    assert state(call) == Call.State.OPEN
    assert come(call, "乙", "13900010002", "recorder", "order").role == "order"
    assert state(call) == Call.State.FILLED
    third = come(call, "丙", "13900010003", "recorder")
    assert (third.state, third.role) == (SignUp.State.RESERVE, "")
    assert Call.objects.get(id=call.id).taken == {"recorder": 1, "order": 1}


def test_without_a_wish_the_shortest_role_is_taken(city: SmallCity) -> None:
    call = a_call(city, recorder=1, order=3)
    assert come(call, "甲", "13900010001").role == "order"


def test_a_wish_that_is_full_waits_although_others_are_short(city: SmallCity) -> None:
    call = a_call(city, recorder=0, order=3)
    assert come(call, "甲", "13900010001", "recorder").state == SignUp.State.RESERVE


def test_the_same_name_and_phone_is_one_person_and_one_sign_up(city: SmallCity) -> None:
    call = a_call(city, order=5)
    with as_system("look"):
        before = Person.objects.count()
    first = come(call, "赵 四", "139-0001-0001", "order", note="晚上")
    again = come(call, "赵四", "+86 13900010001", "order")
    assert again.id == first.id
    assert again.note == "晚上"
    with as_system("look"):
        assert Person.objects.count() == before + 1
        assert Call.objects.get(id=call.id).taken == {"order": 1}


def test_two_of_one_phone_are_two_people(city: SmallCity) -> None:
    call = a_call(city, order=5)
    first = come(call, "赵四", "13900010001")
    second = come(call, "赵小四", "13900010001")
    assert first.person_id != second.person_id


def test_a_resident_is_recognised_by_name_and_phone_and_by_name_and_door(city: SmallCity) -> None:
    call = a_call(city, order=5)
    with as_system("look"):
        resident = Person.objects.get(id=city.residents[0])
        number = Phone.objects.get(person=resident).number
    assert come(call, resident.name, number).person_id == resident.id
    with as_system("look"):
        other = Person.objects.get(id=city.residents[2])
    # 1-1-201 is a door of both estates; only one of the two has somebody of this name.
    house = {"building": "1", "unit": "1", "room": "201"}
    signup = come(call, other.name, "13911112222", house=house)
    assert signup.person_id == other.id
    with as_system("look"):
        assert Phone.objects.get(person=other, rank=0).number == "13911112222"
        assert Phone.objects.filter(person=other).count() == 2


@pytest.mark.parametrize(
    ("name", "phone", "role", "error"),
    [
        ("甲", "1390001", "order", PhoneMalformed),
        ("甲", "", "order", PhoneMalformed),
        (" ", "13900010001", "order", NameMissing),
        ("甲", "13900010001", "captain", RoleUnknown),
    ],
)
def test_bad_input_is_refused_and_leaves_nothing(
    city: SmallCity, name: str, phone: str, role: str, error: type[Exception]
) -> None:
    call = a_call(city, order=5)
    with pytest.raises(error):
        come(call, name, phone, role)
    with as_system("look"):
        assert not SignUp.objects.exists()
        assert not Phone.objects.filter(number="13900010001").exists()


def test_an_unknown_call_is_said(city: SmallCity) -> None:
    with as_system("test"), pytest.raises(CallNotFound):
        sign_up(call=new_id(), area=HERE, new=NewSignUp(name="甲", phone="13900010001"))


def test_the_reserve_is_ranked_neighbours_skills_members(city: SmallCity) -> None:
    call = a_call(city, order=0)
    (outsider,) = cadres(OFFICE, 1)
    come(call, "", "13900019999", "order", person=outsider)
    come(call, "丁", "13900010001", "order")
    come(call, "丙", "13900010002", "order", party_member=True)
    come(call, "乙", "13900010003", "order", skills=("driver",))
    come(call, "甲", "13900010004", "order", skills=("driver",), party_member=True)
    with as_system("look"):
        ranked = SignUp.objects.filter(call=call).order_by("rank").select_related("person")
        assert [s.person.name for s in ranked] == ["甲", "乙", "丙", "丁", "干部0"]


def test_a_withdrawal_promotes_the_reserves_first(city: SmallCity) -> None:
    call = a_call(city, order=1)
    accepted = come(call, "甲", "13900010001", "order")
    come(call, "乙", "13900010002", "order")
    better = come(call, "丙", "13900010003", "order", party_member=True)
    with as_system("test"):
        withdraw(signup=accepted.id)
        better.refresh_from_db()
        assert (better.state, better.role, better.rank) == (SignUp.State.ACCEPTED, "order", None)
        found = Call.objects.get(id=call.id)
        assert (found.taken, found.state) == ({"order": 1}, Call.State.FILLED)


def test_who_said_wherever_needed_is_promoted_too(city: SmallCity) -> None:
    call = a_call(city, order=1)
    accepted = come(call, "甲", "13900010001", "order")
    anywhere = come(call, "乙", "13900010002")
    assert anywhere.state == SignUp.State.RESERVE
    with as_system("test"):
        withdraw(signup=accepted.id)
        anywhere.refresh_from_db()
    assert (anywhere.state, anywhere.role) == (SignUp.State.ACCEPTED, "order")


def test_wherever_needed_is_no_qualification(city: SmallCity) -> None:
    call = a_call(city, sampler=1)
    accepted = come(call, "甲", "13900010001", "sampler")
    anywhere = come(call, "乙", "13900010002")
    with as_system("test"):
        withdraw(signup=accepted.id)
        anywhere.refresh_from_db()
    assert anywhere.state == SignUp.State.RESERVE


def test_withdrawing_without_a_reserve_opens_the_call_again(city: SmallCity) -> None:
    call = a_call(city, order=1)
    accepted = come(call, "甲", "13900010001", "order")
    with as_system("test"):
        withdraw(signup=accepted.id)
        withdraw(signup=accepted.id)
    found = Call.objects.get(id=call.id)
    assert (found.state, found.taken) == (Call.State.OPEN, {"order": 0})


def test_who_withdrew_and_comes_again_fills_what_is_short(city: SmallCity) -> None:
    call = a_call(city, order=1)
    first = come(call, "甲", "13900010001", "order")
    with as_system("test"):
        withdraw(signup=first.id)
    again = come(call, "甲", "13900010001", "order")
    assert (again.id, again.state, again.role) == (first.id, SignUp.State.ACCEPTED, "order")
    assert state(call) == Call.State.FILLED


def test_who_withdrew_and_comes_too_late_is_in_the_reserve_with_a_rank(city: SmallCity) -> None:
    call = a_call(city, order=1)
    first = come(call, "甲", "13900010001", "order")
    come(call, "乙", "13900010002", "order")
    with as_system("test"):
        withdraw(signup=first.id)
    again = come(call, "甲", "13900010001", "order")
    assert again.state == SignUp.State.RESERVE
    assert again.rank is not None


def test_somebody_withdraws_himself_and_nobody_else(city: SmallCity) -> None:
    from muster.apps.people.queries.access import person_actor

    call = a_call(city, order=5)
    mine = come(call, "甲", "13900010001")
    other = come(call, "乙", "13900010002")
    with act_as(person_actor(mine.person_id)):
        assert withdraw(signup=mine.id).state == SignUp.State.WITHDRAWN
        with pytest.raises(CallNotFound):
            withdraw(signup=other.id)
    with act_as(city.contact), pytest.raises(CallNotFound):
        withdraw(signup=other.id)


def test_a_body_offers_its_own_and_has_answered_thereby(city: SmallCity) -> None:
    call = a_call(city, order=1)
    people: list[UUID] = cadres(OFFICE, 3)
    with act_as(city.contact):
        office = Organisation.objects.get(code=OFFICE)
        assert offer_people(
            call=call.id, organisation=office.id, persons={p: ["order"] for p in people}
        ) == (1, 2)
        medical = Organisation.objects.get(code=MEDICAL)
        with pytest.raises(NotAllowed):
            offer_people(call=call.id, organisation=medical.id, persons={})
        with pytest.raises(NotReached):
            offer_people(call=call.id, organisation=new_id(), persons={})
    node = CallNode.objects.get(call=call, unit=OFFICE)
    assert node.offered == 3
    assert node.acknowledged_at is not None
    with act_as(city.secretary):
        assert SignUp.objects.filter(call=call, serving=HERE).count() == 3
        assert Person.objects.filter(serving=HERE).count() == 3


def test_a_link_names_its_call_and_community(city: SmallCity) -> None:
    call = a_call(city, order=1)
    token = signup_link(call=call.id, area=HERE)
    assert ":" not in token
    assert read_signup_link(token) == (call.id, HERE)


@pytest.mark.parametrize("spoil", ["area", "end", "cut", "nonsense", "empty"])
def test_a_tampered_link_is_refused(city: SmallCity, spoil: str) -> None:
    call = a_call(city, order=1)
    token = signup_link(call=call.id, area=HERE)
    bad = {
        "area": token.replace(str(HERE), str(HERE + 1)),
        "end": token[:-1] + ("A" if token[-1] != "A" else "B"),
        "cut": token[:-10],
        "nonsense": "nonsense",
        "empty": "",
    }[spoil]
    with pytest.raises(LinkSpent):
        read_signup_link(bad)


def test_a_link_is_old_after_two_weeks(city: SmallCity, monkeypatch: pytest.MonkeyPatch) -> None:
    token = signup_link(call=new_id(), area=HERE)
    later = clock.now().timestamp() + 15 * 86400
    monkeypatch.setattr("django.core.signing.time.time", lambda: later)
    with pytest.raises(LinkSpent):
        read_signup_link(token)


def test_the_public_page_reaches_no_row(city: SmallCity) -> None:
    call = a_call(city, order=5)
    with act_as(Actor.nobody()):
        sign_up(call=call.id, area=HERE, new=NewSignUp(name="甲", phone="13900010001"))
        assert SignUp.objects.count() == 0
    with act_as(city.secretary):
        assert SignUp.objects.count() == 1
