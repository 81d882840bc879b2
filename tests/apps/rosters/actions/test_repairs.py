"""Events of the day: a zone, a no-show, a new post. Proposed, then accepted or dismissed."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.notices.models import Delivery
from muster.apps.people.errors import NotAllowed
from muster.apps.rosters.actions import (
    accept_repair,
    check_out,
    dismiss_repair,
    propose_repair,
    remove_person,
    take_attendance,
)
from muster.apps.rosters.errors import NothingToRepair, PlanNotFound, RepairStale
from muster.apps.rosters.models import Assignment, Change, Plan
from tests.support.city import OFFICE, SmallCity
from tests.support.life import cadres, seal
from tests.support.posts import a_call, plan, post, roster, stand, volunteer


def test_a_sealed_estate_changes_who_may_come(city: SmallCity) -> None:
    e1, _ = city.estates
    call = a_call(city, recorder=9)
    (outsider,) = cadres(OFFICE, 1)
    volunteer(call, outsider, "recorder")
    stand(city, post(e1, "recorder"))
    running = roster(city).plan
    volunteer(call, city.residents[0], "recorder")
    with act_as(city.secretary), pytest.raises(NothingToRepair):
        propose_repair(plan=running.id)
    seal(city)
    with act_as(city.secretary):
        repair = propose_repair(plan=running.id)
    with as_system("look"):
        changes = {c.person_id: c for c in Change.objects.filter(repair=repair)}
        told = Delivery.objects.filter(notice__about=repair.id)
        assert not told.exists()
    assert changes.keys() == {outsider, city.residents[0]}
    assert changes[outsider].after is None
    assert changes[city.residents[0]].before is None
    assert repair.left == 0
    with act_as(city.secretary):
        accept_repair(repair=repair.id)
        with pytest.raises(RepairStale):
            accept_repair(repair=repair.id)
    with as_system("look"):
        states = dict(Assignment.objects.filter(plan=running).values_list("person_id", "state"))
        assert {d.person_id for d in told.all()} == set(changes)
        titles = set(told.values_list("notice__title", flat=True))
    assert states == {outsider: "withdrawn", city.residents[0]: "confirmed"}
    assert len(titles) == 2


def a_roster_for_two(city: SmallCity) -> Plan:
    call = a_call(city, order=9)
    for person in city.residents[:3]:
        volunteer(call, person, "order")
    stand(city, post(city.estates[0], required=2))
    return roster(city).plan


def test_who_did_not_come_is_not_sent_again_and_who_came_stays(city: SmallCity) -> None:
    running = a_roster_for_two(city)
    with act_as(city.secretary):
        came, gone = Assignment.objects.filter(plan=running).order_by("person_id")
        take_attendance(assignment=came.id, present=True)
        take_attendance(assignment=gone.id, present=False)
        repair = propose_repair(plan=running.id)
        (change,) = repair.changes.all()
        (third,) = set(city.residents[:3]) - {came.person_id, gone.person_id}
        assert (change.person_id, change.before) == (third, None)
        accept_repair(repair=repair.id)
        check_out(assignment=came.id)
        with pytest.raises(NothingToRepair):
            propose_repair(plan=running.id)


def test_a_roster_that_has_changed_meanwhile_is_not_overwritten(city: SmallCity) -> None:
    running = a_roster_for_two(city)
    stand(city, post(city.estates[1]))
    with act_as(city.secretary):
        repair = propose_repair(plan=running.id)
        dismiss_repair(repair=repair.id)
        with pytest.raises(RepairStale):
            accept_repair(repair=repair.id)
        again = propose_repair(plan=running.id)
        one = Assignment.objects.filter(plan=running).first()
        assert one is not None
        (change,) = again.changes.all()
        Assignment.objects.create(
            plan=running, shift=change.after, person_id=one.person_id, area=one.area, role="order"
        )
        with pytest.raises(RepairStale):
            accept_repair(repair=again.id)


def test_only_a_roster_in_force_is_mended_by_who_may(city: SmallCity) -> None:
    running = a_roster_for_two(city)
    draft = plan(city).plan
    with act_as(city.secretary):
        with pytest.raises(PlanNotFound):
            propose_repair(plan=draft.id)
        with pytest.raises(NothingToRepair):
            propose_repair(plan=running.id)
        remove_person(assignment=Assignment.objects.filter(plan=running)[0].id)
        repair = propose_repair(plan=running.id)
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        accept_repair(repair=repair.id)
