"""Phones: enrolled for one table, until a time, until revoked; the secret is kept nowhere."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import enrol_device, record_batch, revoke_device
from muster.apps.screening.errors import DeviceRefused
from muster.apps.screening.models import Device, SamplingTable
from muster.kernel import clock
from muster.protocols.devices import DeviceToken
from tests.support.city import OpenRound, SmallCity
from tests.support.records import record, round_

__all__ = ["round_"]


def test_the_server_keeps_a_hash_only(city: SmallCity, round_: OpenRound) -> None:
    token = DeviceToken.parse(round_.tokens[0])
    with act_as(city.secretary):
        kept = Device.objects.get(id=token.device)
    assert bytes(kept.token_hash) == token.hash
    assert token.secret not in bytes(kept.token_hash)


def test_only_who_runs_the_community_enrols(city: SmallCity, round_: OpenRound) -> None:
    table = SamplingTable.objects.filter(round=round_.id).first()
    assert table is not None
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        enrol_device(table=table.id, label="x")


def test_revoking_again_keeps_the_first_time(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        first = revoke_device(device=round_.devices[0])
        assert revoke_device(device=round_.devices[0]) == first


def test_a_phone_whose_time_is_over_is_held(city: SmallCity, round_: OpenRound) -> None:
    with clock.travel(clock.now() + timedelta(hours=25)):
        (receipt,) = record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    assert (receipt.state, receipt.code) == ("held", "device_revoked")


def test_a_forged_token_records_nothing(city: SmallCity, round_: OpenRound) -> None:
    token = DeviceToken.parse(round_.tokens[0])
    for forged in (
        DeviceToken(token.device, token.area + 1, token.secret),
        DeviceToken(token.device, token.area, bytes(24)),
    ):
        with pytest.raises(DeviceRefused):
            record_batch(token=forged.text(), records=[record(city.residents[0])])
