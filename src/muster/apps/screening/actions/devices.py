"""Phones that may send records: enrol, recognise, revoke."""

import base64
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.errors import DeviceRefused
from muster.apps.screening.models import Device, SamplingTable
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True)
class DeviceToken:
    """What a phone shows with every batch: which device, of which community, and its secret."""

    device: UUID
    area: int
    secret: bytes

    def text(self) -> str:
        """The header value."""
        raw = self.device.bytes + self.area.to_bytes(8, "big") + self.secret
        return base64.urlsafe_b64encode(raw).decode()

    @classmethod
    def parse(cls, text: str) -> "DeviceToken":
        """Raises `DeviceRefused`."""
        try:
            raw = base64.urlsafe_b64decode(text.encode("ascii", "strict"))
        except ValueError as error:
            raise DeviceRefused from error
        if len(raw) != 48:
            raise DeviceRefused
        return cls(UUID(bytes=raw[:16]), int.from_bytes(raw[16:24], "big"), raw[24:])

    @property
    def hash(self) -> bytes:
        """What the server keeps."""
        return sha256(self.secret).digest()


def enrol_device(*, table: UUID, label: str, hours: int = 24) -> tuple[Device, str]:
    """Enrol a phone for a table; returns it and the token that only the phone keeps.

    Raises `NotAllowed`.
    """
    at = SamplingTable.objects.select_related("round").get(id=table)
    require(Verb.ENROL_DEVICE, place=at.area)
    token = DeviceToken(new_id(), at.area, secrets.token_bytes(24))
    now = clock.now()
    device = Device.objects.create(
        id=token.device,
        token_hash=token.hash,
        area=at.area,
        round=at.round,
        table=at,
        label=label,
        enrolled_by=current_actor().name,
        enrolled_at=now,
        expires_at=now + timedelta(hours=hours),
    )
    write_line(action="device_enrolled", area=at.area, subject=device.id, table=at.number)
    return device, token.text()


def revoke_device(*, device: UUID) -> datetime:
    """From now on what this phone sends is held, not taken. Raises `NotAllowed`."""
    found = Device.objects.select_for_update().get(id=device)
    require(Verb.ENROL_DEVICE, place=found.area)
    found.revoked_at = found.revoked_at or clock.now()
    found.save(update_fields=["revoked_at"])
    write_line(action="device_revoked", area=found.area, subject=device)
    return found.revoked_at
