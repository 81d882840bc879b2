"""Somebody is marked as experienced (熟手) or as a newcomer (新手): kept until it is lifted."""

from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.apps.rosters.models import Experience
from muster.kernel import clock
from muster.protocols.access import Verb


def mark_experience(*, area: int, person: UUID, experienced: bool | None) -> Experience | None:
    """Have `person` count as experienced, or as a newcomer, or (None) as his shifts say again.

    Plans and changes by hand from now on keep to it. area: 12-digit code of the place where the
    roster is. Raises `NotAllowed`, `PersonNotFound`.
    """
    require(Verb.PLAN_ROSTER, place=area)
    who = person_of(person)
    now = clock.now()
    marks = Experience.objects.filter(person=who, lifted_at=None)
    old = list(marks.select_for_update().order_by("made_at", "id"))
    if old and old[-1].experienced == experienced:
        return old[-1]
    marks.update(lifted_at=now)
    if experienced is None:
        if old:
            write_line(action="experience_lifted", area=who.area, subject=old[-1].id)
        return None
    made = Experience.objects.create(
        person=who, area=who.area, unit=who.unit, serving=area, experienced=experienced,
        made_by=current_actor().name, made_at=now,
    )  # fmt: skip
    write_line(action="experience_marked", area=who.area, subject=made.id, experienced=experienced)
    return made
