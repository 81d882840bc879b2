"""What needs a person now, in one look."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from muster.apps.bulletins.queries import bulletins_of
from muster.apps.calls.queries import CallProgress, calls_of, progress_of
from muster.apps.dashboards.queries.figure import Within, count_of, counts_of
from muster.apps.rosters.queries.rosters import gaps_in
from muster.apps.screening.queries.coverage import Coverage, coverage_total
from muster.apps.screening.queries.rounds import rounds_of
from muster.kernel import clock

if TYPE_CHECKING:
    from muster.apps.bulletins.models import Bulletin
    from muster.apps.calls.models import Call
    from muster.apps.rosters.models import Gap
    from muster.apps.screening.models import Round


@dataclass(frozen=True, slots=True)
class Today:
    """What is short (seats by role, residents missing), silent (bodies), doubtful (rows, entries,
    records). `call`, `round`, `coverage`, `bulletin` are the newest, None before the first."""

    call: CallProgress | None
    round: Round | None
    coverage: Coverage | None
    gaps: tuple[Gap, ...]
    doubtful_rows: int
    doubtful_entries: int
    held_records: int
    held_changes: int
    """What phones asked and nothing followed: changes, closings, words from doors."""
    kit_words: int
    """What phones with kits said and somebody looks at: held, a second lot, a second result."""
    open_recalls: int
    """People of positive tubes and of positive kits."""
    no_shows: int
    bulletin: Bulletin | None


ASKED = (
    """SELECT count(*) FROM screening_change
       WHERE area BETWEEN %(low)s AND %(high)s AND state = 'held' AND settled_at IS NULL""",
    """SELECT count(*) FROM screening_closing
       WHERE area BETWEEN %(low)s AND %(high)s AND state IN ('held', 'flagged')
             AND settled_at IS NULL""",
    """SELECT count(*) FROM screening_visit
       WHERE area BETWEEN %(low)s AND %(high)s AND state = 'held' AND settled_at IS NULL""",
)
"""What phones asked and nothing followed."""
HELD = """SELECT count(*) FROM screening_specimen
          WHERE area BETWEEN %(low)s AND %(high)s AND state = 'held'"""
WAITING = """SELECT
    (SELECT count(*) FROM communities_intake
     WHERE area BETWEEN %(low)s AND %(high)s AND state = 'waiting'),
    (SELECT count(*) FROM calls_chainentry
     WHERE area BETWEEN %(low)s AND %(high)s AND state = 'waiting'),
    (SELECT count(*) FROM kits_kitword
     WHERE area BETWEEN %(low)s AND %(high)s AND settled_at IS NULL AND taken_back_at IS NULL
           AND (state = 'held' OR (state = 'flagged'
                AND code IN ('kits_already_issued', 'kit_result_stands')))),
    (SELECT count(*) FROM screening_recall
     WHERE area BETWEEN %(low)s AND %(high)s AND closed_at IS NULL)
    + (SELECT count(*) FROM kits_kitfollowup
       WHERE area BETWEEN %(low)s AND %(high)s AND closed_at IS NULL),
    (SELECT count(*) FROM rosters_assignment a JOIN rosters_plan p ON p.id = a.plan_id
     WHERE p.area BETWEEN %(low)s AND %(high)s AND p.state = 'published'
           AND a.state = 'no_show'
           AND NOT EXISTS (SELECT 1 FROM rosters_assignment b WHERE b.replaces_id = a.id))"""
"""Rows, entries, kit words, recalls, no-shows: they lie together; the log is asked by itself."""


def today_of(low: int, high: int) -> Today:
    """Everything that waits within a range of places."""
    within = Within(low, high, clock.now())
    calls: list[Call] = calls_of(low=low, high=high)
    rounds = rounds_of(low=low, high=high)
    bulletins = bulletins_of(low=low, high=high)
    rows, entries, kit_words, recalls, no_shows = counts_of(WAITING, within)
    return Today(
        call=progress_of(calls[0].id) if calls else None,
        round=rounds[0] if rounds else None,
        coverage=coverage_total(rounds[0].id) if rounds else None,
        gaps=tuple(gaps_in(low=low, high=high)),
        doubtful_rows=rows,
        doubtful_entries=entries,
        held_records=count_of(HELD, within),
        held_changes=sum(count_of(query, within) for query in ASKED),
        kit_words=kit_words,
        open_recalls=recalls,
        no_shows=no_shows,
        bulletin=bulletins[0] if bulletins else None,
    )
