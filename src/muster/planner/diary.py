"""What a person already does: the rules of rest, day, week and nights asked span by span."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from muster.planner.plan import Bar
from muster.planner.problem import Problem, Rules, Shift

_WEEK = timedelta(days=7)
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Span:
    """Time taken: by this plan (`post` set) or from before."""

    start: datetime
    end: datetime
    night: bool
    post: int | None = None


class Diaries:
    """The spans of each person, and the question whether one more shift fits."""

    def __init__(self, problem: Problem) -> None:
        self._rules = problem.rules
        self._spans: defaultdict[int, list[Span]] = defaultdict(list)
        for each in problem.commitments:
            self._spans[each.person].append(Span(each.start, each.end, each.night))

    def take(self, person: int, shift: Shift, post: int) -> None:
        """Write the shift into the person's diary."""
        self._spans[person].append(Span(shift.start, shift.end, shift.night, post))

    def busy_people(self) -> Iterable[int]:
        """Everybody with anything in the diary."""
        return self._spans.keys()

    def bar(self, person: int, shift: Shift) -> Bar | None:
        """The first rule that one more shift would break, or ``None``."""
        spans = self._spans.get(person)
        return first_bar(self._rules, spans, shift) if spans else None

    def earlier(self, person: int, shift: Shift) -> int:
        """Shifts begun in the seven days before this one."""
        spans = self._spans.get(person, ())
        return sum(shift.start - _WEEK < span.start < shift.start for span in spans)


def first_bar(rules: Rules, spans: Sequence[Span], shift: Shift) -> Bar | None:
    """The nearest bar to `shift` beside `spans`: being elsewhere at that time says more than being
    tired, so overlap is asked first."""
    overlap = [span for span in spans if span.start < shift.end and shift.start < span.end]
    if overlap:
        outbid = any(span.post is not None for span in overlap)
        return Bar.OUTBID if outbid else Bar.COMMITTED
    rest = timedelta(hours=rules.rest_hours)
    if any(span.start < shift.end + rest and shift.start < span.end + rest for span in spans):
        return Bar.RESTING
    if _day_hours(spans, shift) + shift.hours > rules.max_daily_hours:
        return Bar.DAY_FULL
    if _fullest_week([span.start for span in spans], shift.start) > rules.max_shifts_week:
        return Bar.WEEK_FULL
    nights = {span.start.date() for span in spans if span.night}
    if shift.night and _run(nights, shift.start.date()) > rules.max_nights_in_a_row:
        return Bar.NIGHTS_FULL
    return None


def _day_hours(spans: Sequence[Span], shift: Shift) -> float:
    day = shift.start.date()
    return sum(
        (span.end - span.start).total_seconds() / 3600 for span in spans if span.start.date() == day
    )


def _fullest_week(starts: Sequence[datetime], new: datetime) -> int:
    """Most shifts in any seven days that hold the new one, it included."""
    everything = [*starts, new]
    windows = [first for first in everything if first <= new < first + _WEEK]
    return max(sum(first <= each < first + _WEEK for each in everything) for first in windows)


def _run(nights: set[date], new: date) -> int:
    """Length of the run of nights that the new one makes or joins."""
    first = last = new
    while first - _DAY in nights:
        first -= _DAY
    while last + _DAY in nights:
        last += _DAY
    return (last - first).days + 1
