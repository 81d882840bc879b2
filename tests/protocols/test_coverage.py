from datetime import UTC, datetime, timedelta

import pytest

from muster.policies import load
from muster.protocols.coverage import ResidentFact, Status, standing_of, summarise

POLICY = load("2022-04")
NOW = datetime(2022, 4, 4, 0, 0, tzinfo=UTC)
HOURS = timedelta(hours=1)


@pytest.mark.parametrize(
    ("fact", "status", "reason"),
    [
        (ResidentFact(), Status.MISSING, "not_seen"),
        (ResidentFact(recorded=True, exemption="medical"), Status.TESTED, "recorded"),
        (ResidentFact(exemption="medical", visit="refused"), Status.EXEMPT, "medical"),
        (ResidentFact(exemption="tired"), Status.MISSING, "not_seen"),
        (ResidentFact(exemption="vaccinated"), Status.MISSING, "not_seen"),
        (
            ResidentFact(exemption="vaccinated", exempt_since=NOW - 71 * HOURS),
            Status.EXEMPT,
            "vaccinated",
        ),
        (
            ResidentFact(exemption="vaccinated", exempt_since=NOW - 72 * HOURS),
            Status.MISSING,
            "not_seen",
        ),
        (ResidentFact(held=True, away=True), Status.MISSING, "record_held"),
        (ResidentFact(visit="refused", away=True), Status.REFUSED, "visit"),
        (ResidentFact(away=True), Status.AWAY, "register"),
        (ResidentFact(visit="away"), Status.AWAY, "visit"),
        (ResidentFact(visit="no_answer", away=True), Status.MISSING, "no_answer"),
    ],
)
def test_one_status_each(fact: ResidentFact, status: Status, reason: str) -> None:
    standing = standing_of(POLICY, fact, NOW)
    assert (standing.status, standing.reason) == (status, reason)


def test_the_parts_add_up() -> None:
    statuses = [*Status, Status.TESTED]
    coverage = summarise(statuses)
    parts = (coverage.tested, coverage.exempt, coverage.away, coverage.refused, coverage.missing)
    assert parts == (2, 1, 1, 1, 1)
    assert sum(parts) == coverage.total == 6
    assert coverage.due == 4
    assert coverage.rate == 0.5
    assert summarise([]).rate == 1.0
