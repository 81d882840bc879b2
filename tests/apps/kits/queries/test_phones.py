"""muster.apps.kits.queries.phones: a phone gets its doors and nothing else."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import revoke_kit_phone
from muster.apps.kits.errors import KitWalkTooLarge
from muster.apps.kits.queries import phones
from muster.apps.kits.queries.phones import kit_phone_at_work, kit_slice, phones_of
from muster.kernel import clock
from muster.protocols.devices import DeviceRefused, DeviceRevoked
from tests.support.city import SmallCity
from tests.support.kit_words import Pair, pair, pair_at
from tests.support.kits import Kits, kits

__all__ = ["kits", "pair"]


def test_the_doors_of_its_place_in_walking_order(city: SmallCity, kits: Kits) -> None:
    pair = pair_at(city, kits, "B11")
    door, person = city.places["D1111"], city.residents[0]
    pair.say(pair.issue(door), pair.result(door, person, "positive"))
    with kit_phone_at_work(pair.token) as phone:
        body = kit_slice(phone)
    assert [d[1] for d in body["doors"]][:3] == ["1-1-101", "1-1-201", "1-1-301"]
    assert len(body["people"]) == 2 * len(body["doors"]) == 12
    ((_, at, covers, count, when, by),) = body["issues"]
    assert (at, covers, count, by) == (door, 0, 10, "手机甲 · 1号楼")
    assert when <= clock.now()
    assert body["results"] == [(person, 2, "positive")]
    assert body["held"] == [person]
    assert body["series"]["zone_minutes"] == 480
    assert [s["name"] for s in body["stores"]] == ["居委会仓库"]


def test_too_many_people_are_refused(pair: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(phones, "LIMIT", 3)
    with kit_phone_at_work(pair.token) as phone, pytest.raises(KitWalkTooLarge):
        kit_slice(phone)


def test_revoked_run_out_or_forged(city: SmallCity, kits: Kits, pair: Pair) -> None:
    with clock.travel(clock.now() + timedelta(hours=25)):
        with pytest.raises(DeviceRevoked), kit_phone_at_work(pair.token):
            pass
        with kit_phone_at_work(pair.token, late=True) as phone:
            assert phone.id == pair.phone
    with act_as(city.secretary):
        revoke_kit_phone(phone=pair.phone)
        assert [p.id for p in phones_of(kits.series)] == [pair.phone]
    with pytest.raises(DeviceRevoked), kit_phone_at_work(pair.token):
        pass
    with pytest.raises(DeviceRefused), kit_phone_at_work(pair.token[:-4] + "AAAA"):
        pass
