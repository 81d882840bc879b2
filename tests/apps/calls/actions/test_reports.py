"""Report-in: once, where one lives; both sides confirm and both sides see it."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import confirm_report, report_in
from muster.apps.calls.errors import NotReported
from muster.apps.calls.models import ReportIn
from muster.apps.calls.queries import report_of_person, reports_of
from muster.apps.people.actions import note_employment
from muster.apps.people.errors import NotAllowed, PersonNotFound
from muster.apps.people.queries.access import person_actor
from muster.kernel.ids import new_id
from tests.support.city import HERE, OFFICE, SmallCity
from tests.support.life import seal


def test_a_member_reports_himself_and_it_is_kept_that_he_lives_inside(city: SmallCity) -> None:
    seal(city)
    me = city.residents[0]
    with act_as(person_actor(me)):
        first = report_in(person=me)
        again = report_in(person=me)
    assert first.id == again.id
    assert (first.area, first.inside) == (HERE, "lockdown")


def test_nobody_reports_for_somebody_else(city: SmallCity) -> None:
    with act_as(person_actor(city.residents[0])), pytest.raises(PersonNotFound):
        report_in(person=city.residents[1])
    with act_as(city.contact), pytest.raises(PersonNotFound):
        report_in(person=city.residents[1])


def test_both_sides_see_it_and_each_confirms_its_own(city: SmallCity) -> None:
    me = city.residents[0]
    with as_system("test"):
        note_employment(person=me, unit=OFFICE)
        report = report_in(person=me)
        assert report.inside == ""
    with act_as(city.contact):
        assert [r.id for r in ReportIn.objects.all()] == [report.id]
        with pytest.raises(NotAllowed):
            confirm_report(report=report.id, side="community")
        assert confirm_report(report=report.id, side="unit").unit_confirmed_at is not None
    with act_as(city.secretary):
        assert [r.id for r in reports_of(HERE)] == [report.id]
        with pytest.raises(NotAllowed):
            confirm_report(report=report.id, side="unit")
        done = confirm_report(report=report.id, side="community")
        assert done.unit_confirmed_at is not None
        assert done.community_confirmed_at is not None
        assert report_of_person(me) == done


def test_another_community_does_not_see_it(city: SmallCity) -> None:
    with as_system("test"):
        report = report_in(person=city.residents[0])
    with act_as(city.other_secretary):
        assert not reports_of(HERE)
        assert report_of_person(city.residents[0]) is None
        with pytest.raises(NotReported):
            confirm_report(report=report.id, side="community")
        with pytest.raises(NotReported):
            confirm_report(report=new_id(), side="community")
