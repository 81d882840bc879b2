"""Call times follow from what the tables can do."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.policies import load
from muster.rounds.calling import Sent, calls, minute_of_doors, pause_share, per_minute, slot_size
from muster.simulate.round import manner_of
from tests.rounds.areas import buildings

POLICY = load("2022-04")
MANNER = manner_of(POLICY)


def test_pauses_take_their_share_of_the_time() -> None:
    assert pause_share(MANNER) == pytest.approx(10 / 120 + 30 / 270)
    assert pause_share(replace(MANNER, pause_every=0, suit_hours=0)) == 0


def test_a_table_does_what_its_slower_half_does() -> None:
    register, swab = MANNER.per_person
    away = 1 - pause_share(MANNER)
    assert per_minute(MANNER) == pytest.approx(min(away / register, 1 / swab))
    assert per_minute(MANNER, samplers=1) == pytest.approx(min(away / register, away / swab))
    assert per_minute(replace(MANNER, at_once=2), recorders=9) == pytest.approx(2 * away / swab)


def test_a_call_is_a_part_of_what_ten_minutes_can_do() -> None:
    conduct = POLICY.screening.conduct
    able = per_minute(MANNER) * 6 * conduct.call_every_minutes
    assert slot_size(POLICY, MANNER, 6) == int(able * conduct.call_load)


@given(st.integers(1, 12), st.integers(5, 120), st.sampled_from([0, 20]))
def test_no_slot_is_much_larger_than_it_may_be(count: int, size: int, opens: int) -> None:
    sent = [Sent(b, walk=float(n)) for n, b in enumerate(buildings(count))]
    made = list(calls(sent, 0, size, opens, 10))
    assert sum(call.people for call in made) == sum(each.building.coming for each in sent)
    slots: dict[int, int] = {}
    for call in made:
        assert call.minute % 10 == opens % 10
        slots[call.minute] = slots.get(call.minute, 0) + call.people
    assert min(slots) == opens
    assert sorted(slots) == list(range(opens, max(slots) + 1, 10))
    assert max(slots.values()) <= size * 1.5 + 3
    so_far = 0
    for turn, minute in enumerate(sorted(slots), 1):
        so_far += slots[minute]
        assert so_far <= size * turn + size / 2 + 3


def test_the_nearest_building_comes_first() -> None:
    near, far = buildings(2)
    made = list(calls([Sent(far, 9.0), Sent(near, 0.5)], 0, 50, 0, 10))
    assert made[0].building == near.key
    assert made[-1].building == far.key


def test_each_door_is_called_with_its_range() -> None:
    doors = ["1-101", "1-102", "1-201", "1-202", "1-301"]
    ranges = [(20, "1-201", "1-202"), (0, "1-101", "1-102")]
    assert minute_of_doors(doors, ranges) == {
        "1-101": 0, "1-102": 0, "1-201": 20, "1-202": 20,
        "1-301": 20,  # moved in since: with the last
    }  # fmt: skip
    assert minute_of_doors(doors, []) == {}
    assert minute_of_doors([], ranges) == {}
