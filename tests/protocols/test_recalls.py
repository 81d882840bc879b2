"""muster.protocols.recalls: nobody is released before the re-test."""

from itertools import product

from muster.protocols.recalls import STEPS, may_become


def test_the_only_way_from_waiting_to_released_is_the_re_test() -> None:
    allowed = {(a, b) for a, b in product(STEPS, STEPS) if a != b and may_become(a, b)}
    assert allowed == {("waiting", "sampled"), ("sampled", "released"), ("sampled", "positive")}


def test_the_same_again_changes_nothing() -> None:
    assert all(may_become(state, state) for state in STEPS)
