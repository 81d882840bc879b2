"""What a tube holds and what becomes of a record, by the vectors that the phone runs too."""

from typing import Any

import pytest

from muster import policies
from muster.protocols.screening import (
    DeviceFact,
    PersonFact,
    RoundFact,
    TubeFact,
    TubeState,
    code_fits,
    judge_record,
)
from tests.protocols.vectors import vectors

RECORDS = vectors("records")
TUBES = vectors("tubes")


@pytest.mark.parametrize("case", RECORDS["cases"], ids=lambda c: c["what"])
def test_a_record(case: dict[str, Any]) -> None:
    facts = case["facts"]
    judged = judge_record(
        policies.load(RECORDS["policy"]),
        device=DeviceFact(**facts["device"]),
        round_=RoundFact(**facts["round"]),
        tube=TubeFact(**facts["tube"]),
        person=PersonFact(**facts["person"]),
        table=facts["table"],
    )
    assert judged.outcome.value == case["outcome"]
    assert (judged.code.value, judged.detail) == (case["code"], case["detail"])
    assert [n.value for n in judged.notes] == case["notes"]


def test_the_pattern_of_the_vectors_is_the_policys() -> None:
    pattern = policies.load(RECORDS["policy"]).screening.tube.code_pattern
    assert RECORDS["pattern"] == TUBES["pattern"] == pattern


@pytest.mark.parametrize(("code", "fits"), TUBES["codes"])
def test_a_tubes_code(code: str, fits: bool) -> None:
    assert code_fits(code, policies.load(RECORDS["policy"])) is fits


@pytest.mark.parametrize("case", TUBES["states"], ids=lambda c: f"{c['held']} of {c['size']}")
def test_how_a_tube_stands(case: dict[str, Any]) -> None:
    tube = TubeState(size=case["size"], held=case["held"])
    assert (tube.full, tube.left) == (case["full"], case["left"])
    assert tube.underfilled is case["underfilled"]
