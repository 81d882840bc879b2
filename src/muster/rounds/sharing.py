"""Shares in whole numbers: tables over sites, people who may do anything over roles."""

from collections.abc import Mapping, Sequence

from muster.protocols.screening import RoleDemand
from muster.rounds.area import ANY


def share_tables[K](living: Mapping[K, int], tables: int) -> dict[K, int]:
    """Tables by residents, at least one a place, largest remainder; the sum is `tables`, or one a
    place where there are fewer tables than places."""
    total = sum(living.values())
    exact = {place: n * tables / total for place, n in living.items()}
    share = {place: max(1, int(x)) for place, x in exact.items()}
    by_need = sorted(exact, key=lambda place: exact[place] - share[place], reverse=True)
    turn = 0
    while sum(share.values()) < tables:
        share[by_need[turn % len(by_need)]] += 1
        turn += 1
    while sum(share.values()) > max(tables, len(share)):
        share[max(share, key=lambda place: (share[place] > 1, share[place] - exact[place]))] -= 1
    return share


def put_hands(
    demand: Sequence[RoleDemand], people: Mapping[str, int], qualified: Mapping[str, bool],
    already: Mapping[str, int] | None = None,
) -> dict[str, int]:  # fmt: skip
    """How many of `people` stand in each role: those named for it, then those who may do anything,
    first up to what a role cannot open without, then up to what it asks for; never in a role that
    asks for a qualification. `already`: who stands there before."""
    put = {post.role: people.get(post.role, 0) for post in demand}
    spare = people.get(ANY, 0)
    before = already or {}
    for wanted in ("minimum", "required"):
        for post in demand:
            if qualified.get(post.role, False):
                continue
            lacking = getattr(post, wanted) - put[post.role] - before.get(post.role, 0)
            more = min(spare, max(0, lacking))
            put[post.role] += more
            spare -= more
    return put
