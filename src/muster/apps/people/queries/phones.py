"""A phone that nobody is logged in on is known by its token."""

import hmac
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, Protocol

from django.db.models import Model, QuerySet

from muster.apps.audit.actions import act_as
from muster.kernel import clock
from muster.protocols.actors import Actor
from muster.protocols.devices import DeviceRefused, DeviceRevoked, DeviceToken


class Limited(Protocol):
    """What may be used until a time, unless it is revoked."""

    expires_at: datetime
    revoked_at: datetime | None


def is_over(phone: Limited) -> bool:
    """Whether it was revoked or its time has run out."""
    return phone.revoked_at is not None or phone.expires_at <= clock.now()


@contextmanager
def bearer_at_work[P: Model](token: str, phones: QuerySet[P], *, late: bool = False) -> Iterator[P]:
    """One transaction as the phone of this token, one of `phones`, which is neither revoked nor run
    out, or which may be `late`: then whoever calls looks.

    Raises `DeviceRefused`, `DeviceRevoked`.
    """
    shown = DeviceToken.parse(token)
    with act_as(Actor.device(shown.device, shown.area)):
        phone: Any = phones.filter(pk=shown.device).first()
        if phone is None or not hmac.compare_digest(bytes(phone.token_hash), shown.hash):
            raise DeviceRefused
        if not late and is_over(phone):
            raise DeviceRevoked
        yield phone
