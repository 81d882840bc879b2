"""muster.conformance.cases, muster.conformance.fixture and muster.conformance.names."""

import json
from pathlib import Path
from uuid import uuid4

import msgspec
import pytest

from muster.conformance import BadFixture, Fixture, load_cases, load_fixture
from muster.conformance.cases import people_needed
from muster.conformance.names import Names, Supply

PEOPLE = [uuid4() for _ in range(200)]
FIXTURE = Fixture({"a": "1", "b": "2", "revoked": "3"}, PEOPLE, (uuid4(), uuid4()), uuid4())


def test_every_case_says_why_and_what_it_needs() -> None:
    cases = load_cases()
    assert len({c.name for c in cases}) == len(cases)
    for case in cases:
        assert case.why
        assert case.steps
        assert any(s.expect for s in case.steps), case.name
        sends = [s for step in case.steps for s in (*step.together, step.send) if s]
        assert set(case.needs) <= {"a", "b", "revoked"}
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


@pytest.mark.parametrize(
    ("changed", "named"),
    [
        ({"devices": {"a": "1"}}, "devices: b, revoked"),
        ({"people": []}, "people: "),
        ({"people": ["x"]}, "people"),
        ({"surprise": 1}, "surprise"),
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
