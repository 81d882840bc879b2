"""A batch of records: accepted, flagged, held; once each, whatever the network does."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import Record, record_batch, revoke_device
from muster.apps.screening.actions.records import LIMIT
from muster.apps.screening.errors import BatchTooLarge, DeviceRefused
from muster.apps.screening.models import Sampled, Specimen, Tube
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_

__all__ = ["round_"]


def test_known_residents_are_accepted_each_with_a_receipt(
    city: SmallCity, round_: OpenRound
) -> None:
    sent = [record(p) for p in city.residents[:10]]
    receipts = record_batch(token=round_.tokens[0], records=sent)
    assert [r.id for r in receipts] == [r.id for r in sent]
    assert {r.state for r in receipts} == {"accepted"}
    with act_as(city.secretary):
        assert Sampled.objects.filter(round=round_.id).count() == 10
        assert Tube.objects.get(round=round_.id).code == TUBE


def test_the_same_batch_again_gets_the_same_receipts_and_changes_nothing(
    city: SmallCity, round_: OpenRound
) -> None:
    sent = [record(p) for p in city.residents[:5]]
    first = record_batch(token=round_.tokens[0], records=sent)
    again = record_batch(token=round_.tokens[0], records=list(reversed(sent)))
    assert again == list(reversed(first))
    with act_as(city.secretary):
        assert Specimen.objects.count() == 5


def test_a_record_twice_in_one_batch_is_one_record(city: SmallCity, round_: OpenRound) -> None:
    one = record(city.residents[0])
    receipts = record_batch(token=round_.tokens[0], records=[one, one])
    assert [r.state for r in receipts] == ["accepted", "accepted"]
    with act_as(city.secretary):
        assert Specimen.objects.count() == 1


def test_the_same_person_at_two_tables_is_kept_twice_and_flagged_once(
    city: SmallCity, round_: OpenRound
) -> None:
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    (second,) = record_batch(
        token=round_.tokens[1], records=[record(city.residents[0], "LC0000000002")]
    )
    assert (second.state, second.code) == ("flagged", "person_already_recorded")
    with act_as(city.secretary):
        assert Sampled.objects.count() == 1
        assert Tube.objects.count() == 2


@pytest.mark.parametrize(
    ("tube", "who", "code"),
    [
        ("lc1", "resident", "tube_code_malformed"),
        (TUBE, "stranger", "person_other_community"),
        (TUBE, "nobody", "person_unknown"),
        (TUBE, "unsaid", "person_unknown"),
    ],
)
def test_what_cannot_be_judged_is_held_with_its_code_and_the_rest_goes_in(
    city: SmallCity, round_: OpenRound, tube: str, who: str, code: str
) -> None:
    person = {
        "resident": city.residents[0],
        "stranger": city.strangers[0],
        "nobody": uuid4(),
        "unsaid": None,
    }[who]
    bad = record(person, tube, said={"door": "3-2-501"} if who == "unsaid" else None)
    receipts = record_batch(token=round_.tokens[0], records=[bad, record(city.residents[1])])
    assert [(r.state, r.code) for r in receipts] == [("held", code), ("accepted", "")]
    with act_as(city.secretary):
        kept = Specimen.objects.get(id=bad.id)
        assert kept.tube == tube
        assert kept.said == ({"door": "3-2-501"} if who == "unsaid" else None)


def test_the_eleventh_person_of_a_tube_of_ten_is_held(city: SmallCity, round_: OpenRound) -> None:
    receipts = record_batch(
        token=round_.tokens[0], records=[record(p) for p in city.residents[:11]]
    )
    assert [r.state for r in receipts] == ["accepted"] * 10 + ["held"]
    assert receipts[-1].code == "tube_full"


def test_a_tube_opened_at_another_table_is_held(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    (receipt,) = record_batch(token=round_.tokens[1], records=[record(city.residents[1])])
    assert receipt.code == "tube_other_table"


def test_a_revoked_phone_is_answered_record_by_record(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    (receipt,) = record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    assert (receipt.state, receipt.code) == ("held", "device_revoked")


def test_an_unknown_phone_is_refused_whole(city: SmallCity, round_: OpenRound) -> None:
    forged = round_.tokens[0][:-4] + "AAAA"
    with pytest.raises(DeviceRefused):
        record_batch(token=forged, records=[record(city.residents[0])])
    with pytest.raises(DeviceRefused):
        record_batch(token="nonsense", records=[])


def test_a_batch_has_a_limit(round_: OpenRound) -> None:
    with pytest.raises(BatchTooLarge):
        record_batch(token=round_.tokens[0], records=[record(None)] * (LIMIT + 1))


def test_a_device_clock_decides_nothing(city: SmallCity, round_: OpenRound) -> None:
    wrong = Record(new_id(), TUBE, clock.now() - timedelta(days=400), city.residents[0])
    (receipt,) = record_batch(token=round_.tokens[0], records=[wrong])
    assert receipt.state == "accepted"
    assert abs(receipt.received_at - clock.now()) < timedelta(minutes=1)


def test_a_batch_takes_few_round_trips_however_large(
    city: SmallCity, round_: OpenRound, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(6, connection=connection):  # type: ignore[operator]
        record_batch(token=round_.tokens[0], records=[record(p) for p in city.residents[:10]])
