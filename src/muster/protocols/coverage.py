"""Coverage: how each resident stands in a round, one answer each, so that the parts add up."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from muster.policies import Policy


class Status(StrEnum):
    """One of these a resident; their counts add up to the roll."""

    TESTED = "tested"
    EXEMPT = "exempt"
    AWAY = "away"
    REFUSED = "refused"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class ResidentFact:
    """What is known of a resident in a round. `exemption` is a key of the policy and `exempt_since`
    when it began; `visit` is the outcome of the last knock: ``away``, ``refused``, ``no_answer``,
    ``promised`` or nothing."""

    recorded: bool = False
    held: bool = False
    exemption: str | None = None
    exempt_since: datetime | None = None
    away: bool = False
    visit: str | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """The status and why: a table's record, an exemption's key, a visit's outcome, ``not_seen``."""

    status: Status
    reason: str


def standing_of(policy: Policy, fact: ResidentFact, at: datetime) -> Standing:
    """The status of one resident at `at`. A record outweighs all, then an exemption that holds,
    then what the last visit found, then what the register says; what is left is missing."""
    if fact.recorded:
        return Standing(Status.TESTED, "recorded")
    if fact.exemption is not None and exemption_holds(policy, fact, at):
        return Standing(Status.EXEMPT, fact.exemption)
    if fact.held:
        return Standing(Status.MISSING, "record_held")
    if fact.visit == "refused":
        return Standing(Status.REFUSED, "visit")
    if fact.visit == "away" or (fact.away and fact.visit is None):
        return Standing(Status.AWAY, "visit" if fact.visit else "register")
    return Standing(Status.MISSING, fact.visit or "not_seen")


def exemption_holds(policy: Policy, fact: ResidentFact, at: datetime) -> bool:
    """Whether the exemption is one of the policy's and its hours have not run out. One with a limit
    and no beginning does not hold."""
    rule = {each.key: each for each in policy.screening.exemptions}.get(fact.exemption or "")
    if rule is None:
        return False
    if not rule.hours:
        return True
    if fact.exempt_since is None:
        return False
    return fact.exempt_since <= at < fact.exempt_since + timedelta(hours=rule.hours)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counts of a roll. `rate` is tested over those due: all but the exempt and the away."""

    total: int
    tested: int
    exempt: int
    away: int
    refused: int
    missing: int

    @property
    def due(self) -> int:
        return self.total - self.exempt - self.away

    @property
    def rate(self) -> float:
        return self.tested / self.due if self.due else 1.0


def summarise(statuses: Iterable[Status]) -> Coverage:
    """The counts; they add up to the number of residents given."""
    counts = Counter(statuses)
    return Coverage(
        total=counts.total(),
        tested=counts[Status.TESTED],
        exempt=counts[Status.EXEMPT],
        away=counts[Status.AWAY],
        refused=counts[Status.REFUSED],
        missing=counts[Status.MISSING],
    )
