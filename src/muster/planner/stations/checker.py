"""Judges any station roster from the problem alone. Shares no code with the solvers."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from muster.planner.stations.problem import SATURDAY, WEEK, Member, ShiftType, StationProblem
from muster.planner.stations.roster import Duty, Roster

PARTS = ("on_requests", "off_requests", "under", "over")


@dataclass(frozen=True, slots=True)
class Breach:
    """A rule that a roster breaks, by whom, from which day on (-1: over the whole horizon)."""

    rule: str
    member: str
    day: int
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Charge:
    """One item of the cost: `amount` for `part` (one of `PARTS`); `member` is empty for cover."""

    part: str
    member: str
    day: int
    shift: str
    amount: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a roster breaks and what it costs, item by item."""

    breaches: tuple[Breach, ...]
    charges: tuple[Charge, ...]

    @property
    def cost(self) -> int:
        return sum(charge.amount for charge in self.charges)

    @property
    def parts(self) -> dict[str, int]:
        """The cost by part, in the order of `PARTS`."""
        total: Counter[str] = Counter()
        for charge in self.charges:
            total[charge.part] += charge.amount
        return {part: total[part] for part in PARTS}


def check(problem: StationProblem, roster: Roster) -> Verdict:
    """Every broken rule and every cost of `roster`.

    Rules: ``unknown``, ``one_shift_a_day``, ``day_off``, ``succession``, ``max_shifts``,
    ``max_minutes``, ``min_minutes``, ``max_run``, ``min_run``, ``min_off``, ``weekends``. A run of
    work or of days off that touches the first or the last day may be shorter than its minimum.
    """
    members = {member.id for member in problem.members}
    shifts = {shift.id: shift for shift in problem.shifts}
    unknown = tuple(
        Breach("unknown", duty.member, duty.day, duty.shift)
        for duty in roster.duties
        if duty.member not in members
        or duty.shift not in shifts
        or not 0 <= duty.day < problem.days
    )
    if unknown:
        return Verdict(unknown, ())
    by_member: defaultdict[str, list[Duty]] = defaultdict(list)
    for duty in sorted(roster.duties):
        by_member[duty.member].append(duty)
    breaches = [
        breach
        for member in problem.members
        for breach in _member(problem.days, member, shifts, by_member[member.id])
    ]
    return Verdict(tuple(breaches), (*_requests(problem, roster), *_cover(problem, roster)))


def _member(
    days: int, member: Member, shifts: dict[str, ShiftType], duties: list[Duty]
) -> Iterator[Breach]:
    for day, count in Counter(duty.day for duty in duties).items():
        if count > 1:
            yield Breach("one_shift_a_day", member.id, day, f"{count} shifts")
    for duty in duties:
        if duty.day in member.days_off:
            yield Breach("day_off", member.id, duty.day, duty.shift)
    for first, then in ((a, b) for a in duties for b in duties if b.day == a.day + 1):
        if then.shift in shifts[first.shift].forbids:
            detail = f"{then.shift} after {first.shift}"
            yield Breach("succession", member.id, then.day, detail)
    yield from _totals(member, shifts, duties)
    yield from _runs(days, member, {duty.day for duty in duties})


def _totals(member: Member, shifts: dict[str, ShiftType], duties: list[Duty]) -> Iterator[Breach]:
    for shift, count in Counter(duty.shift for duty in duties).items():
        limit = member.max_shifts.get(shift, count)
        if count > limit:
            yield Breach("max_shifts", member.id, -1, f"{count} of {limit} {shift}")
    minutes = sum(shifts[duty.shift].minutes for duty in duties)
    if minutes > member.max_minutes:
        yield Breach("max_minutes", member.id, -1, f"{minutes} of {member.max_minutes}")
    if minutes < member.min_minutes:
        yield Breach("min_minutes", member.id, -1, f"{minutes} of {member.min_minutes}")
    weekends = {duty.day // WEEK for duty in duties if duty.day % WEEK >= SATURDAY}
    if len(weekends) > member.max_weekends:
        yield Breach("weekends", member.id, -1, f"{len(weekends)} of {member.max_weekends}")


def _runs(days: int, member: Member, worked: set[int]) -> Iterator[Breach]:
    for works, run in groupby(range(days), key=worked.__contains__):
        span = list(run)
        inside = span[0] > 0 and span[-1] < days - 1
        if works and len(span) > member.max_run:
            yield Breach("max_run", member.id, span[0], f"{len(span)} of {member.max_run}")
        if works and inside and len(span) < member.min_run:
            yield Breach("min_run", member.id, span[0], f"{len(span)} of {member.min_run}")
        if not works and inside and len(span) < member.min_off:
            yield Breach("min_off", member.id, span[0], f"{len(span)} of {member.min_off}")


def _requests(problem: StationProblem, roster: Roster) -> Iterator[Charge]:
    duties = set(roster.duties)
    for each in problem.requests:
        works = Duty(each.member, each.day, each.shift) in duties
        if works != each.wanted and each.weight:
            part = "on_requests" if each.wanted else "off_requests"
            yield Charge(part, each.member, each.day, each.shift, each.weight)


def _cover(problem: StationProblem, roster: Roster) -> Iterable[Charge]:
    present = Counter((duty.day, duty.shift) for duty in roster.duties)
    for cover in problem.covers:
        balance = present[cover.day, cover.shift] - cover.required
        part, weight = ("over", cover.over) if balance > 0 else ("under", cover.under)
        if balance and weight:
            yield Charge(part, "", cover.day, cover.shift, abs(balance) * weight)
