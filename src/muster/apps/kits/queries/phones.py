"""What a phone at the doors of a series may know, and which phones there are."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from muster.apps.communities.queries.places import ancestors
from muster.apps.kits.errors import KitWalkTooLarge
from muster.apps.kits.models import KitPhone, Series
from muster.apps.kits.queries.doors import DoorLine, doors_of, held_in
from muster.apps.kits.queries.series import facts_of, rule_of, today
from muster.apps.kits.queries.stock import stores_of
from muster.apps.people.queries.accounts import names_of_actors
from muster.apps.people.queries.people import persons
from muster.apps.people.queries.phones import bearer_at_work
from muster.kernel import clock
from muster.protocols.visits import walking_key

LIMIT = 2000
"""People on one phone."""
NAMED = ("estate", "building", "unit", "door")


@contextmanager
def kit_phone_at_work(token: str, *, late: bool = False) -> Iterator[KitPhone]:
    """One transaction as the phone of this token, which is neither revoked nor run out, or which
    may be `late`: then whoever calls looks. Raises `DeviceRefused`, `DeviceRevoked`."""
    phones = KitPhone.objects.select_related("series", "place")
    with bearer_at_work(token, phones, late=late) as phone:
        yield phone


def kit_slice(phone: KitPhone) -> dict[str, Any]:
    """The doors of a phone's place with who lives there, what each has had, who has reported which
    day; see docs/reference/sync.md. To be called within `kit_phone_at_work`.

    Raises `KitWalkTooLarge`.
    """
    series = phone.series
    facts, rule = facts_of(series), rule_of(series)
    doors = doors_of(series, [phone.place_id], day=facts.day_on(today()))
    if sum(len(d.people) for d in doors) > LIMIT:
        raise KitWalkTooLarge(limit=LIMIT, reason="")
    doors.sort(key=lambda d: walking_key(d.label))
    people = [p.person for d in doors for p in d.people]
    initials = dict(persons().filter(id__in=people).values_list("id", "initials"))
    return {
        "phone": {"id": phone.id, "expires_at": phone.expires_at},
        "series": {
            "id": series.id,
            "title": series.title,
            "starts_on": facts.starts_on,
            "days": facts.days,
            "kits_per_person": facts.kits_per_person,
            "daily": facts.daily,
            "closed": facts.closed,
            "late_hour": rule.late_hour,
            "zone_minutes": _zone_minutes(),
            "results": [
                {"key": k.key, "recall": k.recall, "releases": k.releases} for k in rule.results
            ],
        },
        "place": {"id": phone.place_id, "name": whole_name(phone)},
        "stores": [{"id": s.id, "name": s.name} for s in stores_of(series.area)],
        "doors": [(d.door, d.label, d.building) for d in doors],
        "people": [
            (p.person, p.name, initials.get(p.person, ""), d.door, p.phone)
            for d in doors
            for p in d.people
        ],
        "issues": _issues(series, doors),
        "results": _results(doors),
        "held": sorted(held_in(series) & set(people)),
    }


def _zone_minutes() -> int:
    offset = clock.to_local(clock.now()).utcoffset()
    return int(offset.total_seconds() // 60) if offset else 0


def whole_name(phone: KitPhone) -> str:
    """The phone's place with the estate and building that it lies in."""
    return " ".join(p.name for p in ancestors(phone.place) if p.kind in NAMED)


def _issues(series: Series, doors: list[DoorLine]) -> list[tuple[Any, ...]]:
    """Issues that stand at these doors: id, door, what it covers, kits, when, by whom."""
    rows = list(
        series.issues.filter(door__in=[d.door for d in doors], returned_at=None).order_by("id")
    )
    names = names_of_senders(r.by for r in rows)
    return [(r.id, r.door_id, r.day, r.kits, r.at, names.get(r.by, "")) for r in rows]


def _results(doors: list[DoorLine]) -> list[tuple[UUID, int, str]]:
    return [(p.person, c.day, c.value) for d in doors for p in d.people for c in p.cells if c.value]


def names_of_senders(actors: Iterable[str]) -> dict[str, str]:
    """Actor → how it is called: an account by its name, a phone by its label."""
    asked = set(actors)
    keys = {a: a.removeprefix("device:") for a in asked if a.startswith("device:")}
    labels = dict(
        KitPhone.objects.filter(id__in=[UUID(k) for k in keys.values()]).values_list("id", "label")
    )
    phones = {a: labels[UUID(k)] for a, k in keys.items() if UUID(k) in labels}
    return names_of_actors(asked) | phones


def phones_of(series: Series) -> list[KitPhone]:
    """The phones of a series, the last enrolled first."""
    return list(series.phones.select_related("place").order_by("-enrolled_at"))
