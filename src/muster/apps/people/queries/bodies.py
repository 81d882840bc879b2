"""Temporary bodies with their leaders and members."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from uuid import UUID

from django.db.models import Count, Q

from muster.apps.people.models import Membership, Organisation
from muster.apps.people.queries.people import persons_with_phone
from muster.kernel import clock


@dataclass(slots=True)
class Body:
    """A temporary body with the names of those who lead it and belong to it now."""

    organisation: Organisation
    leaders: list[str] = field(default_factory=list)
    members: list[str] = field(default_factory=list)


def bodies_within(*, low: int, high: int) -> list[Body]:
    """The temporary bodies that work in a range of places, those still at work first."""
    rows = list(
        Organisation.objects.filter(area__range=(low, high))
        .exclude(starts_at=None)
        .select_related("parent")
        .order_by("-ends_at", "-starts_at")
    )
    found = {o.id: Body(o) for o in rows}
    memberships = (
        Membership.objects.filter(organisation__in=rows)
        .select_related("person")
        .order_by("since", "id")
    )
    for each in memberships:
        body = found[each.organisation_id]
        (body.leaders if each.leader else body.members).append(each.person.name)
    return list(found.values())


def teams_of(persons: Iterable[UUID], most: int | None = None) -> dict[UUID, Organisation]:
    """The team at work that each belongs to, the newest of several; one with more than `most`
    members is left out."""
    now = clock.now()
    teams = Organisation.objects.filter(
        Q(ends_at=None) | Q(ends_at__gt=now), kind=Organisation.Kind.TEAM, starts_at__lte=now
    )
    if most is not None:
        there = Count("memberships", filter=Q(memberships__until=None))
        teams = teams.alias(there=there).filter(there__lte=most)
    rows = (
        Membership.objects.filter(person__in=list(persons), organisation__in=teams, until=None)
        .select_related("organisation")
        .order_by("since", "id")
    )
    return {row.person_id: row.organisation for row in rows}


def leaders_of(persons: Iterable[UUID]) -> set[UUID]:
    """Those of `persons` who lead a temporary body at work."""
    now = clock.now()
    bodies = Organisation.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    rows = Membership.objects.filter(
        person__in=list(persons), organisation__in=bodies, until=None, leader=True
    )
    return set(rows.values_list("person_id", flat=True))


def memberships_of(persons: Iterable[UUID]) -> dict[UUID, set[int]]:
    """The codes of the temporary bodies at work that each belongs to; who is in none is left
    out."""
    now = clock.now()
    bodies = Organisation.objects.filter(Q(ends_at=None) | Q(ends_at__gt=now), starts_at__lte=now)
    rows = Membership.objects.filter(person__in=list(persons), organisation__in=bodies, until=None)
    found: dict[UUID, set[int]] = {}
    for person, code in rows.values_list("person_id", "organisation__code"):
        found.setdefault(person, set()).add(code)
    return found


def person_by_phone(phone: str) -> UUID | None:
    """The one person with this number within reach; None if there is none or more than one."""
    who = persons_with_phone("".join(phone.split()))
    return who[0].id if len(who) == 1 else None
