"""Where somebody works, whether a party member, what he can do: learned after he was entered."""

from collections.abc import Sequence
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.models import Person, Phone
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.protocols.access import Verb


def note_employment(
    *,
    person: UUID,
    unit: int | None = None,
    party_member: bool | None = None,
    skills: Sequence[str] = (),
) -> None:
    """Add what is given to what is known; nothing known is taken away.

    Raises `PersonNotFound`, `NotAllowed`.
    """
    found = person_of(person)
    require(Verb.EDIT_PEOPLE, place=found.area)
    if unit is not None:
        found.unit = unit
        Phone.objects.filter(person=found).update(unit=unit)
    if party_member is not None:
        found.party_member = party_member
    found.skills = list(dict.fromkeys([*found.skills, *skills]))
    found.save(update_fields=["unit", "party_member", "skills"])
    write_line(action="employment_noted", area=found.area, subject=person)


def note_serving(*, person: UUID, area: int | None) -> None:
    """Somebody serves in a community that is not his own (None: not any more); it sees him now.

    To be called by the program, after the sign-up or its end.
    """
    Person.objects.filter(id=person).update(serving=area)
    Phone.objects.filter(person_id=person).update(serving=area)
