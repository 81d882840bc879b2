"""A round that does not hold together is refused; a table works as the policy says."""

from dataclasses import replace

import pytest

from muster.policies import load
from muster.simulate.round import Call, Round, Site, Table, manner_of
from tests.simulate.rounds import night


def test_the_manner_is_the_policys() -> None:
    policy = load("2022-04")
    manner = manner_of(policy)
    site, conduct = policy.screening.site, policy.screening.conduct
    assert manner.registration == (site.registration_seconds_min, site.registration_seconds_max)
    assert manner.tube_size == policy.screening.tube.default_size
    assert manner_of(policy, 20).tube_size == 20
    assert manner.per_person == pytest.approx(
        (
            (30 + conduct.tube_open_seconds / 10) / 60,
            (30 + conduct.between_seconds + conduct.tube_close_seconds / 10) / 60,
        )
    )


def test_a_table_keeps_within_the_norm_of_people_an_hour() -> None:
    norm = load("2022-04").screening.site
    an_hour = 60 / max(manner_of(load("2022-04")).per_person)
    assert norm.people_per_hour_min <= an_hour <= norm.people_per_hour_max


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"calls": ()}, "at least one person"),
        ({"calls": (Call(9, 0, 5, 1),)}, "to no site"),
        ({"calls": (Call(0, 0, 5, 6),)}, "household"),
        ({"sites": (Site("empty", ()),)}, "no table"),
        ({"sites": (Site("a", (Table(1, 0, 1),)),)}, "recorder"),
        ({"sites": (Site("a", (Table(1, 1, 1), Table(1, 1, 1))),)}, "same number"),
    ],
)
def test_what_does_not_hold_together_is_refused(change: dict[str, object], reason: str) -> None:
    good = night(100, (2,))
    with pytest.raises(ValueError, match=reason):
        replace(good, **{"calls": (Call(0, 0, 5, 1),), **change})  # type: ignore[arg-type]


def test_tables_and_people_are_counted() -> None:
    round_: Round = night(1000, (2, 1))
    assert [t.number for t in round_.tables] == [1, 2, 3]
    assert round_.people == pytest.approx(1000, abs=1)
