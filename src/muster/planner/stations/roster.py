"""Who works which shift on which day, and the text it is kept in.

The text is a comma-separated grid, one line a member, one column a day, that any spreadsheet opens:
``member,0,1,2`` then ``A,,E,L``. An empty field is a day off.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

from muster.planner.stations.errors import BadRoster
from muster.planner.stations.problem import LISTED, StationProblem


@dataclass(frozen=True, slots=True, order=True)
class Duty:
    """`member` works `shift` on `day`."""

    member: str
    day: int
    shift: str


@dataclass(frozen=True, slots=True)
class Roster:
    """All duties; whether they keep the rules is for the checker to say."""

    duties: tuple[Duty, ...]


def write_roster(problem: StationProblem, roster: Roster) -> str:
    """The grid of `roster` as text; two shifts on one day would be joined by ``|``."""
    cells: dict[tuple[str, int], list[str]] = {}
    for duty in roster.duties:
        cells.setdefault((duty.member, duty.day), []).append(duty.shift)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["member", *range(problem.days)])
    for member in problem.members:
        row = ("|".join(cells.get((member.id, day), ())) for day in range(problem.days))
        writer.writerow([member.id, *row])
    return out.getvalue()


def read_roster(problem: StationProblem, text: str) -> Roster:
    """The roster in `text`.

    Raises:
        BadRoster: it is not the whole grid of this problem; every fault is named.
    """
    rows = list(csv.reader(io.StringIO(text)))
    heading = ["member", *map(str, range(problem.days))]
    if not rows or rows[0] != heading:
        raise BadRoster(reason=f"the first line must be member and the days 0 to {heading[-1]}")
    faults = list(_faults(problem, rows))
    if faults:
        raise BadRoster(reason="; ".join(faults[:LISTED]), faults=tuple(faults))
    return Roster(
        tuple(
            Duty(row[0], day, shift)
            for row in rows[1:]
            for day, cell in enumerate(row[1:])
            for shift in filter(None, cell.split("|"))
        )
    )


def _faults(problem: StationProblem, rows: list[list[str]]) -> Iterator[str]:
    wanted = [member.id for member in problem.members]
    shifts = {shift.id for shift in problem.shifts}
    found = [row[0] for row in rows[1:] if row]
    for lost in (member for member in wanted if found.count(member) != 1):
        yield f"member {lost} has {found.count(lost)} lines; write one"
    for number, row in enumerate(rows[1:], 2):
        if not row or row[0] not in wanted:
            yield f"line {number}: no member of this instance; drop it"
        elif len(row) != problem.days + 1:
            yield f"line {number}: {len(row) - 1} days instead of {problem.days}"
        for cell in row[1:]:
            for lost in sorted(set(filter(None, cell.split("|"))) - shifts):
                yield f"line {number}: {lost} is not a shift type of this instance"
