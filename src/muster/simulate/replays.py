"""Rounds the press reported, simulated beside the report, with what had to be assumed.

Two figures for each: the people an hour that come through when they come evenly over the reported
hours, and the most that could (always somebody in line). A `fitted` case was given the assumption
that explains the report, so it proves no more than that the two go together; the others use the
policy's own figures and can fail.
"""

import tomllib
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files
from typing import Any

import msgspec

from muster.policies import Policy
from muster.simulate.rehearsal import rehearse
from muster.simulate.round import Call, Manner, Round, Site, Table, manner_of

CALL_EVERY = 10.0
HOUSEHOLD = 3
NEAR = 0.15
"""A fitted case agrees when the most it could differs by no more from the report."""


class Replay(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A reported round: `reported` people an hour at one `unit` (table, window, sampler); `set`
    holds what differs from the policy for this replay."""

    key: str
    zh: str
    en: str
    reported: float
    unit: str
    assumes_zh: str
    assumes_en: str
    fitted: bool
    people: int
    tables: int
    recorders: int
    samplers: int
    hours: float
    set: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Replayed:
    """A report and our figures, people an hour a unit: as they came, and the most that could."""

    replay: Replay
    simulated: float
    most: float

    @property
    def agrees(self) -> bool:
        """Whether the tables could do what was reported, and, if fitted, not much more."""
        reported = self.replay.reported
        if self.replay.fitted:
            return abs(self.most / reported - 1) <= NEAR
        return self.most >= reported * (1 - NEAR) and abs(self.simulated / reported - 1) <= NEAR


@cache
def replays() -> tuple[Replay, ...]:
    """Every reported round, in the order of the file."""
    text = files(__package__).joinpath("replays.toml").read_text("utf-8")
    return tuple(msgspec.convert(tomllib.loads(text)["replays"], list[Replay]))


def replay(case: Replay, policy: Policy, runs: int = 20, seed: int = 0) -> Replayed:
    """Simulate `case` by `policy`."""
    manner = replace(manner_of(policy), no_show=0.0, walk_in=0.0, **case.set)
    slots = max(1, round(case.hours * 60 / CALL_EVERY))
    evenly = [
        case.people * (slot + 1) // slots - case.people * slot // slots for slot in range(slots)
    ]
    units = case.tables * (case.samplers if case.unit != "table" else 1)
    rates = [
        case.people / (rehearse(_round(case, manner, calls), runs, seed).finish.median / 60) / units
        for calls in (evenly, [case.people])
    ]
    return Replayed(case, *rates)


def _round(case: Replay, manner: Manner, calls: list[int]) -> Round:
    tables = tuple(
        Table(number + 1, case.recorders, case.samplers) for number in range(case.tables)
    )
    called = tuple(
        Call(0, slot * CALL_EVERY, people, max(1, people // HOUSEHOLD))
        for slot, people in enumerate(calls)
        if people
    )
    return Round((Site(case.key, tables),), called, manner)
