"""Own hours: when somebody can serve, said at the desk, kept by every plan until lifted."""

from collections.abc import Collection
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.apps.rosters.errors import HoursMalformed, HoursNotFound
from muster.apps.rosters.models import OwnHours
from muster.apps.rosters.queries.hours import DAY
from muster.kernel import clock
from muster.protocols.access import Verb


def set_hours(
    *, area: int, person: UUID, days: Collection[int], begins: int, ends: int
) -> OwnHours:
    """Send `person` only to shifts within these hours, or within others of his: on `days` (0 is
    Monday) from minute `begins` of the day to minute `ends`, past 1440 on the next day. Shifts that
    he has already stay until somebody changes them.

    area: 12-digit code of the place where the roster is. Raises `NotAllowed`, `PersonNotFound`,
    `HoursMalformed`.
    """
    require(Verb.PLAN_ROSTER, place=area)
    if not days or not set(days) <= set(range(7)) or not 0 <= begins < DAY:
        raise HoursMalformed(reason="")
    if not begins < ends <= begins + DAY:
        raise HoursMalformed(reason="")
    who = person_of(person)
    made = OwnHours.objects.create(
        person=who, area=who.area, unit=who.unit, serving=area, begins=begins, ends=ends,
        days=sum(1 << day for day in set(days)), made_by=current_actor().name, made_at=clock.now(),
    )  # fmt: skip
    write_line(action="hours_set", area=who.area, subject=made.id)
    return made


def lift_hours(*, hours: UUID) -> OwnHours:
    """Take own hours back. Raises `HoursNotFound`, `NotAllowed`."""
    found = OwnHours.objects.select_for_update().filter(id=hours).first()
    if found is None or found.lifted_at is not None:
        raise HoursNotFound
    require(Verb.PLAN_ROSTER, place=found.serving or found.area)
    found.lifted_at = clock.now()
    found.save(update_fields=["lifted_at"])
    write_line(action="hours_lifted", area=found.area, subject=hours)
    return found
