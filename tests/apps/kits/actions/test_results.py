"""muster.apps.kits.actions.results, muster.apps.kits.actions.links: one a person and day; a
positive is a task at once."""

from datetime import timedelta
from typing import Any

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.models import AuditLine
from muster.apps.kits.actions import (
    NewResult,
    close_series,
    enter_result,
    household_link,
    read_household_link,
    report_result,
    settle_follow_up,
)
from muster.apps.kits.errors import (
    FollowUpNotFound,
    FollowUpOutOfOrder,
    HouseholdLinkSpent,
    PhotoRefused,
    ResultDayUnknown,
    ResultStands,
    ResultUnknown,
    StrangerAtDoor,
)
from muster.apps.kits.models import KitFollowUp, KitPhoto, KitResult
from muster.apps.kits.queries.follow_ups import follow_ups_within, photo_of
from muster.apps.notices.queries import notices_to
from muster.apps.people.errors import NotAllowed
from muster.kernel.ids import new_id
from muster.protocols.actors import Actor
from tests.support.city import HERE, THERE, SmallCity
from tests.support.kits import Kits, kits
from tests.support.photos import BARE, JPEG

__all__ = ["kits"]


def said(city: SmallCity, kits: Kits, value: str, **more: Any) -> NewResult:
    """The first resident's result of day 2."""
    held: dict[str, Any] = {
        "id": new_id(), "series": kits.series.id, "person": city.residents[0],
        "door": city.places["D1111"], "day": 2, "value": value,
    }  # fmt: skip
    return NewResult(**held | more)


def test_the_same_result_sent_twice_is_one(city: SmallCity, kits: Kits) -> None:
    new = said(city, kits, "negative")
    with act_as(city.secretary):
        assert enter_result(new=new) == enter_result(new=new)
        assert enter_result(new=said(city, kits, "negative")).id == new.id
        assert KitResult.objects.count() == 1


def test_an_invalid_one_gives_way_a_positive_stands(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        for value in ("invalid", "negative", "positive"):
            enter_result(new=said(city, kits, value))
            assert KitResult.objects.get().value == value
        for value in ("negative", "invalid"):
            with pytest.raises(ResultStands):
                enter_result(new=said(city, kits, value))
        assert KitResult.objects.get().value == "positive"


def test_a_positive_is_held_told_and_due_by_the_clock(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        enter_result(new=said(city, kits, "positive"))
        enter_result(new=said(city, kits, "positive"))
        (task,) = follow_ups_within(low=HERE, high=HERE)
        assert (task.person_id, task.hold, task.state) == (city.residents[0], True, "waiting")
        assert task.due_at - task.opened_at == timedelta(minutes=120)
        (told,) = notices_to(city.residents[0])
        assert (told.notice.kind, told.notice.about) == ("recall", task.id)
        assert "王一" not in told.notice.title + told.notice.body
    with act_as(city.other_secretary):
        assert not follow_ups_within(low=HERE, high=THERE).exists()


def test_nobody_is_released_before_the_re_test(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        enter_result(new=said(city, kits, "positive"))
        task = KitFollowUp.objects.get().id
        for early in ("released", "positive", "nonsense"):
            with pytest.raises(FollowUpOutOfOrder):
                settle_follow_up(follow_up=task, state=early)
        settle_follow_up(follow_up=task, state="sampled")
        done = settle_follow_up(follow_up=task, state="released")
        assert done.closed_at is not None
        assert not follow_ups_within(low=HERE, high=HERE).exists()
        assert follow_ups_within(low=HERE, high=HERE, open_only=False).count() == 1
        with pytest.raises(FollowUpNotFound):
            settle_follow_up(follow_up=new_id(), state="sampled")


def test_a_household_reports_by_its_link(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        token = household_link(door=city.places["D1111"])
    area, door = read_household_link(token)
    assert (area, door) == (HERE, city.places["D1111"])
    with act_as(Actor.nobody()):
        kept = report_result(area=area, door=door, new=said(city, kits, "positive", photo=JPEG))
        assert (kept.source, kept.by) == ("household", "public:kits")
    with act_as(city.secretary):
        task = KitFollowUp.objects.get()
        assert bytes(photo_of(task.id).content) == BARE
        KitPhoto.objects.all().delete()
        with pytest.raises(FollowUpNotFound):
            photo_of(task.id)


def test_a_link_opens_its_own_door_only_and_runs_out(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        token = household_link(door=city.places["D1112"])
    area, door = read_household_link(token)
    for new in (
        said(city, kits, "negative"),
        said(city, kits, "negative", door=door),
    ):
        with pytest.raises(StrangerAtDoor), act_as(Actor.nobody()):
            report_result(area=area, door=door, new=new)
    for bad in (token[:-2], "x", token.replace(str(door), "1", 1)):
        with pytest.raises(HouseholdLinkSpent):
            read_household_link(bad)
    with pytest.raises(NotAllowed), act_as(Actor.nobody()):
        household_link(door=door)


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ({"value": "maybe"}, ResultUnknown),
        ({"day": 3}, ResultDayUnknown),
        ({"day": 9}, ResultDayUnknown),
        ({"photo": b"%PDF"}, PhotoRefused),
    ],
)
def test_what_cannot_be_true_is_refused(
    city: SmallCity, kits: Kits, more: dict[str, Any], error: type[Exception]
) -> None:
    with act_as(city.secretary):
        with pytest.raises(error):
            enter_result(new=said(city, kits, **{"value": "negative"} | more))
        assert not KitResult.objects.exists()


def test_a_closed_series_still_takes_a_positive(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        close_series(series=kits.series.id)
        enter_result(new=said(city, kits, "positive", day=1))
        assert KitFollowUp.objects.count() == 1


def test_who_may_not_enter_results(city: SmallCity, kits: Kits) -> None:
    volunteer = Actor("test:volunteer", places=((HERE, HERE),))
    with act_as(volunteer), pytest.raises(NotAllowed):
        enter_result(new=said(city, kits, "negative"))


def test_the_audit_has_ids_and_counts_only(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        enter_result(new=said(city, kits, "positive"))
    with as_system("test"):
        lines = AuditLine.objects.filter(action__startswith="kit")
        assert {line.action for line in lines} >= {"kit_result_kept", "kit_follow_up_opened"}
        for line in lines:
            assert "王" not in str(line.__dict__)
            assert "positive" not in str(line.__dict__).replace("kit_follow_up", "")
