"""What the board says of posts that are short: `muster.web.desk.board`."""

from datetime import UTC, datetime, timedelta

from muster.apps.rosters.models import Gap, Post, Shift
from muster.web.desk.board import alike

DUSK = datetime(2022, 4, 3, 12, tzinfo=UTC)


def gap(name: str, missing: int = 2, **of: object) -> Gap:
    post = Post(name=name, role=of.get("role", "order"), place_id=of.get("place", 1))
    starts = DUSK + timedelta(hours=int(str(of.get("hour", 0))))
    shift = Shift(post=post, starts_at=starts, ends_at=starts + timedelta(hours=4))
    said_of = {"detail": of.get("detail", {"far": 3}), "lacks": of.get("lacks", [])}
    return Gap(shift=shift, missing=missing, reason="resting", **said_of)


def said(*gaps: Gap) -> list[tuple[str, int]]:
    return [(line.posts, line.gap.missing) for line in alike(gaps)]


def test_posts_short_of_the_same_for_the_same_reason_are_one_line() -> None:
    tables = [gap(f"东苑 {n}号台") for n in (10, 8, 9)]
    assert said(*tables) == [("东苑 8号台、9号台、10号台", 2)]


def test_what_differs_is_a_line_of_its_own() -> None:
    first = gap("东苑 1号台")
    for other in (
        gap("东苑 2号台", missing=1),
        gap("东苑 2号台", role="guide"),
        gap("东苑 2号台", hour=4),
        gap("东苑 2号台", place=2),
        gap("东苑 2号台", detail={"far": 4}),
        gap("东苑 2号台", lacks=[{"who": 7, "reason": "far"}]),
    ):
        assert len(alike([first, other])) == 2


def test_names_without_a_common_beginning_are_said_whole() -> None:
    assert said(gap("北门"), gap("北门岗亭")) == [("北门、北门岗亭", 2)]
    assert said(gap("东门")) == [("东门", 2)]
    assert said(gap("东苑 1号台"), gap("西苑 2号台")) == [("东苑 1号台、西苑 2号台", 2)]
