"""What happens in the middle of the week: compounds sealed, people gone, new posts.

The events of one moment as JSON::

    {"from_slot": 10, "sealed": [12], "unavailable": [5, 77],
     "lines": [{"place": 12, "role": 0, "slots": [10, 11, 13], "required": 1, "minimum": 1}]}

What happened before `from_slot` stays. A line's weights are those of its role's other lines unless
it says `weight_minimum` and `weight_required`.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from muster.planner.city.checker import fits
from muster.planner.city.constraints import availability, capacity
from muster.planner.city.errors import BadEvents, refuse
from muster.planner.city.finding import Breach, duties
from muster.planner.city.fitting import may_stand
from muster.planner.city.problem import OPEN, SEALED, CityProblem, Flags, Lines, Whole

ROLES_OF_THE_SEALED = (0,) * 6 + (1,) * 6 + (3,) * 3 + (4,) * 2
"""The one-person lines that a compound needs when it is sealed."""


@dataclass(frozen=True, slots=True)
class NewLine:
    """A line that was not there before; `required` people in each of `slots`."""

    place: int
    role: int
    slots: tuple[int, ...]
    required: int = 1
    minimum: int = 1
    weight_minimum: float | None = None
    weight_required: float | None = None


@dataclass(frozen=True, slots=True)
class Events:
    """All that happens at the start of `from_slot`."""

    from_slot: int
    sealed: tuple[int, ...] = ()
    unavailable: tuple[int, ...] = ()
    lines: tuple[NewLine, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class After:
    """The problem and the plan after events."""

    problem: CityProblem
    plan: Lines
    """The future assignments that became illegal are no longer in it; the past is as it was."""
    since: int
    illegal: tuple[Breach, ...]
    """The assignments that were dropped."""
    holes: Whole
    """(L, T) people that the events made short of the required."""


def load_events(path: Path) -> Events:
    """The events in the JSON file `path`; see `read_events`."""
    try:
        data = json.loads(path.read_bytes())
    except (UnicodeDecodeError, json.JSONDecodeError) as fault:
        raise BadEvents(reason=f"{path.name} is not JSON ({fault})") from fault
    return read_events(data)


def read_events(data: Any) -> Events:
    """The events in decoded JSON.

    Raises:
        BadEvents: with every field that is missing, unknown or no whole number.
    """
    if not isinstance(data, dict):
        raise BadEvents(reason="write an object with from_slot, sealed, unavailable and lines")
    faults = [
        f"{name} is unknown; drop it"
        for name in sorted(set(data) - {"from_slot", "sealed", "unavailable", "lines"})
    ]
    lines = data.get("lines", [])
    if not isinstance(lines, list) or not all(isinstance(line, dict) for line in lines):
        faults.append("lines must be a list of objects")
        lines = []
    made = [_line(line, f"lines[{i}]", faults) for i, line in enumerate(lines)]
    events = Events(
        _number(data, "from_slot", faults),
        _numbers(data, "sealed", faults),
        _numbers(data, "unavailable", faults),
        tuple(made),
    )
    refuse(BadEvents, faults)
    return events


def _line(data: Mapping[str, Any], where: str, faults: list[str]) -> NewLine:
    known = set(NewLine.__dataclass_fields__)
    faults += [f"{where}.{name} is unknown; drop it" for name in sorted(set(data) - known)]
    for name in ("weight_minimum", "weight_required"):
        value = data.get(name)
        if value is not None and not (_is_number(value, (int, float)) and value >= 0):
            faults.append(f"{where}.{name} must be a number from 0")
    return NewLine(
        _number(data, "place", faults, where),
        _number(data, "role", faults, where),
        _numbers(data, "slots", faults, where),
        _number({"required": 1, **data}, "required", faults, where),
        _number({"minimum": 1, **data}, "minimum", faults, where),
        data.get("weight_minimum"),
        data.get("weight_required"),
    )


def _is_number(value: Any, kinds: tuple[type, ...]) -> bool:
    return isinstance(value, kinds) and not isinstance(value, bool)


def _number(data: Mapping[str, Any], name: str, faults: list[str], where: str = "") -> int:
    value = data.get(name)
    if _is_number(value, (int,)) and value is not None and value >= 0:
        return int(value)
    faults.append(f"{where}{'.' if where else ''}{name} must be a whole number from 0")
    return 0


def _numbers(
    data: Mapping[str, Any], name: str, faults: list[str], where: str = ""
) -> tuple[int, ...]:
    values = data.get(name, [])
    if isinstance(values, list) and all(_is_number(v, (int,)) and v >= 0 for v in values):
        return tuple(values)
    faults.append(f"{where}{'.' if where else ''}{name} must be a list of whole numbers from 0")
    return ()


def sealing(problem: CityProblem, people: int, seed: int, from_slot: int = 10) -> Events:
    """The event of the benchmark: the fourth largest open compound (by people who live there) is
    sealed at `from_slot`, 17 posts appear in it, `people` drop out."""
    living = np.bincount(problem.person_home, minlength=problem.compounds)
    opened = np.flatnonzero(problem.compound_status == OPEN)
    order = opened[np.argsort(-living[opened], kind="stable")]
    place = int(order[min(3, len(order) - 1)])
    gone = np.random.default_rng(seed).choice(problem.people, people, replace=False)
    slots = tuple(t for t in (from_slot, from_slot + 1, from_slot + 3) if t < problem.slots)
    lines = tuple(NewLine(place, r, slots) for r in ROLES_OF_THE_SEALED)
    return Events(from_slot, (place,), tuple(sorted(gone.tolist())), lines)


def apply(problem: CityProblem, plan: Lines, events: Events) -> After:
    """The problem as it is from `events` on, and what is left of `plan`.

    Raises:
        BadEvents: with everything in them that does not exist or is past.
        BadCityPlan: `plan` is not one for `problem`.
    """
    fits(problem, plan)
    refuse(BadEvents, list(_faults(problem, events)))
    changed = _changed(problem, events)
    kept, illegal = legal_part(changed, plan, events.from_slot)
    before = np.zeros((changed.lines, changed.slots), dtype=np.int64)
    before[: problem.lines] = capacity.present(problem, plan)
    now = capacity.present(changed, kept)
    holes = np.maximum(changed.required - now, 0)
    holes[: problem.lines] -= np.maximum(problem.required - before[: problem.lines], 0)
    holes[:, : events.from_slot] = 0
    return After(changed, kept, events.from_slot, illegal, np.maximum(holes, 0))


def legal_part(problem: CityProblem, plan: Lines, since: int) -> tuple[Lines, tuple[Breach, ...]]:
    """`plan` without the assignments from slot `since` on that nobody may keep now."""
    at = duties(plan, since)
    wrong: Flags = ~(
        availability.allows(problem, at.person, at.slot) & may_stand(problem, at.person, at.line)
    )
    kept = plan.copy()
    kept[at.person[wrong], at.slot[wrong]] = -1
    dropped = zip(at.person[wrong], at.line[wrong], at.slot[wrong], strict=True)
    return kept, tuple(Breach(int(p), int(line), int(t)) for p, line, t in dropped)


def _faults(problem: CityProblem, events: Events) -> Iterator[str]:
    if not 0 <= events.from_slot < problem.slots:
        yield f"from_slot is {events.from_slot}; slots run from 0 to {problem.slots - 1}"
    for name, limit in (("sealed", problem.compounds), ("unavailable", problem.people)):
        for each in getattr(events, name):
            if not 0 <= each < limit:
                yield f"{name} {each}: there are {limit} from 0"
    for i, line in enumerate(events.lines):
        yield from _line_faults(problem, events, line, f"lines[{i}]")


def _line_faults(problem: CityProblem, events: Events, line: NewLine, where: str) -> Iterator[str]:
    if not (0 <= line.place < problem.compounds and 0 <= line.role < problem.roles):
        yield f"{where}: there is no compound {line.place} or no role {line.role}"
    if not 0 <= line.minimum <= line.required:
        yield f"{where}: minimum {line.minimum} of required {line.required}"
    for slot in line.slots:
        if not events.from_slot <= slot < problem.slots:
            yield f"{where}: slot {slot} is past or after the week"
    if line.weight_minimum is None and not np.any(problem.line_role == line.role):
        yield f"{where}: no other line has role {line.role}; give its weights"


def _changed(problem: CityProblem, events: Events) -> CityProblem:
    status = problem.compound_status.copy()
    status[list(events.sealed)] = SEALED
    available = problem.person_available.copy()
    available[list(events.unavailable), events.from_slot :] = False
    required = np.zeros((len(events.lines), problem.slots), dtype=np.int16)
    minimum = required.copy()
    for i, line in enumerate(events.lines):
        required[i, list(line.slots)] = line.required
        minimum[i, list(line.slots)] = line.minimum
    return replace(
        problem,
        compound_status=status,
        person_available=available,
        line_place=np.append(problem.line_place, _of(events, "place")).astype(np.int32),
        line_role=np.append(problem.line_role, _of(events, "role")).astype(np.int8),
        required=np.vstack([problem.required, required]),
        minimum=np.vstack([problem.minimum, minimum]),
        weight_minimum=_weights(problem, events, "weight_minimum"),
        weight_required=_weights(problem, events, "weight_required"),
    )


def _of(events: Events, name: str) -> list[int]:
    return [getattr(line, name) for line in events.lines]


def _weights(problem: CityProblem, events: Events, name: str) -> Whole:
    """(L,) of the old lines and the new: what a new line says, or the most of its role."""
    old = getattr(problem, name)
    new = []
    for line in events.lines:
        said = getattr(line, name)
        new.append(said if said is not None else old[problem.line_role == line.role].max())
    return np.append(old, new).astype(np.float64)
