"""muster.apps.people.queries.phones: a token opens its own phone, and only while that may work."""

from datetime import timedelta
from secrets import token_bytes

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.queries.phones import bearer_at_work, is_over
from muster.apps.screening.actions import revoke_device
from muster.apps.screening.models import Device
from muster.protocols.devices import DeviceRefused, DeviceRevoked, DeviceToken
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_

__all__ = ["round_"]


def at_work(token: str, *, late: bool = False) -> Device:
    with bearer_at_work(token, Device.objects.all(), late=late) as phone:
        return phone


def test_a_token_opens_its_own_phone(round_: OpenRound) -> None:
    shown = DeviceToken.parse(round_.tokens[0])
    assert at_work(round_.tokens[0]).id == shown.device
    forged = DeviceToken(shown.device, shown.area, token_bytes(24)).text()
    unknown = DeviceToken(round_.id, shown.area, shown.secret).text()
    for token in (forged, unknown, "nothing"):
        with pytest.raises(DeviceRefused):
            at_work(token, late=True)


def test_a_revoked_one_may_be_late_and_nothing_else(city: SmallCity, round_: OpenRound) -> None:
    token = round_.tokens[0]
    with act_as(city.secretary):
        revoke_device(device=DeviceToken.parse(token).device)
    with pytest.raises(DeviceRevoked):
        at_work(token)
    assert is_over(at_work(token, late=True))


def test_one_that_has_run_out_is_over(round_: OpenRound) -> None:
    token = round_.tokens[0]
    phone = at_work(token)
    assert not is_over(phone)
    with as_system("time passes"):
        Device.objects.filter(id=phone.id).update(expires_at=phone.enrolled_at - timedelta(1))
    with pytest.raises(DeviceRevoked):
        at_work(token)
