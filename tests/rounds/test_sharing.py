"""Shares are whole and lose nobody. (`share_tables` is also tested where rounds are opened.)"""

from hypothesis import given
from hypothesis import strategies as st

from muster.protocols.screening import RoleDemand
from muster.rounds.sharing import put_hands, share_tables

POSTS = (
    RoleDemand("sampler", 4, 2, 0),
    RoleDemand("recorder", 2, 2, 0),
    RoleDemand("order", 4, 2, 0),
)
MEDICAL = {"sampler": True}


def test_those_who_may_do_anything_fill_the_minimum_first() -> None:
    assert put_hands(POSTS, {"any": 3}, MEDICAL) == {"sampler": 0, "recorder": 2, "order": 1}
    assert put_hands(POSTS, {"any": 5}, MEDICAL) == {"sampler": 0, "recorder": 2, "order": 3}
    assert put_hands(POSTS, {"any": 9}, MEDICAL) == {"sampler": 0, "recorder": 2, "order": 4}


def test_who_is_named_for_a_role_stays_there() -> None:
    put = put_hands(POSTS, {"sampler": 3, "order": 5, "any": 1}, MEDICAL)
    assert put == {"sampler": 3, "recorder": 1, "order": 5}


def test_neighbours_fill_what_the_own_people_left() -> None:
    own = put_hands(POSTS, {"any": 3}, MEDICAL)
    assert put_hands(POSTS, {"any": 9}, MEDICAL, own) == {"sampler": 0, "recorder": 0, "order": 3}


@given(st.dictionaries(st.integers(0, 20), st.integers(1, 4000), min_size=1), st.integers(1, 60))
def test_shares_add_up(living: dict[int, int], tables: int) -> None:
    share = share_tables(living, tables)
    assert sum(share.values()) == max(tables, len(living))
    assert min(share.values()) >= 1
