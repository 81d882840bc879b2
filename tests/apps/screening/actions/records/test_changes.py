"""muster.apps.screening.actions.records.changes and .first: mistakes mended by who made them."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import ResultRow, import_results, record_batch, revoke_device
from muster.apps.screening.models import Change, Sampled, Specimen, Tube
from muster.apps.screening.queries.coverage import coverage_total
from tests.apps.screening.actions.records.steps import OTHER, move, void
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def test_a_voided_record_does_not_count_and_its_person_is_missing_again(
    city: SmallCity, round_: OpenRound
) -> None:
    one, two = record(city.residents[0]), record(city.residents[1])
    record_batch(token=round_.tokens[0], records=[one, two])
    (told,) = record_batch(token=round_.tokens[0], records=[], changes=[void(one)])
    assert (told.state, told.code) == ("accepted", "")
    with act_as(city.secretary):
        assert Specimen.objects.get(id=one.id).state == "void"
        assert Change.objects.get().reason == "扫错"
        assert list(Sampled.objects.values_list("person", flat=True)) == [city.residents[1]]
        assert coverage_total(round_.id).tested == 1


def test_when_the_first_is_voided_the_next_counts_as_the_first(
    city: SmallCity, round_: OpenRound
) -> None:
    first, second = record(city.residents[0]), record(city.residents[0], OTHER)
    record_batch(token=round_.tokens[0], records=[first])
    (flagged,) = record_batch(token=round_.tokens[1], records=[second])
    assert flagged.state == "flagged"
    record_batch(token=round_.tokens[0], records=[], changes=[void(first)])
    (again,) = record_batch(token=round_.tokens[1], records=[second])
    assert (again.state, again.code) == ("accepted", "")
    with act_as(city.secretary):
        assert Sampled.objects.get().specimen == second.id


def test_voiding_the_second_leaves_the_first(city: SmallCity, round_: OpenRound) -> None:
    first, second = record(city.residents[0]), record(city.residents[0], OTHER)
    record_batch(token=round_.tokens[0], records=[first])
    record_batch(token=round_.tokens[1], records=[second], changes=[void(second)])
    with act_as(city.secretary):
        assert Sampled.objects.get().specimen == first.id
        assert Specimen.objects.get(id=first.id).state == "accepted"


def test_a_change_that_comes_before_its_record_waits_for_it(
    city: SmallCity, round_: OpenRound
) -> None:
    one = record(city.residents[0])
    early = void(one)
    (told,) = record_batch(token=round_.tokens[0], records=[], changes=[early])
    assert told.state == "waiting"
    (of_record,) = record_batch(token=round_.tokens[0], records=[one])
    assert of_record.state == "void"
    (again,) = record_batch(token=round_.tokens[0], records=[], changes=[early])
    assert again.state == "accepted"
    with act_as(city.secretary):
        assert not Sampled.objects.exists()


def test_changes_of_one_record_are_done_in_the_order_of_their_ids(
    city: SmallCity, round_: OpenRound
) -> None:
    one = record(city.residents[0])
    there, back = move(one, OTHER), move(one, TUBE)
    record_batch(token=round_.tokens[0], records=[], changes=[back, there])
    record_batch(token=round_.tokens[0], records=[one])
    with act_as(city.secretary):
        assert Specimen.objects.get().tube == TUBE
        assert set(Change.objects.values_list("state", flat=True)) == {"accepted"}


@pytest.mark.parametrize("together", [True, False])
def test_the_place_of_a_voided_record_is_free_for_the_next_swab(
    city: SmallCity, round_: OpenRound, together: bool
) -> None:
    """Taken back at the table, then ten in the tube: eleven records and a void, in any order."""
    wrong, *ten = tube_of(city.residents[:11])
    if together:
        *_, last, _ = record_batch(
            token=round_.tokens[0], records=[wrong, *ten], changes=[void(wrong)]
        )
    else:
        *_, full = record_batch(token=round_.tokens[0], records=[wrong, *ten])
        assert (full.state, full.code) == ("held", "tube_full")
        record_batch(token=round_.tokens[0], records=[], changes=[void(wrong)])
        (last,) = record_batch(token=round_.tokens[0], records=ten[-1:])
    assert (last.state, last.code) == ("accepted", "")
    with act_as(city.secretary):
        assert coverage_total(round_.id).tested == 10


def test_a_moved_record_counts_in_the_other_tube(city: SmallCity, round_: OpenRound) -> None:
    one, two = record(city.residents[0]), record(city.residents[1])
    record_batch(token=round_.tokens[0], records=[one, two], changes=[move(one, OTHER)])
    with act_as(city.secretary):
        assert Specimen.objects.get(id=one.id).tube == OTHER
        assert Specimen.objects.get(id=one.id).state == "accepted"
        assert Tube.objects.get(code=OTHER).result == ""


def test_a_record_held_for_its_tube_counts_once_the_tube_is_right(
    city: SmallCity, round_: OpenRound
) -> None:
    wrong = record(city.residents[0], "lc1")
    (held,) = record_batch(token=round_.tokens[0], records=[wrong])
    assert held.state == "held"
    of_record, of_change = record_batch(
        token=round_.tokens[0], records=[wrong], changes=[move(wrong, TUBE)]
    )
    assert (of_record.state, of_change.state) == ("accepted", "accepted")
    with act_as(city.secretary):
        assert Sampled.objects.get().specimen == wrong.id


def test_a_stranger_in_a_wrong_tube_stays_held_for_the_person(
    city: SmallCity, round_: OpenRound
) -> None:
    wrong = record(city.strangers[0], "lc1")
    record_batch(token=round_.tokens[0], records=[wrong])
    of_record, _ = record_batch(
        token=round_.tokens[0], records=[wrong], changes=[move(wrong, TUBE)]
    )
    assert (of_record.state, of_record.code) == ("held", "person_other_community")


def test_another_phone_may_not_change_it(city: SmallCity, round_: OpenRound) -> None:
    one = record(city.residents[0])
    early = void(one)
    record_batch(token=round_.tokens[1], records=[], changes=[early])
    record_batch(token=round_.tokens[0], records=[one])
    late, again = record_batch(token=round_.tokens[1], records=[], changes=[void(one), early])
    assert {(c.state, c.code) for c in (late, again)} == {("held", "record_other_device")}
    with act_as(city.secretary):
        assert Specimen.objects.get().state == "accepted"


@pytest.mark.parametrize(
    ("tube", "code"),
    [("lc1", "tube_code_malformed"), ("LC0000000009", "tube_other_table"), (OTHER, "tube_full")],
)
def test_a_move_into_a_tube_that_cannot_be_is_held(
    city: SmallCity, round_: OpenRound, tube: str, code: str
) -> None:
    one = record(city.residents[0])
    full = [record(p, OTHER) for p in city.residents[1:11]]
    record_batch(token=round_.tokens[0], records=[one, *full])
    record_batch(token=round_.tokens[1], records=[record(city.residents[20], "LC0000000009")])
    (told,) = record_batch(token=round_.tokens[0], records=[], changes=[move(one, tube)])
    assert (told.state, told.code) == ("held", code)
    with act_as(city.secretary):
        assert Specimen.objects.get(id=one.id).tube == TUBE


def test_a_move_within_a_full_tube_changes_nothing(city: SmallCity, round_: OpenRound) -> None:
    full = [record(p) for p in city.residents[:10]]
    told = record_batch(token=round_.tokens[0], records=full, changes=[move(full[3], TUBE)])
    assert told[-1].state == "accepted"


def test_once_the_laboratory_has_answered_the_desk_decides(
    city: SmallCity, round_: OpenRound
) -> None:
    one = record(city.residents[0])
    record_batch(token=round_.tokens[0], records=[one])
    with act_as(city.headquarters):
        import_results(round_id=round_.id, rows=[ResultRow(2, TUBE, "negative")])
    told = record_batch(token=round_.tokens[0], records=[], changes=[void(one), move(one, OTHER)])
    assert {(t.state, t.code) for t in told} == {("held", "tube_resulted")}


def test_the_same_change_again_changes_nothing(city: SmallCity, round_: OpenRound) -> None:
    one = record(city.residents[0])
    record_batch(token=round_.tokens[0], records=[one])
    change = void(one)
    first = record_batch(token=round_.tokens[0], records=[], changes=[change, change])
    again = record_batch(token=round_.tokens[0], records=[], changes=[change])
    assert first[0] == first[1] == again[0]
    (other,) = record_batch(token=round_.tokens[0], records=[], changes=[void(one)])
    assert (other.state, other.code) == ("held", "record_void")


def test_a_revoked_phone_changes_nothing(city: SmallCity, round_: OpenRound) -> None:
    one = record(city.residents[0])
    record_batch(token=round_.tokens[0], records=[one])
    with act_as(city.secretary):
        revoke_device(device=round_.devices[0])
    (told,) = record_batch(token=round_.tokens[0], records=[], changes=[void(one)])
    assert (told.state, told.code) == ("held", "device_revoked")
    with act_as(city.secretary):
        assert Specimen.objects.get().state == "accepted"
