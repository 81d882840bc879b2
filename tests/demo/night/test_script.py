"""muster.demo.night.script: what the recorder at the lane does, without a page."""

import pytest

from muster.demo.night.phone import TUBE
from muster.demo.night.script import SHORT, SHORT_IN, UNDO_IN, Queued, Step, write
from muster.kernel.ids import new_id


def a_queue(people: int) -> list[Queued]:
    return [
        Queued(new_id(), f"M1.{i}", f"居民{i}", f"1-1-{i}", alone=bool(i % 3))
        for i in range(people)
    ]  # fmt: skip


def test_everybody_is_in_one_tube_and_tubes_of_ten_close_by_themselves() -> None:
    queue = a_queue(470)
    script = write(queue, 1)
    assert [p for tube in script.tubes.values() for p in tube] == [q.person for q in queue]
    assert script.people == len(queue)
    for code, steps in script.steps.items():
        closed = [s for s in steps if s.do == "close"]
        assert bool(closed) == (script.counts[code] < TUBE or code == list(script.steps)[-1])
        full = [s for s in steps if s.says == "tube_full_closed"]
        assert bool(full) != bool(closed)
    assert list(script.counts.values())[SHORT_IN] == SHORT
    assert script.short >= 1


def test_it_has_one_of_each_thing_that_happens_in_a_night() -> None:
    script = write(a_queue(470), 1)
    steps = [step for own in script.steps.values() for step in own]
    did = [step.do for step in steps]
    for once in ("offline", "online", "undo", "add"):
        assert did.count(once) == 1
    assert did.index("offline") < did.index("online") < did.index("add")
    assert did.count("find") >= 470 // 60
    of_undo = list(script.steps.values())[UNDO_IN]
    at = of_undo.index(Step("undo", says="undone"))
    assert of_undo[at - 1] == of_undo[at + 1]


@pytest.mark.parametrize("people", [1, 8, 9, 10, 11, 76, 86, 470])
def test_the_last_tube_always_has_room_for_one_more(people: int) -> None:
    script = write(a_queue(people), 2)
    assert script.people == people
    last = list(script.counts)[-1]
    assert script.counts[last] == len(script.tubes[last]) + 1 <= TUBE
    assert script.steps[last][-1].do == "close" or script.counts[last] == TUBE
