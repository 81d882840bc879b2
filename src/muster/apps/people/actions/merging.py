"""Two entries are one person; and that was wrong."""

from uuid import UUID

from django.db.models import F

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.errors import MergeNotFound, PersonNotFound
from muster.apps.people.models import Merge, Person, Phone
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb


def merge_persons(*, keep: UUID, drop: UUID) -> Merge:
    """Two entries are one person: `drop` points at `keep` and stays. Phones move; which ones is
    kept, to be undone.

    Raises `PersonNotFound`, `NotAllowed`.
    """
    rows = Person.objects.select_for_update().filter(id__in=[keep, drop])
    found = {p.id: p for p in rows.order_by("id")}
    if len(found) != 2:
        raise PersonNotFound
    kept, dropped = found[keep], found[drop]
    require(Verb.EDIT_PEOPLE, place=kept.area)
    require(Verb.EDIT_PEOPLE, place=dropped.area)
    known = set(Phone.objects.filter(person=kept).values_list("number", flat=True))
    moving = Phone.objects.filter(person=dropped).exclude(number__in=known)
    merge = Merge(
        kept=kept, dropped=dropped, area=kept.area, shift=len(known), at=clock.now(),
        phones=list(moving.values_list("id", flat=True)), by=current_actor().name,
    )  # fmt: skip
    moving.update(
        person=kept, area=kept.area, unit=kept.unit, serving=kept.serving,
        rank=F("rank") + len(known),
    )  # fmt: skip
    dropped.merged_into = kept
    dropped.save(update_fields=["merged_into"])
    merge.save()
    write_line(action="persons_merged", area=kept.area, subject=keep, dropped=str(drop))
    return merge


def unmerge_persons(*, drop: UUID) -> Merge:
    """Undo: `drop` is a person of its own again, with the phones that had moved.

    Raises `MergeNotFound`, `NotAllowed`.
    """
    merges = Merge.objects.select_for_update().filter(dropped=drop, undone_at=None)
    merge = merges.select_related("dropped").order_by("-at").first()
    if merge is None:
        raise MergeNotFound
    person = merge.dropped
    require(Verb.EDIT_PEOPLE, place=merge.area)
    require(Verb.EDIT_PEOPLE, place=person.area)
    Phone.objects.filter(id__in=merge.phones, person=merge.kept_id).update(
        person=person, area=person.area, unit=person.unit, serving=person.serving,
        rank=F("rank") - merge.shift,
    )  # fmt: skip
    person.merged_into = None
    person.save(update_fields=["merged_into"])
    merge.undone_at = clock.now()
    merge.save(update_fields=["undone_at"])
    write_line(action="merge_undone", area=merge.area, subject=merge.kept_id, dropped=str(drop))
    return merge
