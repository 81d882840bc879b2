"""Enter persons, one or a hundred thousand."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Model
from pypinyin import Style, lazy_pinyin

from muster.apps.audit.actions import insert_rows, write_line
from muster.apps.people.actions.identity import keyring
from muster.apps.people.errors import InUse, NameMissing, PersonNotFound
from muster.apps.people.models import Person, Phone
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPerson:
    """What is known of somebody who is entered. `id_number` is plain here and sealed at once."""

    area: int
    name: str
    id: UUID | None = None
    unit: int | None = None
    birth_date: date | None = None
    id_type: str = Person.IdType.NONE
    id_number: str = ""
    phones: Sequence[str] = ()
    party_member: bool | None = None
    skills: Sequence[str] = ()
    roles: Sequence[str] = ()
    unavailable: str = ""
    registered_address: str = ""
    remarks: str = ""
    source: str = ""


def _letters(text: str) -> str:
    """What is not Han is searched as it is written."""
    return text.lower()


@lru_cache(maxsize=20_000)
def search_keys(name: str) -> tuple[str, str]:
    """Pinyin and initials of a name: 王小明 → ``("wangxiaoming", "wxm")``."""
    syllables = lazy_pinyin(name, style=Style.NORMAL, errors=_letters)
    syllables = [s for s in syllables if s.strip()]
    return "".join(syllables), "".join(s[0] for s in syllables)


def register_person(*, person: NewPerson) -> UUID:
    """Enter one person. Raises `NotAllowed`, `NameMissing`."""
    return register_persons(persons=[person])[0]


def register_persons(*, persons: Iterable[NewPerson]) -> list[UUID]:
    """Enter many in one go; ids in order of input. One audit line a community.

    Raises `NotAllowed` if any lies outside the actor's reach, `NameMissing`.
    """
    rows = list(persons)
    for area in {p.area for p in rows}:
        require(Verb.EDIT_PEOPLE, place=area)
    if any(not p.name.strip() for p in rows):
        raise NameMissing
    ids = [p.id or new_id() for p in rows]
    _insert_persons(rows, ids)
    _insert_phones(rows, ids)
    counts: dict[int, int] = {}
    for p in rows:
        counts[p.area] = counts.get(p.area, 0) + 1
    for area, count in sorted(counts.items()):
        chain = f"people:{area}:{ids[0].int % CHAINS}"
        write_line(action="persons_registered", area=area, stream=chain, count=count)
    return ids


CHAINS = 16
"""Audit chains of one community's new persons: a surge must not wait for one."""
PERSON_COLUMNS = (
    "id", "area", "unit", "name", "pinyin", "initials", "birth_date", "id_type", "id_cipher",
    "id_index", "id_tail", "party_member", "skills", "roles", "unavailable", "registered_address",
    "remarks", "source", "created_at",
)  # fmt: skip
PHONE_COLUMNS = ("id", "person_id", "number", "tail", "rank", "area", "unit")


def _insert_persons(rows: Sequence[NewPerson], ids: Sequence[UUID]) -> None:
    now, ring = clock.now(), keyring()

    def values() -> Iterator[tuple[Any, ...]]:
        for id_, p in zip(ids, rows, strict=True):
            sealed = ring.seal(p.id_number) if p.id_number else None
            pinyin, initials = search_keys(p.name)
            yield (
                id_, p.area, p.unit, p.name, pinyin, initials, p.birth_date, str(p.id_type),
                sealed and sealed.cipher, sealed and sealed.index, sealed.tail if sealed else "",
                p.party_member, list(p.skills), list(p.roles), p.unavailable,
                p.registered_address, p.remarks, p.source, now,
            )  # fmt: skip

    insert_rows("people_person", PERSON_COLUMNS, values())


def _insert_phones(rows: Sequence[NewPerson], ids: Sequence[UUID]) -> None:
    insert_rows(
        "people_phone",
        PHONE_COLUMNS,
        (
            (new_id(), id_, number, number[-4:], rank, p.area, p.unit)
            for id_, p in zip(ids, rows, strict=True)
            for rank, number in enumerate(dict.fromkeys(p.phones))
        ),
    )


def remove_person(*, person: UUID, besides: tuple[type[Model], ...] = ()) -> None:
    """Take an entry out that should not have been made. Its phones go; so do rows of `besides`,
    which the caller answers for.

    Raises `PersonNotFound`, `NotAllowed`, `InUse` when the person is on a roster, in a round or
    anywhere else.
    """
    found = Person.objects.select_for_update().filter(id=person).first()
    if found is None:
        raise PersonNotFound
    require(Verb.EDIT_PEOPLE, place=found.area)
    for relation in Person._meta.related_objects:
        if relation.related_model in (Phone, *besides):
            continue
        if relation.related_model._base_manager.filter(**{relation.field.name: person}).exists():
            raise InUse(name=found.name, reason="")
    write_line(action="person_removed", area=found.area, subject=person)
    found.delete()
