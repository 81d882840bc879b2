"""muster.apps.kits.actions.words: what phones say of kits, once, in any order, one receipt each."""

from itertools import permutations
from uuid import UUID, uuid4

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import revoke_kit_phone, take_kit_words
from muster.apps.kits.models import KitFollowUp, KitIssue, KitResult, KitWord, StockMovement
from muster.kernel.ids import new_id
from muster.protocols.devices import DeviceRefused
from tests.support.city import OpenRound, SmallCity
from tests.support.kit_words import Pair, pair, pair_at
from tests.support.kits import Kits, kits
from tests.support.records import round_

__all__ = ["kits", "pair", "round_"]


def balance(city: SmallCity) -> int:
    with act_as(city.secretary):
        return sum(StockMovement.objects.values_list("quantity", flat=True))


def test_a_word_is_taken_once(city: SmallCity, pair: Pair) -> None:
    issue = pair.issue(city.places["D1111"])
    assert pair.say(issue, issue) == ["accepted", "accepted"]
    first = take_kit_words(token=pair.token, words=[issue])
    assert take_kit_words(token=pair.token, words=[issue]) == first
    with act_as(city.secretary):
        made = KitIssue.objects.get()
        assert (made.id, made.kits, made.day) == (issue.id, 10, 0)
        assert made.by == f"device:{pair.phone}"
        assert StockMovement.objects.filter(issue=made).count() == 1
    assert balance(city) == 520


def test_a_result_is_taken_and_a_positive_becomes_a_task(city: SmallCity, pair: Pair) -> None:
    door, (one, other) = city.places["D1111"], city.residents[:2]
    assert pair.say(pair.result(door, one), pair.result(door, other, "positive")) == [
        "accepted", "accepted",
    ]  # fmt: skip
    with act_as(city.secretary):
        assert set(KitResult.objects.values_list("person", "value")) == {
            (one, "negative"), (other, "positive"),
        }  # fmt: skip
        assert KitFollowUp.objects.get().person_id == other


def test_taken_back_in_one_batch_nothing_was_done(city: SmallCity, pair: Pair) -> None:
    door, person = city.places["D1111"], city.residents[0]
    issue, positive = pair.issue(door), pair.result(door, person, "positive")
    assert pair.say(issue, positive, pair.undo(issue), pair.undo(positive)) == ["accepted"] * 4
    with act_as(city.secretary):
        assert not KitIssue.objects.exists()
        assert not KitResult.objects.exists()
        assert not KitFollowUp.objects.exists()
        assert KitWord.objects.count() == 4
    assert balance(city) == 530


@pytest.mark.parametrize("order", list(permutations(range(4))))
def test_any_order_of_batches_ends_alike(city: SmallCity, pair: Pair, order: list[int]) -> None:
    door, person = city.places["D1111"], city.residents[0]
    issue, result = pair.issue(city.places["D1112"]), pair.result(door, person)
    words = [issue, pair.undo(issue), result, pair.undo(result)]
    for n in order:
        pair.say(words[n])
    assert pair.say(*words) == ["accepted"] * 4
    with act_as(city.secretary):
        assert not KitIssue.objects.filter(returned_at=None).exists()
        assert not KitResult.objects.exists()
    assert balance(city) == 530


def test_an_undo_before_its_word_waits(city: SmallCity, pair: Pair) -> None:
    issue = pair.issue(city.places["D1111"])
    undo = pair.undo(issue)
    assert pair.say(undo) == ["waiting"]
    assert pair.say(issue) == ["accepted"]
    assert pair.say(undo) == ["accepted"]
    assert pair.say(pair.issue(city.places["D1111"])) == ["accepted"]


def test_only_who_said_it_takes_it_back(city: SmallCity, kits: Kits, pair: Pair) -> None:
    other = pair_at(city, kits, label="手机乙")
    issue, early = pair.issue(city.places["D1111"]), pair.issue(city.places["D1112"])
    pair.say(issue)
    theirs = other.undo(early)
    assert other.say(other.undo(issue), theirs) == ["held:kit_word_other_device", "waiting"]
    pair.say(early)
    assert other.say(theirs) == ["held:kit_word_other_device"]
    with act_as(city.secretary):
        assert KitIssue.objects.filter(returned_at=None).count() == 2


def test_people_whom_nobody_knows_or_who_live_elsewhere(city: SmallCity, pair: Pair) -> None:
    door = city.places["D1111"]
    said = [uuid4(), city.strangers[0], city.residents[10]]
    assert pair.say(*(pair.result(door, person) for person in said)) == [
        "held:person_unknown", "held:person_other_community", "held:stranger_at_door",
    ]  # fmt: skip


def test_a_revoked_phones_words_are_held(city: SmallCity, pair: Pair) -> None:
    issue = pair.issue(city.places["D1111"])
    with act_as(city.secretary):
        revoke_kit_phone(phone=pair.phone)
    held = "held:device_revoked"
    assert pair.say(issue, pair.undo(issue), pair.result(city.places["D1111"], new_id())) == [
        held, held, held,
    ]  # fmt: skip
    assert pair.say(issue) == [held]
    with act_as(city.secretary):
        assert not KitIssue.objects.exists()
        assert KitWord.objects.get(id=issue.id).taken_back_at is None


def test_a_phone_of_a_round_has_no_word_here(
    city: SmallCity, round_: OpenRound, pair: Pair
) -> None:
    with pytest.raises(DeviceRefused):
        take_kit_words(token=round_.tokens[0], words=[pair.issue(city.places["D1111"])])


def test_the_word_of_a_person_is_the_persons(city: SmallCity, pair: Pair) -> None:
    person: UUID = city.residents[0]
    pair.say(pair.result(city.places["D1111"], person))
    with act_as(city.other_secretary):
        assert not KitWord.objects.exists()


@pytest.mark.parametrize("order", list(permutations(range(4))))
@pytest.mark.parametrize("back", [1, 2])
def test_two_pairs_in_any_order_end_with_what_lies_at_the_door(
    city: SmallCity, kits: Kits, pair: Pair, order: list[int], back: int
) -> None:
    door, other = city.places["D1111"], pair_at(city, kits, label="手机乙")
    first, second = pair.issue(door), other.issue(door)
    told = [(pair, first), (other, second), (pair, pair.undo(first)), (other, other.undo(second))]
    for n in order:
        phone, word = told[n]
        if n < 2 + back:
            phone.say(word)
    with act_as(city.secretary):
        stands = list(KitIssue.objects.filter(returned_at=None).values_list("id", flat=True))
    assert stands == ([second.id] if back == 1 else [])
    assert balance(city) == 530 - 10 * (2 - back)
