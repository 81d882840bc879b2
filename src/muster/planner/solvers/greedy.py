"""The clerk's way: shift by shift, minimum before wish, important before less, nearest first."""

from collections.abc import Iterable

from muster.planner.draft import Draft
from muster.planner.problem import Post


def run(draft: Draft, deadline: float) -> None:
    """Fill `draft`. It is fast enough to need no `deadline` (seconds of the monotonic clock)."""
    del deadline
    for posts in draft.in_time_order():
        fill(draft, posts)


def fill(draft: Draft, posts: Iterable[Post]) -> None:
    """Fill what is still open of `posts`, all of one shift: first every minimum, then the rest."""
    ordered = sorted(posts, key=lambda post: (-post.priority, post.id))
    open_posts = [post for post in ordered if draft.filled[post.id] < post.required]
    if not open_posts:
        return
    barred = draft.barred(open_posts[0].shift)
    for goal in ("minimum", "required"):
        for post in open_posts:
            wanted = getattr(post, goal) - draft.filled[post.id]
            if wanted <= 0:
                continue
            verdict = draft.reach.verdict(post)
            for index in draft.cheapest(verdict, barred, wanted):
                draft.assign(post, int(index), float(verdict.km[index]))
                barred[index] = True
