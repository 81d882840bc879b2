"""Reads the text format of the public shift-scheduling benchmark.

Sections ``SECTION_HORIZON``, ``SECTION_SHIFTS``, ``SECTION_STAFF``, ``SECTION_DAYS_OFF``,
``SECTION_SHIFT_ON_REQUESTS``, ``SECTION_SHIFT_OFF_REQUESTS``, ``SECTION_COVER``, each a heading
with comma-separated lines below it; ``#`` starts a comment. Every fault of a file is told at once.
"""

from dataclasses import replace

from muster.planner.stations.problem import (
    Cover,
    Member,
    Request,
    ShiftType,
    StationProblem,
    refuse,
)

_FIELDS = {
    "HORIZON": ("days",),
    "SHIFTS": ("ShiftID", "Length in mins", "Shifts which cannot follow"),
    "STAFF": (
        "ID", "MaxShifts", "MaxTotalMinutes", "MinTotalMinutes", "MaxConsecutiveShifts",
        "MinConsecutiveShifts", "MinConsecutiveDaysOff", "MaxWeekends",
    ),
    "DAYS_OFF": ("EmployeeID", "DayIndexes"),
    "SHIFT_ON_REQUESTS": ("EmployeeID", "Day", "ShiftID", "Weight"),
    "SHIFT_OFF_REQUESTS": ("EmployeeID", "Day", "ShiftID", "Weight"),
    "COVER": ("Day", "ShiftID", "Requirement", "Weight for under", "Weight for over"),
}  # fmt: skip
_NEEDED = ("HORIZON", "SHIFTS", "STAFF", "COVER")


class _Line:
    """A line cut at its commas; what is wrong with a field goes to `faults` with line and mend."""

    def __init__(self, number: int, section: str, text: str, faults: list[str]) -> None:
        self.number, self.section, self.faults = number, section, faults
        self.parts = [part.strip() for part in text.split(",")]

    @property
    def whole(self) -> bool:
        """Are all its fields there? Days off may be any number of days."""
        fields = _FIELDS[self.section]
        free = self.section == "DAYS_OFF"
        right = len(self.parts) >= 2 if free else len(self.parts) == len(fields)
        if not right:
            self.fault(f"{len(self.parts)} fields", f"write {', '.join(fields)}")
        return right

    def fault(self, what: str, mend: str) -> None:
        self.faults.append(f"line {self.number} ({self.section}): {what}; {mend}")

    def number_at(self, at: int) -> int:
        """The whole number in field `at`, from 0; a fault and 0 when it is none."""
        name = _FIELDS[self.section][min(at, len(_FIELDS[self.section]) - 1)]
        return self.number_in(self.parts[at], name)

    def number_in(self, text: str, name: str) -> int:
        if text.isascii() and text.isdigit():
            return int(text)
        self.fault(f"{name} is {text!r}", "write a whole number from 0")
        return 0

    def limits(self) -> dict[str, int]:
        """``E=14|L=0`` of a member."""
        found: dict[str, int] = {}
        for pair in filter(None, self.parts[1].split("|")):
            shift, sign, count = (part.strip() for part in pair.partition("="))
            if not sign:
                self.fault(f"MaxShifts has {pair!r}", "write shift=number, separated by |")
                continue
            found[shift] = self.number_in(count, f"MaxShifts of {shift}")
        return found


def read_instance(text: str) -> StationProblem:
    """The problem in `text`.

    Raises:
        BadInstance: with every fault (line, field, mend) or, when the lines are sound, every
            contradiction between them; `data["faults"]` has them one by one.
    """
    faults: list[str] = []
    sections = _sections(text, faults)
    faults += [
        f"SECTION_{name} is missing; is the file cut off?"
        for name in _NEEDED
        if not sections.get(name)
    ]
    lines = {name: [line for line in found if line.whole] for name, found in sections.items()}
    days = [line.number_at(0) for line in lines.get("HORIZON", [])]
    if len(days) > 1:
        faults.append(f"SECTION_HORIZON has {len(days)} lines; keep one")
    shifts = tuple(map(_shift, lines.get("SHIFTS", [])))
    members = _members(lines, faults)
    requests = tuple(
        _request(line, wanted=wanted)
        for name, wanted in (("SHIFT_ON_REQUESTS", True), ("SHIFT_OFF_REQUESTS", False))
        for line in lines.get(name, [])
    )
    covers = tuple(map(_cover, lines.get("COVER", [])))
    refuse(faults)
    return StationProblem(days[0], shifts, members, requests, covers)


def _sections(text: str, faults: list[str]) -> dict[str, list[_Line]]:
    sections: dict[str, list[_Line]] = {}
    section = ""
    for number, raw in enumerate(text.splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        if line.startswith("SECTION_"):
            section = line.removeprefix("SECTION_")
            if section not in _FIELDS or section in sections:
                faults.append(f"line {number}: {line} is unknown or given twice; drop it")
            sections.setdefault(section, [])
        elif not section:
            faults.append(f"line {number}: {line[:30]!r} stands before any SECTION_; drop it")
        elif section in _FIELDS:
            sections[section].append(_Line(number, section, line, faults))
    return sections


def _shift(line: _Line) -> ShiftType:
    forbids = frozenset(s.strip() for s in line.parts[2].split("|") if s.strip())
    return ShiftType(line.parts[0], line.number_at(1), forbids)


def _members(lines: dict[str, list[_Line]], faults: list[str]) -> tuple[Member, ...]:
    members = {line.number: _member(line) for line in lines.get("STAFF", [])}
    known = {member.id for member in members.values()}
    off: dict[str, set[int]] = {}
    for line in lines.get("DAYS_OFF", []):
        if line.parts[0] not in known:
            line.fault(f"EmployeeID {line.parts[0]} is not in STAFF", "add or drop it")
        days = {line.number_at(at) for at in range(1, len(line.parts))}
        off.setdefault(line.parts[0], set()).update(days)
    return tuple(replace(m, days_off=frozenset(off.get(m.id, ()))) for m in members.values())


def _member(line: _Line) -> Member:
    numbers = [line.number_at(at) for at in range(2, 8)]
    return Member(
        id=line.parts[0],
        max_shifts=line.limits(),
        max_minutes=numbers[0],
        min_minutes=numbers[1],
        max_run=numbers[2],
        min_run=max(1, numbers[3]),
        min_off=max(1, numbers[4]),
        max_weekends=numbers[5],
    )


def _request(line: _Line, *, wanted: bool) -> Request:
    return Request(line.parts[0], line.number_at(1), line.parts[2], line.number_at(3), wanted)


def _cover(line: _Line) -> Cover:
    return Cover(
        line.number_at(0), line.parts[1], line.number_at(2), line.number_at(3), line.number_at(4)
    )
