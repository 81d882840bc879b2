"""Sealed identity numbers: the keyring, and revealing one with a reason."""

from functools import cache
from uuid import UUID

from django.conf import settings

from muster.apps.audit.actions import write_line
from muster.apps.people.errors import NoIdentityNumber, PersonNotFound, ReasonNeeded
from muster.apps.people.models import Person
from muster.apps.people.queries.access import require
from muster.protocols.access import Verb
from muster.protocols.identity import Keyring


@cache
def keyring() -> Keyring:
    """The keys of this installation."""
    return Keyring(settings.MUSTER_KEYS)


def reveal_identity_number(*, person_id: UUID, reason: str) -> str:
    """The number in full, for a stated reason that stays in the audit.

    Raises `PersonNotFound`, `NotAllowed`, `ReasonNeeded`, `NoIdentityNumber`.
    """
    person = Person.objects.filter(id=person_id).first()
    if person is None:
        raise PersonNotFound
    require(Verb.REVEAL_ID_NUMBER, place=person.area, unit=person.unit)
    if len(reason.strip()) < 4:
        raise ReasonNeeded
    if not person.id_cipher:
        raise NoIdentityNumber
    number = keyring().open(bytes(person.id_cipher))
    write_line(
        action="id_number_revealed", area=person.area, subject=person.id, reason=reason.strip()
    )
    return number
