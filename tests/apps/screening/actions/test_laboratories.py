"""muster.apps.screening.actions.laboratories: who may send results, and to which tubes they go."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    Taken,
    record_batch,
    register_laboratory,
    revoke_laboratory,
    take_laboratory_results,
)
from muster.apps.screening.errors import LaboratoryRefused
from muster.apps.screening.models import Recall, Result, Tube
from muster.apps.screening.queries.pools import laboratories_within
from muster.gateways.laboratory import LaboratoryResult
from muster.kernel import clock
from muster.protocols.devices import DeviceToken
from tests.support.city import HERE, STREET, THERE, OpenRound, SmallCity, open_small_round
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]

OTHER = "LC0000000002"


@pytest.fixture
def key(city: SmallCity, round_: OpenRound) -> str:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:10]))
    with act_as(city.headquarters):
        _, token = register_laboratory(name="区实验室", area=STREET, low=HERE, high=THERE)
    return token


def result(value: str, tube: str = TUBE) -> LaboratoryResult:
    return LaboratoryResult(tube, value, clock.now())


def test_a_positive_pool_opens_its_recalls(city: SmallCity, key: str) -> None:
    sent = [result("negative", "LC9999999999"), result("positive"), result("odd")]
    assert take_laboratory_results(token=key, results=sent) == [
        Taken("LC9999999999", "waiting", "tube_unknown"),
        Taken(TUBE, "applied", ""),
        Taken(TUBE, "waiting", "result_unknown"),
    ]
    with act_as(city.secretary):
        assert Recall.objects.count() == 10
        assert Tube.objects.get().result == "positive"
    with act_as(city.headquarters):
        (nowhere,) = Result.objects.filter(round=None)
        assert (nowhere.area, nowhere.code) == (STREET, "tube_unknown")
        assert {r.laboratory for r in Result.objects.all()} == {DeviceToken.parse(key).device}


def test_a_code_in_two_rounds_waits_for_a_person(city: SmallCity, key: str) -> None:
    with act_as(city.secretary):
        second = open_small_round(city)
    record_batch(token=second.tokens[0], records=[record(city.residents[20])])
    (told,) = take_laboratory_results(token=key, results=[result("positive")])
    assert told == Taken(TUBE, "waiting", "tube_ambiguous")
    with act_as(city.secretary):
        assert not Recall.objects.exists()


def test_whoever_is_not_known_or_shut_out_is_refused(city: SmallCity, key: str) -> None:
    shown = DeviceToken.parse(key)
    for forged in ("", "x", DeviceToken(shown.device, shown.area, bytes(24)).text()):
        with pytest.raises(LaboratoryRefused):
            take_laboratory_results(token=forged, results=[result("positive")])
    with act_as(city.headquarters):
        (one,) = laboratories_within(low=HERE, high=HERE)
        revoke_laboratory(laboratory=one.id)
    with pytest.raises(LaboratoryRefused):
        take_laboratory_results(token=key, results=[result("positive")])


def test_a_laboratory_reaches_its_own_places_only(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:3]))
    with act_as(city.headquarters):
        _, elsewhere = register_laboratory(name="x", area=THERE, low=THERE, high=THERE)
    (told,) = take_laboratory_results(token=elsewhere, results=[result("positive")])
    assert told.code == "tube_unknown"
    with act_as(city.secretary):
        assert Tube.objects.get().result == ""


def test_headquarters_lets_laboratories_in(city: SmallCity) -> None:
    with act_as(city.secretary), pytest.raises(NotAllowed):
        register_laboratory(name="x", area=HERE, low=HERE, high=HERE)
    with act_as(city.headquarters), pytest.raises(NotAllowed):
        register_laboratory(name="x", area=HERE, low=0, high=10**12 - 1)
