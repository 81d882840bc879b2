"""Enter places: a city's tree, or the doors of one building."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection

from muster.apps.audit.actions import insert_rows, write_line
from muster.apps.communities.errors import ParentMissing
from muster.apps.communities.models import Place
from muster.apps.people.queries.access import require
from muster.protocols.access import Verb

COLUMNS = (
    "id", "parent_id", "kind", "name", "name_en", "aliases", "label", "code", "area", "path",
    "ordinal", "longitude", "latitude",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPlace:
    """A place to enter. `key` names it within this call; `parent` is a key of this call or the id
    of a place that is there. `area`: 12-digit code of its community (its own code above)."""

    key: str
    parent: str | int | None
    kind: str
    name: str
    area: int
    name_en: str = ""
    code: int | None = None
    label: str = ""
    aliases: Sequence[str] = ()
    ordinal: int = 0
    longitude: float | None = None
    latitude: float | None = None


def register_places(*, places: Sequence[NewPlace], within: int) -> dict[str, int]:
    """Enter places, parents before children, in one go. Returns key → id.

    Raises `NotAllowed`, `ParentMissing`.
    """
    require(Verb.IMPORT_PEOPLE, place=within)
    paths: dict[str | int, list[int]] = _existing_paths(places)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence('communities_place', 'id'))"
            " FROM generate_series(1, %s)",
            [len(places)],
        )
        ids = [row[0] for row in cursor.fetchall()]
    rows = []
    for id_, p in zip(ids, places, strict=True):
        if p.parent is not None and p.parent not in paths:
            raise ParentMissing(place=p.name, parent=p.parent)
        above = paths[p.parent] if p.parent is not None else []
        paths[p.key] = [*above, id_]
        rows.append(
            (
                id_, above[-1] if above else None, p.kind, p.name, p.name_en, list(p.aliases),
                p.label, p.code, p.area, paths[p.key], p.ordinal, p.longitude, p.latitude,
            )
        )  # fmt: skip
    insert_rows("communities_place", COLUMNS, rows)
    write_line(action="places_registered", area=within, count=len(places))
    return {p.key: id_ for p, id_ in zip(places, ids, strict=True)}


def _existing_paths(places: Sequence[NewPlace]) -> dict[str | int, list[int]]:
    ids = {p.parent for p in places if isinstance(p.parent, int)}
    return dict(Place.objects.filter(id__in=ids).values_list("id", "path"))
