"""muster.planner.city.event: what becomes illegal, what is new, what is past."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from muster.planner.city.errors import BadEvents
from muster.planner.city.event import (
    Events,
    NewLine,
    apply,
    load_events,
    read_events,
    sealing,
)
from muster.planner.city.generate import generate
from muster.planner.city.problem import FREE, SEALED
from tests.planner.city.cases import nobody, tiny


def test_the_past_stays_and_the_future_is_cleared() -> None:
    city = tiny()
    plan = nobody(city)
    plan[0, [2, 12]] = 0
    after = apply(city, plan, Events(10, unavailable=(0,)))
    assert after.plan[0, 2] == 0
    assert after.plan[0, 12] == FREE
    assert [(b.person, b.line, b.slot) for b in after.illegal] == [(0, 0, 12)]
    assert after.problem.person_available[0, :10].all()
    assert not after.problem.person_available[0, 10:].any()
    assert not after.holes[:, :10].any()


def test_new_lines_weigh_as_those_of_their_role() -> None:
    city = tiny()
    events = Events(10, (1,), (), (NewLine(1, 0, (10, 13), 2, 1), NewLine(1, 3, (11,), 1, 0, 7, 5)))
    after = apply(city, nobody(city), events)
    changed = after.problem
    assert changed.compound_status[1] == SEALED
    assert changed.required[-2, [10, 11, 13]].tolist() == [2, 0, 2]
    assert changed.weight_minimum[-2:].tolist() == [300, 7]
    assert after.holes.sum() == 5


def test_the_benchmark_event() -> None:
    city = generate(4000, 1)
    events = sealing(city, 50, seed=1)
    assert (len(events.unavailable), len(events.lines), events.from_slot) == (50, 17, 10)
    living = np.bincount(city.person_home, minlength=city.compounds)
    opened = np.sort(living[city.compound_status == 0])[::-1]
    assert living[events.sealed[0]] == opened[3]
    assert events == sealing(city, 50, seed=1)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ([], ["write an object"]),
        ({}, ["from_slot must be"]),
        ({"from_slot": 1, "seal": []}, ["seal is unknown"]),
        ({"from_slot": True, "sealed": "x"}, ["from_slot must", "sealed must"]),
        ({"from_slot": 1, "lines": 3}, ["lines must be"]),
        (
            {"from_slot": 1, "lines": [{"place": 0, "slots": [-1], "weight_minimum": -2, "at": 1}]},
            ["lines[0].role", "lines[0].slots", "lines[0].weight_minimum", "lines[0].at"],
        ),
    ],
)
def test_bad_events(data: Any, words: list[str]) -> None:
    with pytest.raises(BadEvents) as caught:
        read_events(data)
    assert not [word for word in words if word not in str(caught.value)]


def test_events_that_do_not_fit_are_all_named() -> None:
    city = tiny()
    events = Events(10, (99,), (77,), (NewLine(0, 12, (3,), 1, 2),))
    with pytest.raises(BadEvents) as caught:
        apply(city, nobody(city), events)
    said = str(caught.value)
    for word in ("sealed 99", "unavailable 77", "slot 3 is past", "no role 12", "minimum 2 of"):
        assert word in said
    with pytest.raises(BadEvents, match="from_slot is 28"):
        apply(city, nobody(city), Events(28))


def test_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "e.json"
    line = {"place": 1, "role": 0, "slots": [10]}
    file.write_text(json.dumps({"from_slot": 10, "sealed": [1], "lines": [line]}), "utf-8")
    assert load_events(file) == Events(10, (1,), (), (NewLine(1, 0, (10,)),))
    file.write_text("{", "utf-8")
    with pytest.raises(BadEvents, match="not JSON"):
        load_events(file)
