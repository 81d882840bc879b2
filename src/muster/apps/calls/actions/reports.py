"""Report in (双报到): to the community of residence, keeping the work unit."""

from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.calls.errors import NotReported
from muster.apps.calls.models import ReportIn
from muster.apps.people.queries.access import require, require_for
from muster.apps.people.queries.people import person_of
from muster.apps.zones.queries import level_of_person
from muster.kernel import clock
from muster.protocols.access import Verb


def report_in(*, person: UUID) -> ReportIn:
    """Report to the community where the person lives; a second report is the same one. What zone
    the home lies in is kept: who lives inside serves inside.

    Raises `PersonNotFound`, `NotAllowed`.
    """
    who = person_of(person)
    require_for(person, Verb.REPORT_IN, Verb.CONFIRM_REPORT_IN, place=who.area)
    report, fresh = ReportIn.objects.get_or_create(
        person_id=person,
        ended_at=None,
        defaults={
            "area": who.area,
            "unit": who.unit,
            "inside": level_of_person(person, clock.now()).level or "",
            "reported_at": clock.now(),
        },
    )
    if fresh:
        write_line(action="reported_in", area=who.area, subject=person)
    return report


def confirm_report(*, report: UUID, side: str) -> ReportIn:
    """The community (`side` "community") or the work unit ("unit") confirms.

    Raises `NotReported`, `NotAllowed`.
    """
    found = ReportIn.objects.select_for_update().filter(id=report).first()
    if found is None:
        raise NotReported
    if side == "unit":
        require(Verb.CONFIRM_REPORT_IN, unit=found.unit)
        found.unit_confirmed_at = found.unit_confirmed_at or clock.now()
    else:
        require(Verb.CONFIRM_REPORT_IN, place=found.area)
        found.community_confirmed_at = found.community_confirmed_at or clock.now()
    found.save(update_fields=["unit_confirmed_at", "community_confirmed_at"])
    write_line(action="report_confirmed", area=found.area, subject=found.id, side=side)
    return found
