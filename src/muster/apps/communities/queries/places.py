"""The tree of places."""

from collections.abc import Sequence

from django.db import connection
from django.db.models import Q, QuerySet

from muster.apps.communities.errors import PlaceNotFound
from muster.apps.communities.models import Place


def place_of(place_id: int) -> Place:
    """One place. Raises `PlaceNotFound`."""
    found = Place.objects.filter(id=place_id).first()
    if found is None:
        raise PlaceNotFound(place=place_id)
    return found


def place_with_code(code: int) -> Place:
    """A division by its 12-digit code. Raises `PlaceNotFound`."""
    found = Place.objects.filter(code=code).first()
    if found is None:
        raise PlaceNotFound(place=code)
    return found


def places(ids: Sequence[int]) -> list[Place]:
    """Places by id, in that order; unknown ids are left out."""
    found = Place.objects.in_bulk(list(ids))
    return [found[i] for i in ids if i in found]


def ancestors(place: Place) -> list[Place]:
    """From the root down to the place itself."""
    return places(place.path)


def estates_of(area: int) -> list[Place]:
    """The estates of a community in order."""
    return list(Place.objects.filter(area=area, kind=Place.Kind.ESTATE).order_by("ordinal", "id"))


def below(place_id: int, kind: str | None = None) -> QuerySet[Place]:
    """Everything below a place, or all of one kind there."""
    found = Place.objects.filter(path__contains=[place_id]).exclude(id=place_id)
    return found.filter(kind=kind) if kind else found


def residents_per_place(ids: Sequence[int]) -> dict[int, int]:
    """Who lives in each of these places or below now, within the actor's reach."""
    with connection.cursor() as cursor:
        cursor.execute(
            """SELECT x, count(*) FROM communities_residence r
               JOIN communities_place p ON p.id = r.place_id, unnest(p.path) x
               WHERE r.until IS NULL AND x = ANY(%s) GROUP BY x""",
            [list(ids)],
        )
        counted = dict(cursor.fetchall())
    return {i: counted.get(i, 0) for i in ids}


def find_places(text: str, *, limit: int = 20) -> list[Place]:
    """Places by name, alias or address, largest first."""
    text = text.strip()
    if not text:
        return []
    return list(
        Place.objects.filter(
            Q(name__contains=text) | Q(aliases__contains=[text]) | Q(label__startswith=text)
        )
        .exclude(kind=Place.Kind.DOOR)
        .order_by("id")[:limit]
    )


def count_places() -> int:
    """How many places there are."""
    return Place.objects.count()


def labels_of(ids: Sequence[int]) -> dict[int, str]:
    """Place → short address."""
    return dict(Place.objects.filter(id__in=ids).values_list("id", "label"))


def communities_in(low: int, high: int) -> list[Place]:
    """The communities of a range of codes, by code."""
    return list(
        Place.objects.filter(code__range=(low, high), kind=Place.Kind.COMMUNITY).order_by("code")
    )


def divisions_by_code(codes: Sequence[int]) -> dict[int, Place]:
    """Divisions by their 12-digit codes; unknown codes are left out."""
    return {p.code: p for p in Place.objects.filter(code__in=list(codes)) if p.code is not None}


def estates_within(low: int, high: int) -> list[Place]:
    """The estates of a range of communities, by community."""
    return list(
        Place.objects.filter(area__range=(low, high), kind=Place.Kind.ESTATE).order_by(
            "area", "ordinal", "id"
        )
    )
