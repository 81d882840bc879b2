"""Who answers for an organisation."""

from collections.abc import Iterable

from django.db.models.functions import Mod

from muster.apps.people.models import Contact, Organisation


def contacts_of(units: Iterable[int]) -> dict[int, Contact]:
    """The first contact of each of these bodies, by unit code, within the actor's reach."""
    found: dict[int, Contact] = {}
    for contact in Contact.objects.filter(unit__in=list(units)).order_by("id"):
        found.setdefault(contact.unit, contact)
    return found


def organisation_with_code(code: int) -> Organisation | None:
    """A body by its code."""
    return Organisation.objects.filter(code=code).first()


def top_of_tree() -> list[Organisation]:
    """The bodies that a call can begin at: the root and those right below it."""
    return list(
        Organisation.objects.filter(starts_at=None, code__gte=0)
        .annotate(rest=Mod("code", 10**9))
        .filter(rest=0)
        .order_by("code")
    )
