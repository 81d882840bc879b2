"""What a phone at a table may know: its slice of the roll, and who has been recorded already."""

from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import Q
from django.utils.crypto import salted_hmac

from muster import policies
from muster.apps.communities.queries.doors import residents_of
from muster.apps.communities.queries.places import places
from muster.apps.people.queries.phones import bearer_at_work
from muster.apps.screening.models import (
    Absence,
    CodeKey,
    Device,
    Recall,
    Sampled,
    SamplingTable,
    log_key,
)
from muster.apps.zones.queries import in_force
from muster.kernel import clock
from muster.protocols.filters import filter_of
from muster.protocols.screening import tube_size

EXEMPT, ONE_TUBE_A_HOUSEHOLD, AT_HOME, RECALLED = 1, 2, 4, 8
Person = tuple[UUID, str, str, str, int, str, int, int]


@contextmanager
def phone_at_work(token: str, *, late: bool = False) -> Iterator[Device]:
    """One transaction as the phone of this token, which is neither revoked nor run out, or which
    may be `late`: then whoever calls looks.

    Raises `DeviceRefused`, `DeviceRevoked`.
    """
    phones = Device.objects.select_related("round", "table__site__place")
    with bearer_at_work(token, phones, late=late) as device:
        yield device


def lane_slice(device: Device) -> dict[str, Any]:
    """Round, table, keys and the people whom this table may meet; see docs/reference/sync.md. To be
    called within `phone_at_work`."""
    round_, site = device.round, device.table.site
    tube = policies.load(round_.policy).screening.tube
    return {
        "device": {
            "id": device.id,
            "expires_at": device.expires_at,
            "walks": device.walks,
            "swabs": device.swabs,
        },
        "round": {
            "id": round_.id,
            "title": round_.title,
            "number": round_.number,
            "tube_size": round_.tube_size,
            "sizes": tube.sizes,
            "code_pattern": tube.code_pattern,
            "starts_at": round_.starts_at,
            "ends_at": round_.ends_at,
            "closed": round_.closed_at is not None,
        },
        "site": {"id": site.id, "name": site.name},
        "table": {"id": device.table_id, "number": device.table.number},
        "places": [{"id": site.place_id, "name": site.place.name}],
        "people": _people(device),
        "codes": {"keys": _code_keys()},
    }


def _code_keys() -> list[dict[str, Any]]:
    believed = Q(retired_at=None) | Q(believed_until__gt=clock.now())
    keys = CodeKey.objects.filter(believed).order_by("number")
    return [{"id": k.number, "jwk": k.public} for k in keys]


def _people(device: Device) -> list[Person]:
    """The people of the table's site or of the doors that are walked, in street order, with what a
    recorder has to know of each."""
    site = device.table.site
    roll = residents_of(device.area, within=device.walks or site.place_id)
    households = {door: n for n, door in enumerate(dict.fromkeys(r.place for r in roll), start=1)}
    marks = _marks(device)
    sealed = _one_tube_doors(device, list(households))
    return [
        (
            r.person,
            r.name,
            r.initials,
            r.label,
            households[r.place],
            r.phone_tail,
            marks.get(r.person, 0) | (ONE_TUBE_A_HOUSEHOLD if r.place in sealed else 0),
            site.place_id,
        )
        for r in roll
    ]


def _marks(device: Device) -> dict[UUID, int]:
    """Who is exempt, at home only, or recalled."""
    marks: dict[UUID, int] = {}
    noted = {"exempt": EXEMPT, "home_visit": AT_HOME}
    rows = Absence.objects.filter(round=device.round_id, outcome__in=noted)
    for person, outcome in rows.values_list("person_id", "outcome"):
        marks[person] = noted[outcome]
    recalled = Recall.objects.filter(area=device.area, closed_at=None)
    for person in recalled.values_list("person_id", flat=True):
        marks[person] = marks.get(person, 0) | RECALLED
    return marks


def _one_tube_doors(device: Device, doors: list[int]) -> set[int]:
    """The doors whose level wants one tube a household in this round."""
    policy = policies.load(device.round.policy)
    first = device.round.number == 1
    held = in_force(clock.now())
    return {
        door.id
        for door in places(doors)
        if tube_size(policy, held.level(door.path).level, first_round=first) == 0
    }


def recorded_filter(device: Device) -> tuple[bytes, bytes]:
    """The round's salt, and who has been recorded at which table. The salt is the round's alone, so
    that nobody is followed from one round to the next."""
    salt = salted_hmac("muster.filter", str(device.round_id), algorithm="sha256").digest()[:16]
    numbers = dict(SamplingTable.objects.filter(round=device.round_id).values_list("id", "number"))
    rows = Sampled.objects.filter(**log_key(device.area, device.round_id)).values_list(
        "person", "table"
    )
    return salt, filter_of(salt, ((person, numbers.get(table, 0)) for person, table in rows))


def content_mark(content: bytes) -> str:
    """The ETag of an answer."""
    return f'"{sha256(settings.SECRET_KEY.encode() + content).hexdigest()[:32]}"'
