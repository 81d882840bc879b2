"""A call goes down the tree; only who answers for a body answers for it."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.models import AuditLine
from muster.apps.calls.actions import acknowledge, close_call, issue_call, sign_up
from muster.apps.calls.actions.signups import NewSignUp
from muster.apps.calls.errors import CallClosed, CallNotFound, NotReached
from muster.apps.calls.models import Call, CallNode
from muster.apps.notices.models import Delivery
from muster.apps.notices.queries import notice_about
from muster.apps.people.actions import create_temporary_body
from muster.apps.people.errors import NotAllowed, OrganisationNotFound
from muster.apps.people.models import Organisation
from muster.kernel.ids import new_id
from tests.support.city import DISTRICT, HERE, MEDICAL, OFFICE, ROOT, SmallCity
from tests.support.life import cadres, call


def body(code: int) -> Organisation:
    return Organisation.objects.get(code=code)


def test_a_call_reaches_every_standing_body_below_and_everybody_in_them(city: SmallCity) -> None:
    doctors = cadres(MEDICAL, 3)
    issued = call(city)
    with as_system("look"):
        nodes = dict(CallNode.objects.filter(call=issued).values_list("unit", "level"))
        notice = notice_about(issued.id)
        told = set(Delivery.objects.filter(notice=notice).values_list("person_id", flat=True))
    assert nodes == {ROOT: 0, DISTRICT: 1, MEDICAL: 2, OFFICE: 2}
    assert told == set(doctors)


def test_a_temporary_body_is_not_called(city: SmallCity) -> None:
    with as_system("test"):
        create_temporary_body(
            kind="team", name="青年突击队", parent=body(OFFICE).id, area=HERE, scope="", leader=None
        )
    issued = call(city)
    with as_system("look"):
        assert CallNode.objects.filter(call=issued).count() == 4


def test_a_call_from_a_branch_stays_in_the_branch(city: SmallCity) -> None:
    cadres(OFFICE, 2)
    with act_as(city.headquarters):
        issued = issue_call(
            number="1", title="t", body="b", area=HERE, root=body(MEDICAL).id, need={"sampler": 1}
        )
    with as_system("look"):
        assert [n.unit for n in CallNode.objects.filter(call=issued)] == [MEDICAL]
        notice = notice_about(issued.id)
        assert not Delivery.objects.filter(notice=notice).exists()


def test_a_community_cannot_call_the_city(city: SmallCity) -> None:
    with act_as(city.secretary):
        root = body(ROOT).id
        with pytest.raises(NotAllowed):
            issue_call(number="1", title="t", body="b", area=HERE, root=root, need={})
    with act_as(city.headquarters), pytest.raises(OrganisationNotFound):
        issue_call(number="1", title="t", body="b", area=HERE, root=new_id(), need={})


def test_the_contact_of_a_body_acknowledges_and_the_first_answer_stands(city: SmallCity) -> None:
    issued = call(city)
    with act_as(city.contact):
        first = acknowledge(call=issued.id, organisation=body(OFFICE).id)
        at = first.acknowledged_at
        again = acknowledge(call=issued.id, organisation=body(OFFICE).id)
    assert at is not None
    assert again.acknowledged_at == at
    assert again.acknowledged_by == f"account:{city.contact.account}"
    with as_system("look"):
        assert AuditLine.objects.filter(action="call_acknowledged").count() == 1


def test_nobody_acknowledges_for_another_body(city: SmallCity) -> None:
    issued = call(city)
    with act_as(city.contact), pytest.raises(NotAllowed):
        acknowledge(call=issued.id, organisation=body(MEDICAL).id)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        acknowledge(call=issued.id, organisation=body(OFFICE).id)


def test_a_body_that_was_not_called_cannot_answer(city: SmallCity) -> None:
    issued = call(city)
    with act_as(city.contact), pytest.raises(NotReached):
        acknowledge(call=issued.id, organisation=new_id())


def test_a_closed_call_takes_nobody(city: SmallCity) -> None:
    issued = call(city)
    with act_as(city.secretary), pytest.raises(NotAllowed):
        close_call(call=issued.id)
    with act_as(city.headquarters):
        assert close_call(call=issued.id).state == Call.State.CLOSED
        with pytest.raises(CallNotFound):
            close_call(call=new_id())
    with as_system("test"), pytest.raises(CallClosed):
        sign_up(call=issued.id, area=HERE, new=NewSignUp(name="甲", phone="13900001234"))
