"""muster.planner.city.rules.generate: whole rules without contradiction, a share of each."""

import numpy as np
import pytest

from muster.planner.city.generate import generate
from muster.planner.city.rules.generate import generate_rules
from muster.planner.city.rules.model import no_rules
from muster.planner.city.rules.reading import rules_of


@pytest.mark.parametrize("people", [1, 5, 40, 1500])
def test_they_can_be_taken_in(people: int) -> None:
    city = generate(people, 2)
    rules_of(city, generate_rules(city, 2).stored())


def test_each_rule_has_its_share_and_the_seed_decides() -> None:
    city = generate(1500, 2)
    made, same, nothing = generate_rules(city, 7), generate_rules(city, 7), no_rules(city)
    for name, value in made.stored().items():
        assert np.array_equal(value, same.stored()[name])
        # Where newcomers may be alone follows from who is experienced: none is invented.
        invented = name != "rule_line_lenient"
        assert np.array_equal(value, nothing.stored()[name]) is not invented
