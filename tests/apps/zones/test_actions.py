"""Orders are issued, replaced and ended; each says which places at which level."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.zones.actions import NewItem, end_order, issue_order
from muster.apps.zones.errors import EmptyOrder, LevelUnknown, NumberTaken
from muster.apps.zones.models import ZoneOrder
from muster.apps.zones.queries import level_of_place
from muster.kernel import clock
from tests.support.city import DUSK, HERE, SmallCity


def order(
    city: SmallCity, number: str, *items: NewItem, hours: float = 0, replaces: object = None
) -> ZoneOrder:
    with act_as(city.headquarters):
        return issue_order(
            number=number,
            title="通告",
            area=HERE,
            effective_at=DUSK + timedelta(hours=hours),
            items=items,
            replaces=replaces,  # type: ignore[arg-type]
        )


def test_from_its_minute_on_and_until_it_ends(city: SmallCity) -> None:
    e1, e2 = city.estates
    made = order(city, "1", NewItem(place=e1, level="lockdown"))
    minute = timedelta(minutes=1)
    assert level_of_place(e1, DUSK - minute).level is None
    assert level_of_place(e1, DUSK).level == "lockdown"
    assert level_of_place(city.places["D1111"], DUSK).level == "lockdown"
    assert level_of_place(e2, DUSK).level is None
    with act_as(city.headquarters):
        end_order(order=made.id, at=DUSK + timedelta(days=14))
    assert level_of_place(e1, DUSK + timedelta(days=14) - minute).level == "lockdown"
    assert level_of_place(e1, DUSK + timedelta(days=14)).level is None


def test_a_new_list_stands_for_the_whole_of_the_old_one(city: SmallCity) -> None:
    e1, e2 = city.estates
    old = order(city, "1", NewItem(place=e1, level="lockdown"), NewItem(place=e2, level="control"))
    order(city, "2", NewItem(place=e2, level="lockdown"), hours=5, replaces=old.id)
    before, after = DUSK + timedelta(hours=4), DUSK + timedelta(hours=5)
    assert [level_of_place(e, before).level for e in (e1, e2)] == ["lockdown", "control"]
    assert [level_of_place(e, after).level for e in (e1, e2)] == [None, "lockdown"]


def test_what_is_no_order_is_refused(city: SmallCity) -> None:
    e1, _ = city.estates
    with pytest.raises(EmptyOrder):
        order(city, "1")
    with pytest.raises(EmptyOrder):
        order(city, "1", NewItem(place=e1, level="lockdown", excluded=True))
    with pytest.raises(LevelUnknown):
        order(city, "1", NewItem(place=e1, level="curfew"))
    order(city, "1", NewItem(place=e1, level="lockdown"))
    with pytest.raises(NumberTaken):
        order(city, "1", NewItem(place=e1, level="lockdown"))
    assert ZoneOrder.objects.count() == 1


def test_a_community_does_not_seal_itself(city: SmallCity) -> None:
    made = order(city, "1", NewItem(place=city.estates[0], level="lockdown"))
    with act_as(city.secretary):
        with pytest.raises(NotAllowed):
            issue_order(number="2", title="x", area=HERE, effective_at=DUSK,
                        items=[NewItem(place=city.estates[0], level="lockdown")])  # fmt: skip
        with pytest.raises(NotAllowed):
            end_order(order=made.id, at=clock.now())
