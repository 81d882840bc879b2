"""The tree of organisations."""

from uuid import UUID

from django.db.models import QuerySet

from muster.apps.people.errors import OrganisationNotFound
from muster.apps.people.models import Organisation

LEVELS = (10**12, 10**9, 10**6, 10**3, 1)


def range_below(code: int) -> tuple[int, int]:
    """First and last code of a body and everything below it: 15 digits, three a level."""
    worth = next(w for w in LEVELS if code % w == 0)
    return code, code + worth - 1


def level_of(code: int) -> int:
    """0 for the root of the tree, 1 below it, …"""
    return next(i for i, worth in enumerate(LEVELS) if code % worth == 0)


def organisations() -> QuerySet[Organisation]:
    """Every body; they are public."""
    return Organisation.objects.all()


def names_of(codes: set[int]) -> dict[int, str]:
    """Unit code → name."""
    return dict(Organisation.objects.filter(code__in=codes).values_list("code", "name"))


def organisation_of(organisation_id: UUID) -> Organisation:
    """One body. Raises `OrganisationNotFound`."""
    found = Organisation.objects.filter(id=organisation_id).first()
    if found is None:
        raise OrganisationNotFound
    return found
