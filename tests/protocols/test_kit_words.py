"""muster.protocols.kit_words: by the vectors that the phone runs too, and by tables."""

from datetime import date, datetime
from itertools import permutations
from typing import Any

import pytest

from muster import policies
from muster.kernel.clock import LOCAL
from muster.protocols.kit_words import (
    Had,
    Word,
    WordFact,
    door_decision,
    in_hand,
    judge_word,
    result_decision,
    served,
    value_of,
)
from muster.protocols.kits import Given, SeriesFacts, day_state
from tests.protocols.vectors import vectors

CASES = vectors("kits")
RULE = policies.load("2022-04").antigen


def series_of(said: dict[str, Any]) -> SeriesFacts:
    return SeriesFacts(
        date.fromisoformat(said["starts_on"]),
        tuple(said["days"]),
        said["kits_per_person"],
        daily=said["daily"],
        closed=said["closed"],
    )


FIVE = series_of(CASES["series"])


def had_of(said: dict[str, Any]) -> Had:
    return Had(said["id"], said["day"], Given(said["by"], datetime.fromisoformat(said["at"])))


@pytest.mark.parametrize("case", CASES["doors"], ids=lambda c: c["what"])
def test_whether_a_door_may_have_kits(case: dict[str, Any]) -> None:
    series, had = series_of(case["series"]), [had_of(h) for h in case["had"]]
    for order in permutations([Word(**w) for w in case["words"]]):
        asked = {"day": case["day"], "had": had, "words": order, "door": case["door"]}
        decision = door_decision(series, residents=case["residents"], **asked)
        data = dict(decision.data)
        assert decision.reason_code == case["decision"]
        assert (data.get("kits"), data.get("by")) == (case["kits"], case["by"])
        before = served(series, **asked)
        assert (before.id if before else None) == case["issue"]


@pytest.mark.parametrize("case", CASES["hand"], ids=lambda c: c["what"])
def test_what_is_left_in_the_hand(case: dict[str, Any]) -> None:
    for order in permutations([Word(**w) for w in case["words"]]):
        assert in_hand(case["counted"], case["since"], order) == case["left"]


@pytest.mark.parametrize("case", CASES["results"], ids=lambda c: c["what"])
def test_whether_a_result_may_be_entered(case: dict[str, Any]) -> None:
    today = date.fromisoformat(case["today"])
    for order in permutations([Word(**w) for w in case["words"]]):
        known = value_of("p", case["day"], told=case["told"], words=order)
        assert known == case["known"]
        asked = result_decision(
            RULE, FIVE, day=case["day"], today=today, old=known, new=case["new"]
        )
        assert asked.reason_code == case["decision"]


@pytest.mark.parametrize("case", CASES["states"], ids=str)
def test_how_somebody_stands_on_a_day(case: dict[str, Any]) -> None:
    now = datetime.fromisoformat(case["now"])
    asked = {"day": case["day"], "result": case["result"], "held": case["held"]}
    assert day_state(RULE, FIVE, now=now, zone=LOCAL, **asked) == case["state"]


@pytest.mark.parametrize("case", CASES["today"], ids=str)
def test_which_day_counts(case: dict[str, Any]) -> None:
    today = datetime.fromisoformat(case["now"]).astimezone(LOCAL).date()
    assert (today.isoformat(), FIVE.day_on(today)) == (case["today"], case["day"])


def test_the_vectors_know_the_policys_results() -> None:
    assert CASES["late_hour"] == RULE.late_hour
    assert CASES["kinds"] == [
        {"key": k.key, "recall": k.recall, "releases": k.releases} for k in RULE.results
    ]


@pytest.mark.parametrize(
    ("fact", "state", "code"),
    [
        (WordFact(), "accepted", ""),
        (WordFact(revoked=True), "held", "device_revoked"),
        (WordFact("undo", revoked=True), "held", "device_revoked"),
        (WordFact("issue", home=None), "accepted", ""),
        (WordFact("result"), "accepted", ""),
        (WordFact("result", home=None), "held", "person_unknown"),
        (WordFact("result", home=5), "held", "person_other_community"),
        (WordFact("undo", home=None), "waiting", ""),
        (WordFact("undo", own=True), "accepted", ""),
        (WordFact("undo", own=False), "held", "kit_word_other_device"),
    ],
)
def test_what_becomes_of_a_word(fact: WordFact, state: str, code: str) -> None:
    assert judge_word(fact) == (state, code)
