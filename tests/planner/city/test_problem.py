"""muster.planner.city.problem, muster.planner.city.contradictions."""

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from muster.planner.city.errors import BadCity
from muster.planner.city.problem import city_of
from tests.planner.city.cases import tiny


def test_every_contradiction_is_named() -> None:
    city = tiny()
    place = city.line_place.copy()
    place[1] = 99
    role = city.line_role.copy()
    role[2] = 8
    minimum = city.required.copy()
    minimum[0, 3] += 1
    weight = city.weight_minimum.copy()
    weight[0], weight[1] = -1, np.nan
    home = city.person_home.copy()
    home[0] = -3
    with pytest.raises(BadCity) as caught:
        replace(
            city, line_place=place, line_role=role, minimum=minimum, weight_minimum=weight,
            person_home=home, load_cost=np.array([0.0, 5, 6, 7, 8, 9]), change_cost=float("nan"),
        )  # fmt: skip
    said = " ".join(caught.value.data["faults"])
    for word in (
        "line_place[1] is 99", "line_role[2] is 8", "minimum[0, 3] is 1 of required 0",
        "weight_minimum[0] is -1", "weight_minimum[1] is nan", "person_home[0] is -3",
        "not convex", "change_cost is nan",
    ):  # fmt: skip
        assert word in said


@pytest.mark.parametrize(
    ("name", "value", "word"),
    [
        ("person_roles", np.zeros(3, np.uint16), "person_roles has shape (3,)"),
        ("required", np.zeros(5, np.int16), "required has shape"),
        ("compound_xy", np.zeros((4, 2), np.float32), "compound_xy is float32"),
        ("max_shifts", 4, "load_cost has shape"),
        ("slots_a_day", 0, "slots_a_day"),
        ("rest_slots", -1, "rest_slots is -1"),
        ("slot_hours", 0, "slot_hours is 0"),
    ],
)
def test_shapes_types_and_rules(name: str, value: Any, word: str) -> None:
    with pytest.raises(BadCity, match=r".") as caught:
        replace(tiny(), **{name: value})
    assert word in str(caught.value)


def test_many_alike_are_counted() -> None:
    with pytest.raises(BadCity, match="at 3 more places"):
        replace(tiny(), person_home=np.full(6, 9, np.int32))


def test_types_are_mended_where_nothing_is_lost() -> None:
    city = tiny()
    arrays = dict(city.stored())
    again = city_of({**arrays, "required": arrays["required"].astype(np.int64)})
    assert again.fingerprint == city.fingerprint
    assert again.required.dtype == np.int16
    with pytest.raises(BadCity, match="required is float64"):
        city_of({**arrays, "required": arrays["required"] + 0.5})
    with pytest.raises(BadCity, match="change_cost"):
        city_of({**arrays, "change_cost": np.array(["x"])})


def test_the_fingerprint_tells_problems_apart() -> None:
    city = tiny()
    assert replace(city, change_cost=3.0).fingerprint != city.fingerprint
    assert city.distance(np.array([0]), np.array([0])).shape == (1,)


def test_a_week_may_have_more_days_and_files_before_that_keep_their_fingerprint() -> None:
    city = tiny()
    assert "days_a_week" not in dict(city.stored())
    longer = replace(city, days_a_week=8)
    assert longer.fingerprint != city.fingerprint
    assert city_of(dict(longer.stored())).days_a_week == 8
    assert (replace(city, days_a_week=4).weeks, longer.weeks) == (2, 1)
    with pytest.raises(BadCity, match="days_a_week"):
        replace(city, days_a_week=0)
