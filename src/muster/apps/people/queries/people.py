"""Find persons: by id, name, pinyin, initials, phone tail."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField, Value
from django.db.models.functions import Coalesce

from muster.apps.people.errors import PersonNotFound
from muster.apps.people.models import Person, Phone


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody with where the row belongs and the first phone ('' if none)."""

    id: UUID
    area: int
    unit: int | None
    serving: int | None
    phone: str


def persons() -> QuerySet[Person]:
    """Everybody within reach who was not merged into another entry."""
    return Person.objects.filter(merged_into=None)


def person_of(person_id: UUID) -> Person:
    """One person. Raises `PersonNotFound`: not there, or out of reach; nobody learns which."""
    found = Person.objects.filter(id=person_id).first()
    if found is None:
        raise PersonNotFound
    return found


def names_in_reach(ids: Sequence[UUID]) -> dict[UUID, str]:
    """Person → name, of those within reach."""
    return dict(Person.objects.filter(id__in=list(ids)).values_list("id", "name"))


def first_phone() -> Coalesce:
    """Expression: the first phone of a person, '' if none."""
    phones = Phone.objects.filter(person=OuterRef("pk")).order_by("rank").values("number")[:1]
    return Coalesce(Subquery(phones), Value(""), output_field=TextField())


def reach_of(ids: Sequence[UUID]) -> list[Reachable]:
    """Where these persons belong and how they are reached; those out of reach are left out."""
    rows = (
        Person.objects.filter(id__in=ids)
        .annotate(phone=first_phone())
        .values_list("id", "area", "unit", "serving", "phone")
    )
    return [Reachable(*row) for row in rows]


def search(text: str, within: QuerySet[Person] | None = None) -> QuerySet[Person]:
    """Name, pinyin, initials or phone tail; an empty text finds all.

    王小 → by name; wangx or wxm → by pinyin or initials; 4 digits → phone tail, 11 → number.
    """
    found = persons() if within is None else within
    text = text.strip()
    if not text:
        return found
    if re.fullmatch(r"\d{11}", text):
        return found.filter(phones__number=text).distinct()
    if re.fullmatch(r"\d{4}", text):
        return found.filter(phones__tail=text).distinct()
    if re.fullmatch(r"[A-Za-z ]+", text):
        key = text.replace(" ", "").lower()
        return found.filter(Q(initials__startswith=key) | Q(pinyin__startswith=key))
    return found.filter(name__contains=text)


def persons_with_phone(number: str) -> list[Person]:
    """Everybody within reach who can be reached at a number."""
    ids = Phone.objects.filter(number=number).values_list("person_id", flat=True)
    return list(persons().filter(id__in=list(ids)))


def people_of_unit(low: int, high: int) -> QuerySet[Person]:
    """The people of a range of units, by name."""
    return persons().filter(unit__range=(low, high)).order_by("pinyin", "id")


def phones_of(person: UUID) -> list[str]:
    """All numbers of somebody, the first first."""
    return list(
        Phone.objects.filter(person_id=person).order_by("rank").values_list("number", flat=True)
    )
