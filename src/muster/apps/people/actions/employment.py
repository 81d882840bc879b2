"""Where somebody works, whether a party member, what he can do: learned after he was entered."""

from collections.abc import Sequence
from uuid import UUID

from django.db.models import F

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
    found = Person.objects.select_for_update().get(id=person_of(person).id)
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


def note_phone(*, person: UUID, number: str) -> None:
    """A number that somebody gave himself; it becomes the first to be rung.

    To be called by the program, on behalf of the person.
    """
    who = person_of(person)
    if Phone.objects.filter(person=who, number=number).exists():
        return
    Phone.objects.filter(person=who).update(rank=F("rank") + 1)
    Phone.objects.create(
        person=who, number=number, tail=number[-4:], area=who.area, unit=who.unit,
        serving=who.serving,
    )  # fmt: skip
