"""muster.protocols.covering: as many places as can have somebody, held against Hall's theorem."""

from itertools import chain, combinations

from hypothesis import given
from hypothesis import strategies as st

from muster.protocols.covering import Roles, covered

SETS = st.frozensets(st.sampled_from("abcd"), max_size=3)
COUNTS = st.dictionaries(SETS, st.integers(0, 6), max_size=5)


def least(able: dict[Roles, int], wanted: dict[Roles, int]) -> int:
    """Over all choices of kinds: those left out, and who could come to the others."""
    kinds = list(wanted)
    choices = chain.from_iterable(combinations(kinds, n) for n in range(len(kinds) + 1))
    return min(
        sum(n for kind, n in wanted.items() if kind not in some)
        + sum(n for roles, n in able.items() if any(roles & kind for kind in some))
        for some in map(set, choices)
    )


@given(able=COUNTS, wanted=COUNTS)
def test_as_many_as_can_be(able: dict[Roles, int], wanted: dict[Roles, int]) -> None:
    assert covered(able, wanted) == least(able, wanted)


def test_who_can_do_more_gives_way() -> None:
    a, b, both = frozenset("a"), frozenset("b"), frozenset("ab")
    assert covered({both: 2, a: 1}, {a: 2, b: 1}) == 3
    assert covered({both: 1, a: 1}, {a: 1, b: 1}) == 2
    assert covered({both: 1}, {a: 1, b: 1}) == 1
    assert covered({}, {a: 1}) == covered({a: 1}, {}) == 0
