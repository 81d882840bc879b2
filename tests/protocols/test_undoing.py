"""muster.protocols.undoing: until when a decision of the desk may be taken back."""

import pytest

from muster.protocols.undoing import Since, may_undo


@pytest.mark.parametrize(
    ("since", "code"),
    [
        (Since(), "allowed"),
        (Since(ended="undone"), "decision_taken_back"),
        (Since(ended="replaced"), "decided_since"),
        (Since(changed=True, resulted=True), "decided_since"),
        (Since(closed=True, resulted=True), "closed_since"),
        (Since(resulted=True, recalled=True), "resulted_since"),
        (Since(recalled=True), "recalled_since"),
    ],
)
def test_until_somebody_relies_on_it(since: Since, code: str) -> None:
    answer = may_undo(since)
    assert (bool(answer), answer.reason_code) == (code == "allowed", code)
