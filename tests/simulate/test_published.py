"""The share of published rows that our days agree with."""

from pathlib import Path

import pytest

from muster.simulate.hub import Mean
from muster.simulate.published import agrees, compare, read, share

TABLE = "bench/hub/published_sim_results_test1.csv"


def test_at_least_ninety_five_of_a_hundred_rows_agree(shared: Path) -> None:
    if not (shared / TABLE).exists():
        pytest.skip("the published table does not lie beside the checkout")
    rows = read(shared / TABLE)
    compared = compare(rows, days=150)
    assert len(compared) == len(rows) == 120
    assert {c.published.scenario.model for c in compared} == {"mass_vaccination_hub", "gp_clinic"}
    assert share(compared) >= 0.95
    assert sum(c.utilisation_agrees for c in compared) >= 0.95 * len(rows)


def test_chance_and_slack_are_what_may_differ() -> None:
    theirs = Mean(10.0, 2.0, 25)  # two errors 0.8, slack 0.2
    assert agrees(Mean(10.9, 0.0, 400), theirs)
    assert not agrees(Mean(11.1, 0.0, 400), theirs)
