"""A table of zone histories and rounds, and what they make due."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.policies import load
from muster.protocols.rhythm import (
    Due,
    Kind,
    RoundFact,
    Spell,
    State,
    calendar,
    clean_rounds,
    next_round,
    step_of,
    zone_days,
)

DAY1 = date(2022, 4, 3)


def on(day: int) -> date:
    """The date of a day counted from 1."""
    return DAY1 + timedelta(days=day - 1)


def rounds(*days: int, cases: tuple[int, ...] = ()) -> list[RoundFact]:
    return [RoundFact(on(day), day in cases) for day in days]


@pytest.mark.parametrize(
    ("policy", "level", "days"),
    [
        ("2022-04", "lockdown", [1, 4, 7, 10, 14]),
        ("2022-04", "control", [1, 4, 7, 14, 21]),
        ("2022-04", "precaution", []),
        ("2022-06", "high", [7]),
        ("2022-06", "medium", [7]),
        ("2022-11", "high", [1, 2, 3, 5]),
        ("2022-11", "low", []),
    ],
)
def test_the_days_of_a_zone(policy: str, level: str, days: list[int]) -> None:
    found = list(zone_days(load(policy), Spell(level, DAY1), on(21)))
    assert [(day - DAY1).days + 1 for day, _, _ in found] == days
    assert [number for _, _, number in found] == days


def test_day_two_of_november_is_an_antigen_kit() -> None:
    kinds = {n: kind for _, kind, n in zone_days(load("2022-11"), Spell("high", DAY1), on(9))}
    assert kinds == {
        1: Kind.NUCLEIC, 2: Kind.ANTIGEN, 3: Kind.NUCLEIC, 5: Kind.NUCLEIC,
    }  # fmt: skip


def test_nothing_is_due_after_a_zone_is_lifted() -> None:
    found = list(zone_days(load("2022-04"), Spell("lockdown", DAY1, until=on(7)), on(30)))
    assert [number for _, _, number in found] == [1, 4]


def test_an_upgrade_counts_its_days_anew() -> None:
    spells = [Spell("control", DAY1, until=on(5)), Spell("lockdown", on(5))]
    due = calendar(load("2022-04"), spells, [], first=DAY1, last=on(12), today=on(5))
    assert [(d.reason, d.number, (d.day - DAY1).days + 1) for d in due] == [
        ("control", 1, 1), ("control", 4, 4), ("lockdown", 1, 5), ("lockdown", 4, 8),
        ("lockdown", 7, 11),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("done", "today", "key", "next_day"),
    [
        (rounds(1, 2, 3, cases=(1,)), 3, "case_in_last_rounds", 4),
        (rounds(1, 2, 3, 4, cases=(1,)), 4, "case_in_14_days", 6),
        (rounds(1, 2, 4, 6, cases=(1,)), 15, "no_case", 11),
        (rounds(1), 1, "no_case", 6),
    ],
)
def test_the_second_edition_slows_down(
    done: list[RoundFact], today: int, key: str, next_day: int
) -> None:
    april = load("2022-04")
    assert step_of(april, done, on(today)).key == key
    assert next_round(april, done, on(today)) == (on(next_day), key)


@pytest.mark.parametrize(
    ("done", "expected"),
    [
        ([], None),
        (rounds(1, 2), (3, "daily")),
        (rounds(1, 2, 3, cases=(3,)), (4, "daily")),
        (rounds(1, 2, 3), (6, "last_round")),
        (rounds(1, 2, 3, 4, cases=(1,)), (7, "last_round")),
        (rounds(1, 2, 3, 6), None),
        (rounds(1, 2, 3, 6, cases=(6,)), (7, "daily")),
    ],
)
def test_the_ninth_edition_ends_with_one_more_round(
    done: list[RoundFact], expected: tuple[int, str] | None
) -> None:
    found = next_round(load("2022-06"), done, on(10))
    assert found == (None if expected is None else (on(expected[0]), expected[1]))


def test_a_due_day_is_done_missed_or_to_come() -> None:
    spells = [Spell("lockdown", DAY1)]
    due = calendar(load("2022-04"), spells, rounds(1, cases=(1,)), first=DAY1, last=on(8),
                   today=on(6))  # fmt: skip
    assert due == [
        Due(on(1), Kind.NUCLEIC, "lockdown", 1, State.DONE),
        Due(on(2), Kind.NUCLEIC, "case_in_last_rounds", 0, State.MISSED),
        Due(on(4), Kind.NUCLEIC, "lockdown", 4, State.MISSED),
        Due(on(7), Kind.NUCLEIC, "lockdown", 7, State.DUE),
    ]


def test_an_antigen_kit_is_never_called_missed() -> None:
    due = calendar(load("2022-11"), [Spell("high", DAY1)], [], first=DAY1, last=on(3), today=on(3))
    assert [d.state for d in due] == [State.MISSED, State.DUE, State.DUE]


@given(st.lists(st.booleans(), max_size=8))
def test_clean_rounds_are_counted_from_the_last(cases: list[bool]) -> None:
    facts = [RoundFact(on(n + 1), case) for n, case in enumerate(cases)]
    count = clean_rounds(facts)
    assert not any(f.case for f in facts[len(facts) - count :])
    assert count == len(facts) or facts[-count - 1].case
