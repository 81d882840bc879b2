"""Communities do not all start in the same minute."""

from hypothesis import given
from hypothesis import strategies as st

from muster.rounds.staggering import NightRound, night_load, stagger, stagger_night


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


def at(rounds: list[NightRound], an_hour: float = 100, steps: int = 8) -> dict[str, int]:
    return stagger_night(rounds, an_hour=an_hour, every=30, steps=steps)


def test_two_that_are_too_much_together_start_one_after_the_other() -> None:
    rounds = [NightRound("a", 100, 60), NightRound("b", 90, 60)]
    assert at(rounds) == {"a": 0, "b": 60}
    assert night_load(rounds, at(rounds), every=30) == [50, 50, 45, 45]


def test_what_fits_together_starts_as_wished() -> None:
    assert at([NightRound("a", 100, 60)], an_hour=10) == {"a": 0}
    assert at([NightRound("a", 40, 60, 15), NightRound("b", 40, 60, 120)]) == {"a": 15, "b": 120}


def test_a_round_that_is_opened_stays_and_the_others_give_way() -> None:
    rounds = [NightRound("small", 60, 60, fixed=True), NightRound("large", 100, 60)]
    assert at(rounds) == {"small": 0, "large": 60}


def test_a_step_holds_its_part_of_a_round() -> None:
    assert night_load([NightRound("a", 60, 60, 15)], {"a": 15}, every=30) == [15, 30, 15]
    assert night_load([], {}, every=30) == []


nights = st.lists(
    st.builds(
        NightRound, st.text(max_size=3), st.integers(0, 500), st.integers(0, 400),
        st.integers(0, 300), st.booleans(),
    ),
    max_size=8,
    unique_by=lambda r: r.key,
)  # fmt: skip


@given(nights, st.integers(1, 300))
def test_never_before_the_wish_nor_worse_and_stable(rounds: list[NightRound], most: int) -> None:
    starts = at(rounds, an_hour=most)
    assert all(starts[r.key] >= r.wished for r in rounds)
    assert all(starts[r.key] == r.wished for r in rounds if r.fixed)
    assert all(starts[r.key] < 240 or starts[r.key] == r.wished for r in rounds)

    def beyond(by: dict[str, int]) -> float:
        return sum(max(0.0, t - most / 2) for t in night_load(rounds, by, every=30))

    assert beyond(starts) <= beyond({r.key: r.wished for r in rounds}) + 1e-5
    again = [NightRound(r.key, r.tubes, r.minutes, starts[r.key], r.fixed) for r in rounds]
    assert at(again, an_hour=most) == starts
