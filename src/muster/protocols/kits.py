"""Antigen kits: how many a door is due, who may have them, who is late, what a result asks for.

Pure, so that a phone without network can decide the same from the same facts.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo
from enum import StrEnum

from muster.policies.model import Antigen
from muster.protocols.decisions import Decision, allow, refuse

WHOLE = 0
"""The "day" of an issue that covers a whole series."""


@dataclass(frozen=True, slots=True)
class SeriesFacts:
    """A series: it begins on `starts_on`, which is day 1; people test on `days`."""

    starts_on: date
    days: tuple[int, ...]
    kits_per_person: int
    daily: bool
    closed: bool = False

    def date_of(self, day: int) -> date:
        """The date of a day of the series."""
        return self.starts_on + timedelta(days=day - 1)

    def day_on(self, today: date) -> int:
        """The day that counts on a date: the last that has come, else the first."""
        come = [day for day in self.days if self.date_of(day) <= today]
        return come[-1] if come else self.days[0]

    def issue_day(self, day: int) -> int:
        """What an issue on `day` covers: that day, or the whole series (`WHOLE`)."""
        return day if self.daily else WHOLE


def kits_due(series: SeriesFacts, residents: int) -> int:
    """How many kits a door with so many residents is due at one issue."""
    return residents * series.kits_per_person * (1 if series.daily else len(series.days))


@dataclass(frozen=True, slots=True)
class Given:
    """Kits that a door has had for the same day or series: by whom, when (None: by a phone that the
    server has not answered yet)."""

    by: str
    at: datetime | None


def issue_decision(series: SeriesFacts, *, residents: int, given: Given | None) -> Decision:
    """Whether a door may be given kits now: ``due`` with the number, or ``series_closed``,
    ``already_issued`` (by whom, when), ``nobody_lives_here``."""
    if given is not None:
        return refuse("already_issued", by=given.by, at=given.at)
    if series.closed:
        return refuse("series_closed")
    if residents < 1:
        return refuse("nobody_lives_here")
    return allow("due", kits=kits_due(series, residents))


def undo_decision(rule: Antigen, *, issued_at: datetime, now: datetime, results: int) -> Decision:
    """Whether an issue may be taken back: ``too_late`` after the policy's minutes, ``kits_used``
    when results have come in."""
    if results:
        return refuse("kits_used", results=results)
    if now - issued_at > timedelta(minutes=rule.undo_minutes):
        return refuse("too_late", minutes=rule.undo_minutes)
    return allow()


class DayState(StrEnum):
    """How a person stands on a day of a series."""

    DONE = "done"
    DUE = "due"
    LATE = "late"
    AHEAD = "ahead"
    HELD = "held"


def day_state(
    rule: Antigen,
    series: SeriesFacts,
    *,
    day: int,
    result: str,
    now: datetime,
    zone: tzinfo,
    held: bool = False,
) -> DayState:
    """The state of one person on one day. An invalid result (one that neither releases nor
    recalls) is none: another kit is due. Who is `held` for a re-test owes no more kits."""
    if counts(rule, result):
        return DayState.DONE
    if held:
        return DayState.HELD
    local, on = now.astimezone(zone), series.date_of(day)
    if local.date() < on:
        return DayState.AHEAD
    due = datetime.combine(on, time(rule.late_hour), zone)
    return DayState.LATE if local >= due else DayState.DUE


def counts(rule: Antigen, result: str) -> bool:
    """Whether a result says something: negative and positive do, invalid and none do not."""
    kinds = {kind.key: kind for kind in rule.results}
    return result in kinds and (kinds[result].releases or kinds[result].recall)


def may_report(series: SeriesFacts, *, day: int, today: date) -> Decision:
    """Whether a result for `day` can be true: ``day_unknown``, ``day_ahead``. A closed series
    still takes results: a positive is never turned away."""
    if day not in series.days:
        return refuse("day_unknown", day=day)
    if series.date_of(day) > today:
        return refuse("day_ahead", day=day)
    return allow()


class Change(StrEnum):
    """What a second result for the same person and day does."""

    SAME = "same"
    REPLACES = "replaces"
    STANDS = "stands"


def result_change(rule: Antigen, old: str, new: str) -> Change:
    """An invalid one gives way, a negative gives way to a positive; a positive stands until the
    re-test: nobody takes it back on a page."""
    if old == new:
        return Change.SAME
    kinds = {kind.key: kind for kind in rule.results}
    if kinds[old].recall or (counts(rule, old) and not kinds[new].recall):
        return Change.STANDS
    return Change.REPLACES


@dataclass(frozen=True, slots=True)
class LotBalance[K]:
    """What is left of a lot in a store."""

    lot: K
    expires_on: date
    balance: int


@dataclass(frozen=True, slots=True)
class Taking[K]:
    """From which lots kits are taken, how many from each; `short`: how many were not there by the
    ledger. They are taken from the last lot all the same: what is in the hand counts."""

    parts: tuple[tuple[K, int], ...]
    short: int


def take[K](lots: Sequence[LotBalance[K]], wanted: int, *, today: date) -> Taking[K]:
    """Kits for an issue: the lot that expires first goes first, expired ones never.

    Raises `ValueError` when no lot is fit for use.
    """
    fit = sorted((x for x in lots if x.expires_on >= today), key=lambda x: x.expires_on)
    if not fit:
        raise ValueError("no lot is fit for use")
    parts: dict[K, int] = {}
    left = wanted
    for lot in fit:
        some = min(max(0, lot.balance), left)
        if some:
            parts[lot.lot] = some
            left -= some
    if left:
        last = next((x for x in reversed(fit) if x.balance > 0), fit[-1]).lot
        parts[last] = parts.get(last, 0) + left
    return Taking(tuple(parts.items()), left)


def missing_by(balance: int, quantity: int) -> int:
    """How many are missing in the ledger if `quantity` (negative: out) is booked: 0 if none."""
    return max(0, -(balance + quantity)) if quantity < 0 else 0
