"""muster.protocols.kits: due, blocked, late, from facts alone."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster import policies
from muster.kernel.clock import LOCAL
from muster.protocols.kits import (
    WHOLE,
    Change,
    DayState,
    Given,
    LotBalance,
    SeriesFacts,
    counts,
    day_state,
    issue_decision,
    kits_due,
    may_report,
    missing_by,
    result_change,
    take,
    undo_decision,
)

RULE = policies.load("2022-04").antigen
START = date(2022, 4, 3)
FIVE = SeriesFacts(START, (1, 2, 3, 4, 5), 1, daily=False)
DAY_2 = SeriesFacts(START, (2,), 1, daily=True)
NOW = datetime(2022, 4, 4, 6, 0, tzinfo=UTC)


def test_the_november_rules_have_their_second_day() -> None:
    series = policies.load("2022-11").antigen_series("zone_day_2")
    assert (series.days, series.daily) == ((2,), True)
    assert policies.load("2022-11").level("high").antigen_days == series.days
    assert policies.load("2022-06").antigen == RULE
    assert policies.load("2022-04").antigen_result("positive").deadline_minutes == 120


@pytest.mark.parametrize(
    ("series", "residents", "kits"),
    [
        (FIVE, 3, 15),
        (FIVE, 0, 0),
        (DAY_2, 3, 3),
        (SeriesFacts(START, (1, 3), 2, daily=False), 2, 8),
    ],
)
def test_kits_due(series: SeriesFacts, residents: int, kits: int) -> None:
    assert kits_due(series, residents) == kits


@pytest.mark.parametrize(
    ("series", "on", "day", "covers"),
    [
        (FIVE, date(2022, 4, 1), 1, WHOLE),
        (FIVE, date(2022, 4, 5), 3, WHOLE),
        (FIVE, date(2022, 5, 1), 5, WHOLE),
        (DAY_2, date(2022, 4, 3), 2, 2),
    ],
)
def test_which_day_counts(series: SeriesFacts, on: date, day: int, covers: int) -> None:
    assert series.day_on(on) == day
    assert series.issue_day(day) == covers


@pytest.mark.parametrize(
    ("series", "residents", "given_", "code"),
    [
        (FIVE, 2, None, "due"),
        (FIVE, 0, None, "nobody_lives_here"),
        (SeriesFacts(START, (1,), 1, daily=True, closed=True), 2, None, "series_closed"),
        (FIVE, 2, Given("account:1", NOW), "already_issued"),
    ],
)
def test_may_a_door_have_kits(
    series: SeriesFacts, residents: int, given_: Given | None, code: str
) -> None:
    decision = issue_decision(series, residents=residents, given=given_)
    assert decision.reason_code == code
    assert bool(decision) == (code == "due")


def test_an_issue_is_taken_back_while_it_is_fresh_and_unused() -> None:
    hour = timedelta(hours=1)
    assert undo_decision(RULE, issued_at=NOW - 12 * hour, now=NOW, results=0)
    late = undo_decision(RULE, issued_at=NOW - 13 * hour, now=NOW, results=0)
    assert (late.reason_code, dict(late.data)) == ("too_late", {"minutes": 720})
    assert undo_decision(RULE, issued_at=NOW, now=NOW, results=1).reason_code == "kits_used"


@pytest.mark.parametrize(
    ("result", "at", "state"),
    [
        ("", "2022-04-03T23:59", DayState.AHEAD),
        ("", "2022-04-04T00:00", DayState.DUE),
        ("", "2022-04-04T19:59", DayState.DUE),
        ("", "2022-04-04T20:00", DayState.LATE),
        ("", "2022-04-09T08:00", DayState.LATE),
        ("negative", "2022-04-04T21:00", DayState.DONE),
        ("positive", "2022-04-04T21:00", DayState.DONE),
        ("invalid", "2022-04-04T12:00", DayState.DUE),
        ("invalid", "2022-04-04T21:00", DayState.LATE),
    ],
)
def test_due_by_the_evening_of_the_citys_day(result: str, at: str, state: DayState) -> None:
    now = datetime.fromisoformat(at).replace(tzinfo=LOCAL).astimezone(UTC)
    assert day_state(RULE, FIVE, day=2, result=result, now=now, zone=LOCAL) is state


@pytest.mark.parametrize(
    ("day", "today", "code"),
    [(1, START, "allowed"), (2, START, "day_ahead"), (6, date(2022, 5, 1), "day_unknown")],
)
def test_no_result_of_a_day_that_has_not_come(day: int, today: date, code: str) -> None:
    assert may_report(FIVE, day=day, today=today).reason_code == code


@pytest.mark.parametrize(
    ("old", "new", "change"),
    [
        ("negative", "negative", Change.SAME),
        ("invalid", "negative", Change.REPLACES),
        ("invalid", "positive", Change.REPLACES),
        ("negative", "positive", Change.REPLACES),
        ("negative", "invalid", Change.STANDS),
        ("positive", "negative", Change.STANDS),
        ("positive", "invalid", Change.STANDS),
    ],
)
def test_a_positive_is_never_taken_back_on_a_page(old: str, new: str, change: Change) -> None:
    assert result_change(RULE, old, new) is change


def test_an_unknown_result_says_nothing() -> None:
    assert [counts(RULE, r) for r in ("negative", "positive", "invalid", "", "x")] == [
        True, True, False, False, False,
    ]  # fmt: skip


LOTS = st.lists(
    st.builds(
        LotBalance[int],
        st.integers(0, 10**6),
        st.dates(date(2022, 1, 1), date(2022, 12, 31)),
        st.integers(-50, 200),
    ),
    max_size=6,
    unique_by=lambda lot: lot.lot,
)


@given(LOTS, st.integers(1, 500))
def test_taking_gives_what_was_wanted_from_lots_that_may_be_used(
    lots: list[LotBalance[int]], wanted: int
) -> None:
    today = date(2022, 6, 1)
    fit = {lot.lot: lot for lot in lots if lot.expires_on >= today}
    if not fit:
        with pytest.raises(ValueError, match="no lot"):
            take(lots, wanted, today=today)
        return
    taking = take(lots, wanted, today=today)
    assert sum(n for _, n in taking.parts) == wanted
    assert {lot for lot, _ in taking.parts} <= fit.keys()
    assert taking.short == max(0, wanted - sum(max(0, lot.balance) for lot in fit.values()))
    if not taking.short:
        assert all(n <= fit[lot].balance for lot, n in taking.parts)
        last = max(fit[lot].expires_on for lot, _ in taking.parts)
        left = dict(taking.parts)
        sooner = [lot for lot in fit.values() if lot.expires_on < last and lot.balance > 0]
        assert all(left.get(lot.lot) == lot.balance for lot in sooner)


@given(st.integers(-100, 100), st.integers(-100, 100))
def test_only_what_goes_out_below_zero_is_missing(balance: int, quantity: int) -> None:
    missing = missing_by(balance, quantity)
    assert missing == (max(0, -balance - quantity) if quantity < 0 else 0)


def test_who_is_held_owes_no_more_kits() -> None:
    states = [
        day_state(RULE, FIVE, day=day, result=result, now=NOW, zone=LOCAL, held=True)
        for day, result in ((1, ""), (2, "positive"), (5, ""))
    ]
    assert states == [DayState.HELD, DayState.DONE, DayState.HELD]
