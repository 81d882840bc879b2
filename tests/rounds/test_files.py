"""A file that cannot be taken is refused by the name of its field, with the mend."""

import json
from typing import Any

import msgspec
import pytest

from muster.rounds.errors import BadArea, BadRoundPlan
from muster.rounds.files import read_area, read_plan, write_plan
from muster.rounds.planning import plan_round
from tests.rounds.areas import area, buildings


def as_json(**changes: Any) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(msgspec.json.encode(area(4, tables=2)))
    return {**plain, **changes}


def building(**changes: Any) -> list[dict[str, Any]]:
    made = as_json()["buildings"]
    made[2] = {**made[2], **changes}
    return list(made)


def test_an_area_is_read_as_it_was_written() -> None:
    made = area(4, tables=2)
    assert read_area(msgspec.json.encode(made)) == made


@pytest.mark.parametrize(
    ("change", "field", "mend"),
    [
        ({"hours": "seven"}, "hours", "Expected `float`"),
        ({"hours": 0}, "hours", "more than 0"),
        ({"policy": "1999"}, "policy", "2022-04"),
        ({"buildings": []}, "buildings", "at least one"),
        ({"tables": 0}, "tables", "at least 1"),
        ({"surprise": 1}, "the file", "surprise"),
        ({"staff": {"wizard": 3}}, "staff.wizard", "recorder"),
        ({"neighbours": {"recorder": -1}}, "neighbours.recorder", "at least 0"),
        ({"buildings": building(residents=-5)}, "buildings[2].residents", "at least 0"),
        ({"buildings": building(residents="x")}, "buildings[2].residents", "Expected `int`"),
        ({"buildings": building(at_home=999)}, "buildings[2].at_home", "to the residents"),
        ({"buildings": building(households=0)}, "buildings[2].households", "from 1"),
        ({"buildings": building(y=None)}, "buildings[2].x", "or neither"),
        ({"buildings": building(key="b0")}, "buildings[2].key", "buildings[0]"),
    ],
)
def test_what_is_wrong_with_an_area_is_named(change: dict[str, Any], field: str, mend: str) -> None:
    with pytest.raises(BadArea) as caught:
        read_area(json.dumps(as_json(**change)))
    assert caught.value.data["field"] == field
    assert mend in caught.value.message


@pytest.mark.parametrize("text", ["", "{", b"\xff\xfe"])
def test_what_is_no_json_is_named(text: str | bytes) -> None:
    with pytest.raises(BadArea, match="not JSON"):
        read_area(text)


def test_a_plan_is_read_as_it_was_written() -> None:
    plan = plan_round(area(4, tables=2))
    assert read_plan(write_plan(plan)) == plan
    assert "号楼" in write_plan(plan)


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        (("format",), "other/1", "format"),
        (("policy",), "1999", "policy"),
        (("calls",), [], "sites"),
        (("calls", 0, "site"), 9, "calls[0].site"),
        (("calls", 0, "people"), 0, "calls[0].people"),
        (("calls", 0, "last"), 0, "calls[0].last"),
        (("calls", 1, "minute"), -1, "calls[1].minute"),
        (("calls", 1, "walk"), -1.0, "calls[1].walk"),
        (("sites", 0, "tables"), [], "sites[0].tables"),
        (("sites", 0, "tables", 0, "recorders"), 0, "sites[0].tables[0]"),
        (("sites", 0, "tables", 0, "number"), 2, "sites.tables.number"),
        (("sites", 0, "tables", 0, "number"), "x", "sites[0].tables[0].number"),
    ],
)
def test_what_is_wrong_with_a_plan_is_named(
    path: tuple[str | int, ...], value: object, field: str
) -> None:
    plain: Any = json.loads(write_plan(plan_round(area(buildings=buildings(4), tables=2))))
    inner = plain
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = value
    with pytest.raises(BadRoundPlan) as caught:
        read_plan(json.dumps(plain))
    assert caught.value.data["field"].replace("[...]", "[0]") == field
