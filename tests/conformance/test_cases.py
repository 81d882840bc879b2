"""muster.conformance.cases, muster.conformance.fixture and muster.conformance.names."""

import json
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from muster.conformance import BadFixture, Fixture, KitFixture, load_cases, load_fixture
from muster.conformance.cases import doors_needed, people_needed
from muster.conformance.names import Names, Supply
from muster.conformance.running import KIT_DEVICES

PEOPLE = [uuid4() for _ in range(200)]
NO_DOORS = {"day": 2, "covers": 0, "kits": 10, "store": str(uuid4()), "doors": []}
FIXTURE = Fixture({"a": "1", "b": "2", "revoked": "3"}, PEOPLE, (uuid4(), uuid4()), uuid4())


def test_every_case_says_why_and_what_it_needs() -> None:
    cases = load_cases()
    assert len({c.name for c in cases}) == len(cases)
    for case in cases:
        assert case.why
        assert case.steps
        assert any(s.expect for s in case.steps), case.name
        sends = [s for step in case.steps for s in (*step.together, step.send) if s]
        assert set(case.needs) <= {"a", "b", "revoked", *KIT_DEVICES}
        assert {s.device for s in sends} - {"nonsense"} <= set(case.needs)


def test_the_promises_that_the_protocol_names_are_in_it() -> None:
    told = " ".join(f"{c.name} {c.why}".lower() for c in load_cases())
    for word in ("before", "cut off", "resum", "clock", "revoked", "partial", "two tables", "same"):
        assert word in told


def test_names_are_given_once_each() -> None:
    supply = Supply(FIXTURE)
    one, other = Names(supply), Names(supply)
    first = one.entry({"id": "r1", "person": "p1", "tube": "t1"}, "taken_at")
    again = one.entry({"id": "r1", "person": "p1", "tube": "t1", "taken_at": "x"}, "taken_at")
    assert {**first, "taken_at": "x"} == again
    second = other.entry({"id": "r1", "person": "p1", "tube": "=as-it-is"}, "taken_at")
    assert second["id"] != first["id"]
    assert second["person"] != first["person"]
    assert second["tube"] == "as-it-is"
    assert len(first["tube"]) == FIXTURE.length
    assert one.entry({"id": "c", "record": "r1"}, "made_at")["record"] == first["id"]


def written(tmp_path: Path, **changed: object) -> Path:
    good = json.loads(msgspec.json.encode(FIXTURE))
    path = tmp_path / "fixture.json"
    path.write_text(json.dumps(good | changed), "utf-8")
    return path


def test_a_fixture_is_read(tmp_path: Path) -> None:
    assert load_fixture(written(tmp_path)) == FIXTURE
    assert people_needed(load_cases()) <= len(PEOPLE)


def test_words_about_kits_have_doors_of_their_own() -> None:
    doors = [(n, uuid4(), uuid4()) for n in range(1, 40)]
    told = KitFixture(2, 0, 10, uuid4(), doors)
    devices = FIXTURE.devices | {"ka": "4", "kb": "5", "krevoked": "6"}
    fixture = Fixture(devices, PEOPLE, FIXTURE.household, FIXTURE.stranger, kits=told)
    supply = Supply(fixture)
    one, other = Names(supply), Names(supply)
    issue = one.kit_word({"id": "i1", "kind": "issue", "door": "d1"})
    assert (issue["door"], issue["day"], issue["kits"]) == (1, 0, 10)
    result = one.kit_word({"id": "r1", "kind": "result", "door": "d1", "person": "d1.2"})
    assert (result["door"], result["day"], result["person"]) == (1, 2, str(doors[0][2]))
    assert other.kit_word({"id": "i1", "kind": "issue", "door": "d1"})["door"] == 2
    assert 0 < doors_needed(load_cases()) <= len(doors)


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"devices": {"a": "1"}}, "devices: b, revoked"),
        ({"people": []}, "people: "),
        ({"people": ["x"]}, "people"),
        ({"surprise": 1}, "surprise"),
        ({"kits": NO_DOORS}, "devices: ka, kb, krevoked"),
        (
            {"kits": NO_DOORS, "devices": dict.fromkeys(["a", "b", "revoked", *KIT_DEVICES], "1")},
            "kits.doors: ",
        ),
    ],
)
def test_what_is_wrong_with_a_fixture_is_named(
    tmp_path: Path, changed: dict[str, object], named: str
) -> None:
    with pytest.raises(BadFixture) as raised:
        load_fixture(written(tmp_path, **changed))
    assert named in str(raised.value.data["reason"])


def test_a_fixture_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(BadFixture):
        load_fixture(tmp_path / "none.json")
