"""Who lives where, in time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from muster.apps.audit.actions import insert_rows, write_line
from muster.apps.communities.models import Residence
from muster.apps.people.actions import merge_persons, unmerge_persons
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Somebody lives at a place from `since` on (None: as far as anybody knows)."""

    person: UUID
    place: int
    area: int
    kind: str = Residence.Kind.UNKNOWN
    head: bool = False
    since: datetime | None = None


def move_in(*, arrivals: Sequence[Arrival]) -> int:
    """Enter residences; an earlier one of the same person ends now. Raises `NotAllowed`."""
    areas = sorted({a.area for a in arrivals})
    for area in areas:
        require(Verb.EDIT_PEOPLE, place=area)
    now = clock.now()
    persons = [a.person for a in arrivals]
    Residence.objects.filter(person_id__in=persons, until=None).update(until=now)
    insert_rows(
        "communities_residence",
        ("id", "person_id", "place_id", "area", "kind", "head", "since"),
        (
            (new_id(), a.person, a.place, a.area, str(a.kind), a.head, a.since or now)
            for a in arrivals
        ),
    )
    for area in areas:
        write_line(
            action="residents_moved_in",
            area=area,
            count=sum(1 for a in arrivals if a.area == area),
        )
    return len(arrivals)


def merge_residents(*, keep: UUID, drop: UUID) -> None:
    """Two entries are one person, who lives where `keep` lives: `drop` moves out as well.

    Raises `PersonNotFound`, `NotAllowed`.
    """
    merge = merge_persons(keep=keep, drop=drop)
    Residence.objects.filter(person_id=drop, until=None).update(until=merge.at)


def unmerge_residents(*, drop: UUID) -> UUID:
    """Undo: `drop` lives again where it lived when it was merged. Returns the entry that was kept.

    Raises `MergeNotFound`, `NotAllowed`.
    """
    merge = unmerge_persons(drop=drop)
    Residence.objects.filter(person_id=drop, until=merge.at).update(until=None)
    return merge.kept_id
