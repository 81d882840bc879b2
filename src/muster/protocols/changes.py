"""What a phone may say later of what it has sent: changes of records, closings of tubes."""

from dataclasses import dataclass
from enum import StrEnum

from muster.policies import Policy
from muster.protocols.screening import code_fits


class Kind(StrEnum):
    """What is said of a record: it does not count, or its swab is in another tube."""

    VOID = "void"
    MOVE = "move"


@dataclass(frozen=True, slots=True)
class ChangedRecord:
    """The record a change is about: made by the sender? its state; has its tube a result?"""

    own: bool
    state: str
    resulted: bool


@dataclass(frozen=True, slots=True)
class TargetTube:
    """The tube a swab is said to be in; a code seen for the first time is all defaults. `size` 0
    holds one household."""

    code: str
    ours: bool = True
    resulted: bool = False
    size: int = 10
    held: int = 0

    @property
    def full(self) -> bool:
        return self.size > 0 and self.held >= self.size


def judge_change(
    policy: Policy,
    *,
    kind: Kind,
    revoked: bool,
    record: ChangedRecord | None,
    tube: TargetTube,
) -> tuple[str, str]:
    """State and code of a change: accepted, waiting (its record has not arrived) or held.

    Nothing is changed once the laboratory has answered for a tube that it touches: from then on a
    person at the desk decides.
    """
    if revoked:
        return "held", "device_revoked"
    if record is None:
        return "waiting", ""
    blame = _record_code(record) or (_tube_code(policy, tube) if kind is Kind.MOVE else "")
    return ("held", blame) if blame else ("accepted", "")


def _record_code(record: ChangedRecord) -> str:
    if not record.own:
        return "record_other_device"
    if record.state == "void":
        return "record_void"
    return "tube_resulted" if record.resulted else ""


def _tube_code(policy: Policy, tube: TargetTube) -> str:
    if not code_fits(tube.code, policy):
        return "tube_code_malformed"
    if not tube.ours:
        return "tube_other_table"
    if tube.resulted:
        return "tube_resulted"
    return "tube_full" if tube.full else ""


def judge_closing(policy: Policy, *, tube: str, revoked: bool, ours: bool) -> str:
    """Why a closing is held; empty where the tube is closed by it."""
    if revoked:
        return "device_revoked"
    if not code_fits(tube, policy):
        return "tube_code_malformed"
    return "" if ours else "tube_other_table"
