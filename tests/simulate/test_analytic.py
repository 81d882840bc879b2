"""The exact answers are the tables' to the last printed digit."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.simulate.analytic import (
    best_pool,
    dorfman,
    erlang_b,
    erlang_c,
    servers_to_block,
    servers_to_serve,
)


def rows(path: Path) -> list[list[str]]:
    if not path.exists():
        pytest.skip(f"{path.name} does not lie beside the checkout")
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


def as_printed(number: float, printed: str) -> bool:
    """Whether `number` rounds to what is printed."""
    places = len(printed.partition(".")[2])
    return abs(number - float(printed)) <= 0.5000001 * 10**-places


def test_every_row_of_the_erlang_c_grid(shared: Path) -> None:
    for servers, load, busy, waits, queue, wait in rows(
        shared / "bench/queueing/computed_erlang_c_grid.csv"
    ):
        found = erlang_c(int(servers), float(load))
        assert as_printed(found.utilisation, busy)
        assert as_printed(found.waits, waits), (servers, load)
        assert as_printed(found.queue, queue), (servers, load)
        assert as_printed(found.wait, wait), (servers, load)


def test_every_row_of_dorfmans_table(shared: Path) -> None:
    for prevalence, size, least, five, ten, twenty in rows(
        shared / "bench/queueing/computed_dorfman.csv"
    ):
        best = best_pool(float(prevalence))
        assert best.size == int(size)
        assert as_printed(best.per_person, least)
        for count, printed in ((5, five), (10, ten), (20, twenty)):
            assert as_printed(dorfman(float(prevalence), count).per_person, printed)


def test_the_published_pools(shared: Path) -> None:
    for row in rows(shared / "bench/queueing/published_pooling.csv"):
        p, sensitivity, specificity, size, *printed = row[2:]
        found = dorfman(
            float(p), int(size), sensitivity=float(sensitivity), specificity=float(specificity)
        )
        ours = (
            found.per_pool, found.per_person, found.sensitivity, found.specificity,
            found.positive_value, found.negative_value,
        )  # fmt: skip
        assert all(as_printed(n, text) for n, text in zip(ours, printed, strict=True)), row


def test_the_published_erlang_figures(shared: Path) -> None:
    printed = {
        (model, inputs.split(",")[-1].strip(), quantity): value
        for _, model, inputs, quantity, value in rows(
            shared / "bench/queueing/published_erlang.csv"
        )
    }
    load, within = 100 / 30 * 3, 0.33 / 3
    for limit, count in (
        (0.85, printed["Erlang C", "max occupancy 0.85", "servers needed"]),
        (0.7, printed["Erlang C", "max occupancy 0.7", "servers needed"]),
    ):
        found = servers_to_serve(load, within, 0.8, limit)
        assert found.servers == int(count)
        key = f"{count} servers"
        assert as_printed(found.served_within(within), printed["Erlang C", key, "service level"])
        assert as_printed(found.waits, printed["Erlang C", key, "P(wait)"])
    assert as_printed(
        erlang_c(14, load).utilisation, printed["Erlang C", "14 servers", "occupancy"]
    )
    blocked = printed["Erlang B", "load 10 erlangs", "servers needed"]
    assert servers_to_block(10, 0.02) == int(blocked)


@given(servers=st.integers(1, 60), load=st.floats(0.01, 59))
def test_a_line_makes_more_wait_than_are_turned_away_without_one(servers: int, load: float) -> None:
    if load >= servers:
        with pytest.raises(ValueError, match="cannot carry"):
            erlang_c(servers, load)
        return
    found = erlang_c(servers, load)
    assert erlang_b(servers, load) <= found.waits <= 1
    assert found.queue == pytest.approx(found.wait * load)


@pytest.mark.parametrize(("prevalence", "size"), [(1e-3, 10), (0.02, 5)])
def test_a_tube_is_positive_when_one_of_its_people_is(prevalence: float, size: int) -> None:
    assert dorfman(prevalence, size).tube_positive == pytest.approx(1 - (1 - prevalence) ** size)
