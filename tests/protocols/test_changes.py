"""muster.protocols.changes: who may change what, and until when."""

import pytest

from muster import policies
from muster.protocols.changes import (
    ChangedRecord,
    Kind,
    TargetTube,
    judge_change,
    judge_closing,
)

POLICY = policies.load("2022-04")
OWN = ChangedRecord(own=True, state="accepted", resulted=False)
THERE = TargetTube("LC0000000001")


@pytest.mark.parametrize(
    ("kind", "revoked", "record", "tube", "decision"),
    [
        (Kind.VOID, False, OWN, TargetTube(""), ("accepted", "")),
        (Kind.MOVE, False, OWN, THERE, ("accepted", "")),
        (Kind.VOID, True, OWN, TargetTube(""), ("held", "device_revoked")),
        (Kind.VOID, False, None, TargetTube(""), ("waiting", "")),
        (Kind.VOID, True, None, TargetTube(""), ("held", "device_revoked")),
        (Kind.VOID, False, ChangedRecord(False, "accepted", False), THERE,
         ("held", "record_other_device")),
        (Kind.VOID, False, ChangedRecord(True, "void", False), THERE, ("held", "record_void")),
        (Kind.VOID, False, ChangedRecord(True, "held", True), THERE, ("held", "tube_resulted")),
        (Kind.MOVE, False, OWN, TargetTube("lc1"), ("held", "tube_code_malformed")),
        (Kind.MOVE, False, OWN, TargetTube("LC0000000001", ours=False),
         ("held", "tube_other_table")),
        (Kind.MOVE, False, OWN, TargetTube("LC0000000001", resulted=True),
         ("held", "tube_resulted")),
        (Kind.MOVE, False, OWN, TargetTube("LC0000000001", held=10), ("held", "tube_full")),
        (Kind.MOVE, False, OWN, TargetTube("LC0000000001", size=0, held=10), ("accepted", "")),
        (Kind.VOID, False, OWN, TargetTube("lc1", held=10), ("accepted", "")),
    ],
)  # fmt: skip
def test_a_change(
    kind: Kind,
    revoked: bool,
    record: ChangedRecord | None,
    tube: TargetTube,
    decision: tuple[str, str],
) -> None:
    told = judge_change(POLICY, kind=kind, revoked=revoked, record=record, tube=tube)
    assert told == decision


@pytest.mark.parametrize(
    ("tube", "revoked", "ours", "code"),
    [
        ("LC0000000001", False, True, ""),
        ("LC0000000001", True, True, "device_revoked"),
        ("lc1", False, True, "tube_code_malformed"),
        ("LC0000000001", False, False, "tube_other_table"),
    ],
)
def test_a_closing(tube: str, revoked: bool, ours: bool, code: str) -> None:
    assert judge_closing(POLICY, tube=tube, revoked=revoked, ours=ours) == code
