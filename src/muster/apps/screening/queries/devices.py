"""What a phone at a table may know of itself, its table and the tube in hand."""

from dataclasses import dataclass
from uuid import UUID

from muster.apps.audit.actions import act_as
from muster.apps.screening.errors import DeviceRefused
from muster.apps.screening.models import Device, Specimen
from muster.kernel import clock
from muster.protocols.actors import Actor
from muster.protocols.devices import DeviceToken


@dataclass(frozen=True, slots=True)
class Station:
    """A phone at its table. `in_tube`, `size`: the tube in hand; `total`: people of this table."""

    device: UUID
    area: int
    round: UUID
    title: str
    table: int
    site: str
    active: bool
    tube: str
    in_tube: int
    size: int
    total: int
    last: tuple[Specimen, ...]


def station_of(token: str, *, tube: str = "") -> Station:
    """The station of a device token. Raises `DeviceRefused`."""
    shown = DeviceToken.parse(token)
    with act_as(Actor.device(shown.device, shown.area)):
        device = (
            Device.objects.select_related("round", "table__site").filter(id=shown.device).first()
        )
        if device is None or bytes(device.token_hash) != shown.hash:
            raise DeviceRefused
        counted = Specimen.objects.filter(
            round=device.round_id, state__in=[Specimen.State.ACCEPTED, Specimen.State.FLAGGED]
        )
        return Station(
            device=device.id,
            area=device.area,
            round=device.round_id,
            title=device.round.title,
            table=device.table.number,
            site=device.table.site.name,
            active=device.revoked_at is None and device.expires_at > clock.now(),
            tube=tube,
            in_tube=counted.filter(tube=tube).count() if tube else 0,
            size=device.round.tube_size,
            total=counted.filter(table=device.table_id).count(),
            last=tuple(
                Specimen.objects.filter(round=device.round_id, device=device.id).order_by(
                    "-received_at"
                )[:5]
            ),
        )
