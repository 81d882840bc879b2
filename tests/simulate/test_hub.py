"""A day at the hub keeps the rules of the published model."""

import numpy as np
import pytest

from muster.simulate.hub import Scenario, appointments, day, simulate

HUB = Scenario(
    "mass_vaccination_hub", 35, 60, 0, 5, 0.02,
    {"nRsi": 2, "nEnt": 4, "nReg": 6, "nAss": 4, "nVac": 5},
)  # fmt: skip
CLINIC = Scenario("gp_clinic", 2, 10, -3, 1, 0.02, {"nRsi": 1, "nReg": 1, "nVac": 2})


def test_appointments_run_to_the_last_slot_before_590() -> None:
    assert sorted(set(appointments(HUB))) == [120 + 60 * k for k in range(8)]
    assert len(appointments(HUB)) == 8 * 35
    assert appointments(CLINIC)[-1] == 590
    assert len(appointments(CLINIC)) == 48 * 2


def test_each_station_serves_everybody_who_came() -> None:
    lived = day(HUB, np.random.default_rng(1))
    assert list(lived.stations) == [
        "Preparation", "Entrance", "Registration", "Assessment", "Vaccination",
    ]  # fmt: skip
    assert all(0 < s.utilisation < 1 for s in lived.stations.values())
    assert 0 < lived.treated <= len(lived.minutes) <= 280


def test_the_throughput_of_a_small_hub_is_the_papers() -> None:
    """About 500 in eight hours at the baseline, out in less than an hour."""
    base = Scenario(HUB.model, 60, 60, 0, 5, 0.02, HUB.staffing)
    figures = simulate(base, days=10)
    assert 400 <= figures.treated.mean <= 520
    assert figures.median_minutes < 60


def test_nobody_is_vaccinated_before_the_syringe_is_ready() -> None:
    slow = Scenario(HUB.model, 60, 60, 0, 5, 0.02, {**HUB.staffing, "nRsi": 1})
    quick, late = simulate(HUB, 5), simulate(slow, 5)
    assert late.median_minutes > quick.median_minutes
    assert late.utilisation["Preparation"].mean > 0.95


def test_nobody_comes() -> None:
    nobody = Scenario(HUB.model, 1, 60, 0, 5, 1.0, HUB.staffing)
    assert day(nobody, np.random.default_rng(1)).treated == 0


def test_the_same_seed_is_the_same_day() -> None:
    assert simulate(CLINIC, 3, seed=4) == simulate(CLINIC, 3, seed=4)
    assert simulate(CLINIC, 3, seed=4) != simulate(CLINIC, 3, seed=5)


def test_an_unknown_model_is_named() -> None:
    with pytest.raises(KeyError, match="tent"):
        simulate(Scenario("tent", 1, 10, 0, 1, 0, {}), 1)
