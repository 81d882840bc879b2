"""Phones that may send records: enrol, recognise, revoke."""

import secrets
from datetime import datetime, timedelta
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.models import Device, SamplingTable
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb
from muster.protocols.devices import DeviceToken


def enrol_device(*, table: UUID, label: str, hours: int = 24) -> tuple[Device, str]:
    """Enrol a phone for a table; returns it and the token that only the phone keeps.

    Raises `NotAllowed`.
    """
    at = SamplingTable.objects.select_related("round").get(id=table)
    require(Verb.ENROL_DEVICE, place=at.area)
    return issue_token(at, label=label, by=current_actor().name, hours=hours)


def issue_token(
    at: SamplingTable, *, label: str, by: str, hours: int = 24, walks: int | None = None,
    swabs: bool = True,
) -> tuple[Device, str]:  # fmt: skip
    """Make a phone the phone of a table, or of a walk. Whoever calls has asked whether `by` may."""
    token = DeviceToken(new_id(), at.area, secrets.token_bytes(24))
    now = clock.now()
    device = Device.objects.create(
        id=token.device,
        token_hash=token.hash,
        area=at.area,
        round=at.round,
        table=at,
        walks=walks,
        swabs=swabs,
        label=label,
        enrolled_by=by,
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
