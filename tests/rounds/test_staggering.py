"""Communities do not all start in the same minute."""

from hypothesis import given
from hypothesis import strategies as st

from muster.rounds.staggering import stagger


def test_one_community_starts_at_once() -> None:
    assert stagger({"a": 8000}, 10, 6) == {"a": 0}


def test_the_largest_starts_first() -> None:
    assert stagger({"a": 10, "b": 30, "c": 20}, 10, 2) == {"b": 0, "c": 10, "a": 10}


@given(
    st.dictionaries(st.text(max_size=3), st.integers(1, 9000), min_size=1, max_size=30),
    st.integers(1, 8),
)
def test_no_step_has_much_more_than_its_share(people: dict[str, int], steps: int) -> None:
    starts = stagger(people, 10, steps)
    assert set(starts) == set(people)
    loads: dict[int, int] = {}
    for name, minute in starts.items():
        assert minute % 10 == 0
        assert 0 <= minute < 10 * steps
        loads[minute] = loads.get(minute, 0) + people[name]
    used = min(steps, len(people))
    assert max(loads.values()) <= sum(people.values()) / used + max(people.values())
