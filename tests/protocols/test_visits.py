"""What is said at doors: by the vectors that the phone runs too, and by tables."""

from itertools import permutations
from typing import Any

import pytest

from muster.protocols.visits import VisitFact, Word, finding, judge_visit, standing, walking_key
from tests.protocols.vectors import vectors

CASES = vectors("visits")["cases"]


@pytest.mark.parametrize("case", CASES, ids=lambda c: c["what"])
def test_which_word_holds(case: dict[str, Any]) -> None:
    words = [Word(**w) for w in case["words"]]
    for order in permutations(words):
        found = finding(order)
        assert (found.id if found else None) == case["holds"]


def test_each_sender_stands_by_one_word() -> None:
    words = [Word("a1", "A", "away", 1), Word("b1", "B", "moved", 2), Word("a2", "A", "came", 3)]
    assert [w.id for w in standing(words)] == ["a2", "b1"]


@pytest.mark.parametrize(
    ("fact", "state", "code"),
    [
        (VisitFact(), "accepted", ""),
        (VisitFact(revoked=True), "held", "device_revoked"),
        (VisitFact(revoked=True, undo=True), "held", "device_revoked"),
        (VisitFact(home=None), "held", "person_unknown"),
        (VisitFact(home=5), "held", "person_other_community"),
        (VisitFact(recorded=True, other=True), "flagged", "person_already_recorded"),
        (VisitFact(other=True), "flagged", "other_word"),
        (VisitFact(undo=True, home=None), "waiting", ""),
        (VisitFact(undo=True, own=True), "accepted", ""),
        (VisitFact(undo=True, own=False), "held", "visit_other_device"),
    ],
)
def test_what_becomes_of_a_word(fact: VisitFact, state: str, code: str) -> None:
    assert judge_visit(fact) == (state, code)


def test_doors_in_walking_order() -> None:
    walked = ["3-1-101", "3-1-102", "3-1-201", "3-1-1201", "3-2-101", "10-1-101", "10-A-1", "甲-1"]
    shuffled = [*walked[5:], *walked[:5][::-1]]
    assert sorted(shuffled, key=walking_key) == walked
    assert walking_key("3 - 2—501") == walking_key("3-2-501")
    assert walking_key("") == []
