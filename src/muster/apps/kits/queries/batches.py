"""What has to be known of a batch of words, whatever their number, before any of it is done."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from muster.apps.kits.models import KitIssue, KitResult, KitWord, Series, Store
from muster.apps.kits.queries.doors import residents_by_door
from muster.apps.kits.queries.series import today
from muster.apps.kits.queries.stock import balances_within
from muster.protocols.kit_words import Kind


@dataclass(frozen=True, slots=True)
class Known:
    """behind: who lives where. taken: ids that an issue or a result has. issues: the one that
    stands, by door and day. results: of whom there is one, and for which day. stores: those of the
    community in which some lot is fit for use."""

    behind: dict[int, list[UUID]]
    taken: set[UUID]
    issues: dict[tuple[int, int], KitIssue]
    results: set[tuple[UUID, int]]
    stores: set[UUID]


def known_of(series: Series, words: Sequence[KitWord]) -> Known:
    """Of issues and results of a series."""
    doors = {w.door for w in words if w.door}
    ids = {w.id for w in words}
    issues = any(w.kind == Kind.ISSUE for w in words)
    results = {w.person for w in words if w.kind == Kind.RESULT and w.person}
    taken: set[UUID] = set()
    if issues:
        taken |= set(KitIssue.objects.filter(id__in=ids).values_list("id", flat=True))
    if results:
        taken |= set(KitResult.objects.filter(id__in=ids).values_list("id", flat=True))
    standing = series.issues.filter(door__in=doors, returned_at=None) if issues else ()
    had = series.results.filter(person__in=results) if results else None
    return Known(
        behind=residents_by_door(series, doors),
        taken=taken,
        issues={(i.door_id, i.day): i for i in standing},
        results=set(had.values_list("person_id", "day")) if had is not None else set(),
        stores=_fit(series, {w.store for w in words if w.store}) if issues else set(),
    )


def _fit(series: Series, named: set[UUID]) -> set[UUID]:
    ours = set(Store.objects.filter(area=series.area, id__in=named).values_list("id", flat=True))
    on = today()
    rows = balances_within(low=series.area, high=series.area)
    return {b.store for b in rows if b.store in ours and b.expires_on >= on}
