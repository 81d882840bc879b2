"""Sign-ups, calls and report-ins as the desk lists them (muster.apps.calls.queries.lists)."""

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import acknowledge, confirm_report, report_in, settle_entry
from muster.apps.calls.queries import chain_versions, waiting_entries
from muster.apps.calls.queries.lists import (
    calls_reaching,
    newest_calls,
    nodes_below,
    reports_of_units,
    reports_within,
    settled_entries,
    signups_within,
    version_of,
)
from muster.apps.people.actions import note_employment
from muster.apps.people.models import Organisation
from muster.kernel.ids import new_id
from tests.apps.calls.actions.test_chains import paste
from tests.support.city import HERE, OFFICE, ROOT, THERE, SmallCity
from tests.support.life import call
from tests.support.posts import a_call, volunteer


def test_sign_ups_filtered(city: SmallCity) -> None:
    issued = a_call(city, order=1)
    first = volunteer(issued, city.residents[0], "order")
    second = volunteer(issued, city.residents[1], "order", source="qr")
    with act_as(city.secretary):
        here = {"low": HERE, "high": HERE}
        assert list(signups_within(**here)) == [first, second]
        assert list(signups_within(**here, state="reserve")) == [second]
        assert list(signups_within(**here, source="qr")) == [second]
        assert list(signups_within(**here, role="guide")) == []
        assert list(signups_within(**here, role="order", text="王一")) == [first]
        assert list(signups_within(low=THERE, high=THERE)) == []
    with act_as(city.other_secretary):
        assert list(signups_within(**here)) == []


def test_calls_and_who_answered(city: SmallCity) -> None:
    issued = call(city)
    with act_as(city.contact):
        acknowledge(call=issued.id, organisation=Organisation.objects.get(code=OFFICE).id)
        assert calls_reaching(OFFICE) == newest_calls() == [issued]
        assert calls_reaching(1) == []
        answered = [n.acknowledged_at for n in nodes_below(issued.id, ROOT, ROOT + 10**12 - 1)]
    assert sum(a is not None for a in answered) == 1


def test_reports_for_both_sides(city: SmallCity) -> None:
    with as_system("test"):
        note_employment(person=city.residents[0], unit=OFFICE)
        first, second = (report_in(person=p) for p in city.residents[:2])
        confirm_report(report=second.id, side="community")
    with act_as(city.secretary):
        assert {r.id for r in reports_within(low=HERE, high=HERE)} == {first.id, second.id}
    with act_as(city.contact):
        assert [r.id for r in reports_of_units(low=OFFICE, high=OFFICE + 999_999)] == [first.id]


def test_entries_that_can_be_opened_again(city: SmallCity) -> None:
    paste(city, call(city))
    with act_as(city.secretary):
        before = [e.raw for e in settled_entries(HERE)]
        (waiting,) = waiting_entries(HERE)
        settle_entry(entry=waiting.id, name="", phone="", take=False)
        assert len(settled_entries(HERE)) == len(before) + 1
        (version,) = chain_versions(HERE)
        assert version_of(version.id) == version
        assert version_of(new_id()) is None
