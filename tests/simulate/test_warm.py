"""What set-up compiles is what a rehearsal runs."""

from muster.simulate.warm import warm


def test_warming_lets_one_person_through() -> None:
    assert 0 < warm() < 60
