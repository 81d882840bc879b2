"""Shift by shift as a min-cost flow (OR-Tools), the most urgent posts of every shift first.

Whoever works one shift rests in the next, so an evening that takes everybody leaves the morning
without a recorder. Therefore the posts of one priority are filled through the whole horizon before
those of the next. In one shift and priority the flow is exact: no other choice of people fills
more minima, then more wishes, then costs less. Each post sees only its D cheapest candidates, D
being the people wanted in the whole shift: whoever is beyond them can be swapped for one of them
that is free, so nothing is lost.
`ARCS` caps D where memory would not allow it; what that may leave open is filled greedily.
"""

import time
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from ortools.graph.python import min_cost_flow

from muster.planner.draft import Draft
from muster.planner.problem import Post
from muster.planner.solvers import greedy

ARCS = 1_500_000
CANDIDATES_AT_LEAST = 200
_WISH = 100_000
_MINIMUM = 10_000_000

Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class _Offer:
    """A post with its candidates, as positions, how far they live and what each costs."""

    post: Post
    who: NDArray[np.intp]
    km: NDArray[np.float64]
    cost: Ints


def run(draft: Draft, deadline: float) -> None:
    """Fill `draft` shift by shift; once `deadline` (seconds of the monotonic clock) has passed the
    remaining shifts are filled greedily."""
    shifts = draft.in_time_order()
    for priority in sorted({post.priority for posts in shifts for post in posts}, reverse=True):
        for posts in shifts:
            urgent = [post for post in posts if post.priority == priority]
            if urgent and time.monotonic() < deadline:
                _flow(draft, urgent)
            greedy.fill(draft, urgent)


def _flow(draft: Draft, posts: list[Post]) -> None:
    wanted = sum(post.required for post in posts)
    limit = max(1, min(wanted, max(CANDIDATES_AT_LEAST, ARCS // len(posts))))
    barred = draft.barred(posts[0].shift)
    offers = []
    for post in posts:
        verdict = draft.reach.verdict(post)
        who = draft.cheapest(verdict, barred, limit)
        if len(who):
            offers.append(_Offer(post, who, verdict.km[who], _whole(draft.costs(verdict, who))))
    for offer, index in _solve(offers):
        km = float(offer.km[offer.who == index][0])
        draft.assign(offer.post, index, km)


def _whole(cost: NDArray[np.float64]) -> Ints:
    return np.minimum(np.rint(cost), _WISH // 2).astype(np.int64)


def _solve(offers: list[_Offer]) -> list[tuple[_Offer, int]]:
    """The pairs (offer, position) of the best flow: source, people, posts, sink; what a post lacks
    goes straight from source to post at the price of the shortage."""
    if not offers:
        return []
    people = np.unique(np.concatenate([offer.who for offer in offers]))
    first_post = len(people) + 2
    posts = first_post + np.arange(len(offers))
    tails = np.concatenate([np.searchsorted(people, offer.who) + 2 for offer in offers])
    heads = np.repeat(posts, [len(offer.who) for offer in offers])
    required = np.array([offer.post.required for offer in offers], np.int64)
    minimum = np.array([offer.post.minimum for offer in offers], np.int64)
    priority = np.array([offer.post.priority for offer in offers], np.int64)
    ones = np.ones(len(people), np.int64)
    flow = min_cost_flow.SimpleMinCostFlow()
    pairs = flow.add_arcs_with_capacity_and_unit_cost(
        tails, heads, np.ones(len(tails), np.int64), np.concatenate([o.cost for o in offers])
    )
    _add(flow, np.zeros(len(people), np.int64), np.arange(len(people)) + 2, ones, ones * 0)
    _add(flow, np.zeros(len(offers), np.int64), posts, required - minimum, _WISH * priority)
    _add(flow, np.zeros(len(offers), np.int64), posts, minimum, _MINIMUM * priority)
    _add(flow, posts, np.ones(len(offers), np.int64), required, required * 0)
    total = int(required.sum())
    flow.set_nodes_supplies(np.array([0, 1]), np.array([total, -total]))
    if flow.solve() != flow.OPTIMAL:  # cannot happen: the shortage arcs alone carry everything
        return []
    used = flow.flows(pairs) > 0
    index_of = {int(node): offer for node, offer in zip(posts, offers, strict=True)}
    return [
        (index_of[int(head)], int(people[tail - 2]))
        for tail, head in zip(tails[used], heads[used], strict=True)
    ]


def _add(
    flow: min_cost_flow.SimpleMinCostFlow, tail: Ints, head: Ints, capacity: Ints, cost: Ints
) -> None:
    flow.add_arcs_with_capacity_and_unit_cost(tail, head, capacity, cost)
