"""The tree of organisations, its contacts, and temporary bodies."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Max

from muster.apps.audit.actions import write_line
from muster.apps.people.errors import OrganisationNotFound, PersonNotFound
from muster.apps.people.models import Contact, Membership, Organisation, Person
from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import LEVELS
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class NewOrganisation:
    """A body to enter; `parent` is the code above it, None at the root."""

    code: int
    parent: int | None
    kind: str
    name: str
    area: int
    contact_name: str = ""
    contact_phone: str = ""


def register_organisations(*, organisations: Sequence[NewOrganisation], area: int) -> int:
    """Enter a tree, parents before children. Raises `NotAllowed`, `OrganisationNotFound`."""
    require(Verb.MANAGE_BODIES, place=area)
    known = dict(Organisation.objects.values_list("code", "id"))
    rows = []
    for each in organisations:
        if each.parent is not None and each.parent not in known:
            raise OrganisationNotFound
        known[each.code] = new_id()
        rows.append(
            Organisation(
                id=known[each.code],
                code=each.code,
                parent_id=None if each.parent is None else known[each.parent],
                kind=each.kind,
                name=each.name,
                area=each.area,
            )
        )
    Organisation.objects.bulk_create(rows, batch_size=1000)
    register_contacts(
        contacts=[
            (o.code, o.contact_name, o.contact_phone) for o in organisations if o.contact_name
        ]
    )
    write_line(action="organisations_registered", area=area, count=len(rows))
    return len(rows)


def register_contacts(*, contacts: Iterable[tuple[int, str, str]]) -> None:
    """Who answers for which organisation: code, name, phone."""
    bodies = {o.code: o for o in Organisation.objects.all()}
    Contact.objects.bulk_create(
        [
            Contact(
                organisation=bodies[code], name=name, phone=phone, area=bodies[code].area, unit=code
            )
            for code, name, phone in contacts
        ],
        batch_size=1000,
    )


def create_temporary_body(
    *,
    kind: str,
    name: str,
    parent: UUID,
    area: int,
    scope: str,
    leader: UUID | None,
    members: Sequence[UUID] = (),
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> Organisation:
    """A command post, temporary committee or branch, vanguard post or team, with a life span.

    area: 12-digit code of where it works; `scope`: its field, in words. Raises
    `OrganisationNotFound`, `NotAllowed`, `PersonNotFound`.
    """
    above = Organisation.objects.select_for_update().filter(id=parent).first()
    if above is None:
        raise OrganisationNotFound
    require(Verb.MANAGE_BODIES, place=area)
    body = Organisation.objects.create(
        code=next_code(above),
        parent=above,
        kind=kind,
        name=name,
        area=area,
        scope=scope,
        starts_at=starts_at or clock.now(),
        ends_at=ends_at,
    )
    write_line(action="body_created", area=area, subject=body.id, kind=kind)
    if leader is not None:
        add_members(body=body.id, persons=[leader], leader=True)
    add_members(body=body.id, persons=[m for m in members if m != leader])
    return body


def next_code(above: Organisation) -> int:
    """The next free code right below a body. Raises `OrganisationNotFound` on the lowest level."""
    own = next(i for i, worth in enumerate(LEVELS) if above.code % worth == 0)
    if own + 1 >= len(LEVELS):
        raise OrganisationNotFound
    step = LEVELS[own + 1]
    highest = Organisation.objects.filter(parent=above).aggregate(top=Max("code"))["top"]
    return int(highest or above.code) + step


def add_members(*, body: UUID, persons: Sequence[UUID], leader: bool = False) -> int:
    """Put persons into a body from now on. The rows belong where the body works, because who serves
    away from home is led there. Raises `PersonNotFound` if any is out of reach.
    """
    if not persons:
        return 0
    into = Organisation.objects.get(id=body)
    found = list(Person.objects.filter(id__in=persons))
    if len(found) != len(set(persons)):
        raise PersonNotFound
    now = clock.now()
    Membership.objects.bulk_create(
        [
            Membership(
                person=p,
                organisation=into,
                leader=leader,
                since=now,
                area=into.area,
                unit=into.code,
            )
            for p in found
        ]
    )
    write_line(action="members_added", area=into.area, subject=body, count=len(found))
    return len(found)
