"""Teams, branches and vanguard posts set up at once, as they were accepted."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.actions.organisations import add_members, next_code
from muster.apps.people.errors import OrganisationNotFound
from muster.apps.people.models import Organisation
from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import LEVELS, level_of
from muster.kernel import clock
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class NewBody:
    """A temporary body to set up; `members` may hold the leader."""

    kind: str
    name: str
    leader: UUID | None
    members: Sequence[UUID]
    scope: str = ""


def form_bodies(
    *, unit: int | None, area: int, bodies: Sequence[NewBody], ends_at: datetime | None = None
) -> list[Organisation]:
    """Set them up below the body with code `unit` (None: the root), from now on.

    area: 12-digit code of where they work. A body on the lowest level of the tree has none below
    it; what is set up stands beside it. Raises `NotAllowed`, `OrganisationNotFound`,
    `PersonNotFound`.
    """
    require(Verb.FORM_TEAMS, place=area, unit=unit)
    above = _above(unit)
    made = []
    for body in bodies:
        new = Organisation.objects.create(
            code=next_code(above), parent=above, kind=body.kind, name=body.name, area=area,
            scope=body.scope, starts_at=clock.now(), ends_at=ends_at,
        )  # fmt: skip
        if body.leader is not None:
            add_members(body=new.id, persons=[body.leader], leader=True)
        others = [m for m in body.members if m != body.leader]
        add_members(body=new.id, persons=others)
        made.append(new)
    write_line(action="bodies_formed", area=area, subject=above.id, count=len(made))
    return made


def _above(unit: int | None) -> Organisation:
    where = {"parent": None} if unit is None else {"code": unit}
    found = Organisation.objects.select_for_update().filter(**where).order_by("code").first()
    if found is None:
        raise OrganisationNotFound
    if level_of(found.code) < len(LEVELS) - 1 or found.parent is None:
        return found
    return Organisation.objects.select_for_update().get(code=found.parent.code)
