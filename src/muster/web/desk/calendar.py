"""The calendar of tests: which compound is due when, and who was missed in two rounds in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from muster.apps.screening.queries.calendar import Compound, day_of, due_of, missed_twice
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.rhythm import Due, State
from muster.web.desk.page import page
from muster.web.reach import Reach

BEFORE, AFTER = 4, 9
"""Days that are shown before and after today."""


@dataclass(frozen=True, slots=True)
class Row:
    """A compound, one cell a day, and its next due day."""

    compound: Compound
    cells: tuple[tuple[Due, ...], ...]
    next: date | None
    missed: int


@page(Verb.VIEW_COVERAGE, community=True)
def calendar(request: HttpRequest, reach: Reach) -> HttpResponse:
    """Fortnight of the community's estates, then the doors missed twice."""
    now = clock.now()
    today = day_of(now)
    days = [today + timedelta(days=n) for n in range(-BEFORE, AFTER + 1)]
    compounds = due_of(reach.place.area, first=days[0], last=days[-1], at=now)
    context = {
        "reach": reach,
        "days": days,
        "today": today,
        "rows": rows_of(compounds, days),
        "doors": missed_twice(reach.place.area, at=now),
    }
    return render(request, "desk/calendar.html", context)


def rows_of(compounds: Sequence[Compound], days: Sequence[date]) -> list[Row]:
    """Cells of each compound; those with a missed day first, then by the next due day."""
    rows = []
    for each in compounds:
        coming = [due.day for due in each.due if due.state is State.DUE]
        rows.append(
            Row(
                compound=each,
                cells=tuple(tuple(due for due in each.due if due.day == day) for day in days),
                next=min(coming, default=None),
                missed=sum(due.state is State.MISSED for due in each.due),
            )
        )
    return sorted(rows, key=lambda row: (-row.missed, row.next or date.max))
