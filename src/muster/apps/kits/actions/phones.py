"""Phones for the doors of a series: a code at the desk becomes a phone's token, once; revoked.

Whoever may hand out kits there makes the code; the phone acts for that account and no other.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.communities.queries.places import place_of, residents_per_place
from muster.apps.kits.errors import (
    KitDoorsElsewhere,
    KitPhoneNotFound,
    KitWalkTooLarge,
    SeriesClosed,
)
from muster.apps.kits.models import KitEnrolment, KitPhone
from muster.apps.kits.queries.phones import LIMIT
from muster.apps.kits.queries.series import series_of
from muster.apps.people.actions.phones import KEPT, VALID, hashed, new_code
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb
from muster.protocols.devices import DeviceToken

if TYPE_CHECKING:
    from muster.apps.communities.models import Place

LIFE = timedelta(hours=24)


def offer_kit_phone(*, series: UUID, place: int) -> tuple[KitEnrolment, str]:
    """A code for one phone that hands out the kits of a series below a place; it is shown once and
    only its hash is kept.

    Raises `SeriesNotFound`, `PlaceNotFound`, `NotAllowed`, `SeriesClosed`, `KitWalkTooLarge`,
    `KitDoorsElsewhere`: the place is no part of the series.
    """
    of, at = series_of(series), place_of(place)
    require(Verb.ISSUE_KITS, place=of.area)
    if at.area != of.area or not set(of.places) & set(at.path):
        raise KitDoorsElsewhere
    if of.closed_at is not None:
        raise SeriesClosed(reason="")
    if residents_per_place([at.id]).get(at.id, 0) > LIMIT:
        raise KitWalkTooLarge(limit=LIMIT, reason="")
    now = clock.now()
    code = new_code()
    offered = KitEnrolment.objects.create(
        code_hash=hashed("kits.enrolment", code),
        area=of.area,
        series=of,
        place=at,
        made_by=current_actor().name,
        made_at=now,
        expires_at=now + VALID,
    )
    write_line(action="kit_phone_offered", area=of.area, subject=offered.id, place=at.id)
    return offered, code


def enrol_kit_phone(*, code: str, label: str) -> tuple[KitPhone, str] | None:
    """The phone that shows the code, and its token; None where no such code is open. Whoever calls
    has counted the guess, and acts as the program: nobody is logged in."""
    now = clock.now()
    offered = (
        KitEnrolment.objects.select_for_update(of=("self",))
        .select_related("series", "place")
        .filter(
            code_hash=hashed("kits.enrolment", code),
            used_at=None,
            expires_at__gt=now,
            series__closed_at=None,
        )
        .first()
    )
    if offered is None:
        return None
    token = DeviceToken(new_id(), offered.area, secrets.token_bytes(24))
    phone = KitPhone.objects.create(
        id=token.device,
        token_hash=token.hash,
        area=offered.area,
        series=offered.series,
        place=offered.place,
        label=f"{label[:60]} · {_short(offered.place)}",
        enrolled_by=offered.made_by,
        enrolled_at=now,
        expires_at=now + LIFE,
    )
    offered.used_at, offered.phone = now, phone.id
    offered.save(update_fields=["used_at", "phone"])
    write_line(action="kit_phone_enrolled", area=phone.area, subject=phone.id)
    return phone, token.text()


def _short(place: Place) -> str:
    """1号楼, but 1-2 for stairs and 1-2-301 for a door."""
    return place.name if place.kind in ("estate", "building") else place.label or place.name


def revoke_kit_phone(*, phone: UUID) -> datetime:
    """From now on what this phone says is held, and it gets no list. Raises `KitPhoneNotFound`,
    `NotAllowed`."""
    found = KitPhone.objects.select_for_update().filter(id=phone).first()
    if found is None:
        raise KitPhoneNotFound
    require(Verb.ISSUE_KITS, place=found.area)
    if found.revoked_at is None:
        found.revoked_at = clock.now()
        found.save(update_fields=["revoked_at"])
        write_line(action="kit_phone_revoked", area=found.area, subject=phone)
    return found.revoked_at


def forget_kit_enrolments() -> int:
    """Old codes go: how many. The program's own work."""
    old, _ = KitEnrolment.objects.filter(expires_at__lt=clock.now() - KEPT).delete()
    return old
