"""A round: tables shared by residents, crews by the policy's ratios, posts to man them."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.rosters.models import Post, Shift
from muster.apps.screening.actions import close_round, open_round, record_batch
from muster.apps.screening.actions.rounds import OpenedRound
from muster.apps.screening.errors import NoPlaces, RoundNotFound
from muster.apps.screening.models import SamplingTable, Site
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.rounds.sharing import share_tables
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import record, round_

__all__ = ["round_"]


@pytest.mark.parametrize(
    ("living", "tables", "share"),
    [
        ({1: 5000, 2: 3000}, 17, {1: 11, 2: 6}),
        ({1: 100, 2: 0}, 2, {1: 1, 2: 1}),
        ({1: 99, 2: 1, 3: 1}, 4, {1: 2, 2: 1, 3: 1}),
        ({1: 10, 2: 10}, 1, {1: 1, 2: 1}),
        ({1: 10, 2: 10, 3: 10}, 4, {1: 2, 2: 1, 3: 1}),
    ],
)
def test_tables_are_shared_by_residents(
    living: dict[int, int], tables: int, share: dict[int, int]
) -> None:
    assert share_tables(living, tables) == share


@given(
    st.dictionaries(st.integers(1, 50), st.integers(0, 9000), min_size=1, max_size=8).filter(
        lambda living: sum(living.values()) > 0
    ),
    st.integers(1, 60),
)
def test_no_place_without_a_table_and_no_table_too_many(
    living: dict[int, int], tables: int
) -> None:
    share = share_tables(living, tables)
    assert share.keys() == living.keys()
    assert min(share.values()) >= 1
    assert sum(share.values()) == max(tables, len(living))


def an_opened_round(
    city: SmallCity, tables: int = 3, places: list[int] | None = None
) -> OpenedRound:
    start = clock.now()
    four = timedelta(hours=4)
    return open_round(
        area=HERE,
        places=city.estates if places is None else places,
        title="第一轮",
        starts_at=start,
        ends_at=start + 2 * four,
        shifts=[(start, start + four), (start + four, start + 2 * four)],
        tables=tables,
    )


def test_sites_tables_and_posts_for_every_shift(city: SmallCity) -> None:
    with act_as(city.secretary):
        opened = an_opened_round(city)
    round_id = opened.round.id
    assert opened.round.number == 1
    tables = SamplingTable.objects.filter(round=round_id).order_by("number")
    assert [t.number for t in tables] == [1, 2, 3]
    assert Site.objects.filter(round=round_id).count() == 2
    posts: dict[str, int] = {}
    for p in Post.objects.filter(round_id=round_id):
        posts[p.role] = posts.get(p.role, 0) + 1
    # A sampler's, recorder's and order keeper's post a table, a runner's for two, guides a site.
    assert posts == {"sampler": 3, "recorder": 3, "order": 3, "runner": 2, "guide": 2}
    assert opened.posts == sum(posts.values())
    assert Shift.objects.filter(post__round_id=round_id).count() == 2 * opened.posts
    with act_as(city.secretary):
        assert an_opened_round(city).round.number == 2


def test_a_round_needs_somebody_who_lives_there_and_the_right(city: SmallCity) -> None:
    with act_as(city.secretary), pytest.raises(NoPlaces):
        an_opened_round(city, places=[])
    with act_as(city.secretary), pytest.raises(NoPlaces):
        an_opened_round(city, places=[city.places["T"]])
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        an_opened_round(city)


def test_what_comes_after_the_end_is_held(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        first = close_round(round_id=round_.id).closed_at
        assert close_round(round_id=round_.id).closed_at == first
        with pytest.raises(RoundNotFound):
            close_round(round_id=new_id())
    (receipt,) = record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    assert (receipt.state, receipt.code) == ("held", "round_closed")
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        close_round(round_id=round_.id)
