"""muster.planner.city.generate: the same dice, the same city, one family."""

import numpy as np
import pytest

from muster.planner.city.generate import generate


def test_the_same_seed_the_same_city() -> None:
    assert generate(500, 3).fingerprint == generate(500, 3).fingerprint
    assert generate(500, 3).fingerprint != generate(500, 4).fingerprint


@pytest.mark.parametrize("people", [1, 7, 60])
def test_small_ones_hold_together(people: int) -> None:
    assert generate(people, 1).people == people


def test_the_family() -> None:
    city = generate(20_000, 5)
    status = np.bincount(city.compound_status) / city.compounds
    assert status == pytest.approx([0.72, 0.135, 0.145], abs=0.04)
    held = [float(((city.person_roles >> r) & 1).mean()) for r in range(8)]
    wanted = [0.38, 0.38, 0.068, 0.327, 0.294, 0.093, 0.052, 0.103]
    assert held == pytest.approx(wanted, abs=0.02)
    assert city.person_available.mean() == pytest.approx(0.479, abs=0.02)
    assert city.required.sum() / city.people == pytest.approx(3.43, abs=0.25)
    assert city.lines / city.people == pytest.approx(0.2946, abs=0.002)
