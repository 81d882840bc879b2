"""Posts are opened with their shifts, where one may, and only sound ones."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.rosters.actions import NewPost, NewShift, open_posts
from muster.apps.rosters.errors import ShiftMalformed
from muster.apps.rosters.models import Post, Shift
from muster.apps.rosters.queries.rosters import post_of, posts_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity
from tests.support.posts import post, stand


def test_posts_and_shifts_as_given_the_urgent_first(city: SmallCity) -> None:
    e1, e2 = city.estates
    made = stand(city, post(e1, required=3, priority=7), post(e2, "recorder", priority=2))
    assert [p.role for p in posts_of(HERE)] == ["recorder", "order"]
    assert Shift.objects.get(post=made[0]).required == 3
    found = post_of(made[1].id)
    assert found is not None
    assert found.place.name == "晨光新村"
    assert post_of(new_id()) is None


@pytest.mark.parametrize(
    ("hours", "required", "minimum"), [(0, 1, 1), (-1, 1, 1), (1, 1, 2), (1, 1, -1)]
)
def test_a_shift_that_cannot_be_is_refused_and_nothing_is_opened(
    city: SmallCity, hours: int, required: int, minimum: int
) -> None:
    start = clock.now()
    bad = NewShift(
        starts_at=start,
        ends_at=start + timedelta(hours=hours),
        required=required,
        minimum=minimum,
    )
    wrong = NewPost(area=HERE, place=city.estates[0], role="order", name="x", shifts=[bad])
    with act_as(city.secretary), pytest.raises(ShiftMalformed):
        open_posts(posts=[post(city.estates[0]), wrong])
    assert Post.objects.count() == 0


def test_another_community_opens_none_here(city: SmallCity) -> None:
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        open_posts(posts=[post(city.estates[0])])
