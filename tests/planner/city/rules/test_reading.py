"""muster.planner.city.rules.reading, muster.planner.city.rules.contradictions,
muster.planner.city.rules.model: every contradiction at once; files without rules as ever."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from muster.planner.city.errors import BadCity
from muster.planner.city.files import load_problem, load_rules, save_problem
from muster.planner.city.problem import SEALED
from muster.planner.city.rules.model import NAMES, Rules, no_rules
from muster.planner.city.rules.reading import rules_of
from tests.planner.city.cases import tiny
from tests.planner.city.rules.cases import some_rules


def faults(rules: Rules, **city: object) -> str:
    with pytest.raises(BadCity) as refused:
        rules_of(replace(tiny(), **city), rules.stored())  # type: ignore[arg-type]
    return "\n".join(refused.value.data["faults"])


def test_there_and_back(tmp_path: Path) -> None:
    city = tiny()
    rules = some_rules(city, 3)
    save_problem(tmp_path / "c.npz", city, rules)
    again = load_rules(tmp_path / "c.npz", load_problem(tmp_path / "c.npz"))
    assert again is not None
    for name, value in rules.stored().items():
        assert np.array_equal(again.stored()[name], value)


def test_a_file_without_rules_is_the_public_format(tmp_path: Path) -> None:
    city = tiny()
    save_problem(tmp_path / "c.npz", city)
    with np.load(tmp_path / "c.npz") as file:
        assert not set(NAMES) & set(file.files)
    assert load_rules(tmp_path / "c.npz", city) is None
    save_problem(tmp_path / "r.npz", city, some_rules(city, 1))
    assert load_problem(tmp_path / "r.npz").fingerprint == city.fingerprint


def test_every_contradiction_of_a_pin_at_once() -> None:
    city = tiny()
    line = int(np.flatnonzero(city.line_place == 1)[0])
    idle = int(np.flatnonzero(city.required[line] == 0)[0])
    said = faults(
        replace(
            no_rules(city),
            pinned=np.array([[0, line, idle]]),
            forbidden=np.array([[0, line, -1]]),
            person_max_hours=np.zeros(6),
        ),
        person_home=np.zeros(6, np.int32),
        compound_status=np.array([0, SEALED, 0, 0], np.int8),
        person_available=np.zeros((6, 28), dtype=bool),
        person_roles=np.full(6, 1 << (int(city.line_role[line]) + 1) % 8, np.uint16),
        role_radius_km=np.full(8, 1.0),
    )
    for part in (
        "not available", "does not hold its role", "sealed compound", "beyond the role's radius",
        "is forbidden", "nobody is required", "the limit is 0",
    ):  # fmt: skip
        assert part in said


def test_pins_without_rest_and_without_room() -> None:
    city = tiny()
    said = faults(replace(no_rules(city), pinned=np.array([[0, 0, t] for t in range(6)])))
    assert "slots 0 and 1, without rest" in said
    assert "pinned 6 times; a week has 5" in said
    crowd = np.array([[p, 0, 1] for p in range(6)])
    said = faults(replace(no_rules(city), pinned=crowd), required=tiny().minimum)
    assert "6 are pinned to line 0 in slot 1" in said


def test_tags_that_nobody_has_and_teams_that_cannot_meet() -> None:
    city = tiny()
    needs = np.zeros(city.lines, np.int64)
    needs[2] = 0b100
    team = np.array([0, 0, -1, -1, -1, -1])
    said = faults(
        replace(no_rules(city), line_needs=needs, person_team=team),
        person_home=np.array([1, 2, 0, 0, 0, 0], np.int32),
        compound_status=np.array([0, 1, 2, 0], np.int8),
    )
    assert "need tag 2 (the first is 2); nobody has it" in said
    assert "team 0 has members shut in at compounds [1, 2]" in said


def test_what_points_nowhere() -> None:
    city = tiny()
    said = faults(
        replace(
            no_rules(city),
            pinned=np.array([[9, 0, 0]]),
            forbidden=np.array([[0, 0, -2]]),
            line_spot=np.full(city.lines, -2),
            person_team=np.full(6, 6),
            person_max_hours=np.full(6, np.nan),
            line_suit_hours=np.full(city.lines, -1.0),
        )
    )
    for name in {*NAMES[:2], *NAMES[5:]} - {"rule_line_lenient"}:
        assert name in said


def test_a_misshapen_array_says_what_to_give() -> None:
    with pytest.raises(BadCity, match=r"rule_person_tags is float64 of shape \(2,\)"):
        rules_of(tiny(), {"rule_person_tags": np.zeros(2)})
