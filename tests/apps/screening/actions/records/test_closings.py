"""muster.apps.screening.actions.records.closings: what is in hand, and what is there."""

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import SentChange, record_batch, revoke_device
from muster.apps.screening.models import Change, Closing, Tube
from tests.apps.screening.actions.records.steps import OTHER, closing, move, void
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_

__all__ = ["round_"]


def test_a_tube_is_closed_with_what_was_counted_and_why(city: SmallCity, round_: OpenRound) -> None:
    told = record_batch(
        token=round_.tokens[0],
        records=[record(p) for p in city.residents[:7]],
        closings=[closing(7, reason="队伍已空")],
    )
    assert told[-1].state == "accepted"
    with act_as(city.secretary):
        tube = Tube.objects.get()
        assert (tube.counted, tube.note, tube.size) == (7, "", 10)
        assert Closing.objects.get().reason == "队伍已空"
        assert tube.closed_by == round_.devices[0]
        assert tube.closed_at is not None


def test_numbers_in_what_was_typed_are_masked_and_nothing_is_refused(
    city: SmallCity, round_: OpenRound
) -> None:
    one = record(city.residents[0])
    sent = void(one)
    gone = SentChange(sent.id, sent.record, sent.kind, sent.made_at, reason="本人13900000001要求")
    told = record_batch(
        token=round_.tokens[0],
        records=[one],
        changes=[gone],
        closings=[closing(0, reason="找139 0000 0001换班")],
    )
    assert [r.state for r in told] == ["void", "accepted", "accepted"]
    with act_as(city.secretary):
        assert Closing.objects.get().reason == "找****换班"
        assert Change.objects.get().reason == "本人****要求"


def test_a_closing_before_its_records_waits_and_holds_none_of_them(
    city: SmallCity, round_: OpenRound
) -> None:
    sent = closing(2)
    (told,) = record_batch(token=round_.tokens[0], records=[], closings=[sent])
    assert told.state == "waiting"
    records = [record(p) for p in city.residents[:2]]
    assert {r.state for r in record_batch(token=round_.tokens[0], records=records)} == {"accepted"}
    (again,) = record_batch(token=round_.tokens[0], records=[], closings=[sent])
    assert again.state == "accepted"


def test_more_records_than_swabs_are_flagged_until_they_agree(
    city: SmallCity, round_: OpenRound
) -> None:
    records = [record(p) for p in city.residents[:3]]
    sent = closing(2)
    told = record_batch(token=round_.tokens[0], records=records, closings=[sent])
    assert (told[-1].state, told[-1].code) == ("flagged", "count_differs")
    record_batch(token=round_.tokens[0], records=[], changes=[void(records[2])])
    (again,) = record_batch(token=round_.tokens[0], records=[], closings=[sent])
    assert (again.state, again.code) == ("accepted", "")


def test_a_swab_moved_out_of_a_closed_tube_is_missing_there(
    city: SmallCity, round_: OpenRound
) -> None:
    records = [record(p) for p in city.residents[:2]]
    sent = closing(2)
    record_batch(token=round_.tokens[0], records=records, closings=[sent])
    record_batch(token=round_.tokens[0], records=[], changes=[move(records[0], OTHER)])
    with act_as(city.secretary):
        assert Closing.objects.get().state == "waiting"


def test_another_phones_record_for_a_closed_tube_is_held(
    city: SmallCity, round_: OpenRound
) -> None:
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])], closings=[closing(1)])
    (told,) = record_batch(token=round_.tokens[1], records=[record(city.residents[1])])
    assert (told.state, told.code) == ("held", "tube_other_table")


def test_a_closing_of_another_tables_tube_or_by_a_revoked_phone_is_held(
    city: SmallCity, round_: OpenRound
) -> None:
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    foreign, malformed = record_batch(
        token=round_.tokens[1], records=[], closings=[closing(1), closing(1, "lc1")]
    )
    assert (foreign.state, foreign.code) == ("held", "tube_other_table")
    assert (malformed.state, malformed.code) == ("held", "tube_code_malformed")
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    (revoked,) = record_batch(token=round_.tokens[0], records=[], closings=[closing(1)])
    assert (revoked.state, revoked.code) == ("held", "device_revoked")
    with act_as(city.secretary):
        assert Tube.objects.get().closed_at is None


def test_the_same_closing_again_is_one(city: SmallCity, round_: OpenRound) -> None:
    sent = closing(0)
    first = record_batch(token=round_.tokens[0], records=[], closings=[sent, sent])
    again = record_batch(token=round_.tokens[0], records=[], closings=[sent])
    assert first[0] == first[1] == again[0]
    with act_as(city.secretary):
        assert Closing.objects.count() == 1


def test_a_households_tube_takes_one_household_only(city: SmallCity, round_: OpenRound) -> None:
    """Residents 0 and 1 live behind one door, 2 behind the next."""
    told = record_batch(
        token=round_.tokens[0],
        records=[record(p, TUBE, size=0) for p in city.residents[:3]],
        closings=[closing(2, household=True)],
    )
    assert [t.state for t in told[:3]] == ["accepted", "accepted", "held"]
    assert told[2].code == "tube_other_household"
    (later,) = record_batch(
        token=round_.tokens[0], records=[record(city.residents[4], TUBE, size=0)]
    )
    assert (later.state, later.code) == ("held", "tube_other_household")
    with act_as(city.secretary):
        assert Tube.objects.get().size == 0


def test_a_tube_of_twenty_takes_twenty(city: SmallCity, round_: OpenRound) -> None:
    told = record_batch(
        token=round_.tokens[0], records=[record(p, size=20) for p in city.residents[:21]]
    )
    assert [t.state for t in told] == ["accepted"] * 20 + ["held"]
    assert told[-1].code == "tube_full"


def test_a_size_that_the_policy_does_not_know_is_held(city: SmallCity, round_: OpenRound) -> None:
    (told,) = record_batch(token=round_.tokens[0], records=[record(city.residents[0], size=7)])
    assert (told.state, told.code) == ("held", "tube_size_unknown")
