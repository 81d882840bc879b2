"""muster.apps.kits.actions.issues: once a door, whoever is faster; taken back while fresh."""

from datetime import timedelta
from functools import partial
from uuid import UUID

import psycopg
import pytest

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import (
    NewResult,
    close_series,
    count_lot,
    enter_result,
    issue_kits,
    receive_kits,
    undo_issue,
)
from muster.apps.kits.actions.issues import Handed
from muster.apps.kits.errors import (
    AlreadyIssued,
    IssueNotFound,
    KitsUsed,
    NobodyLivesHere,
    NothingInStore,
    SeriesClosed,
    SeriesNotFound,
    UndoTooLate,
)
from muster.apps.kits.models import KitIssue, StockMovement
from muster.apps.kits.queries.series import today
from muster.apps.people.errors import NotAllowed
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.actors import Actor
from tests.support.at_once import together
from tests.support.city import HERE, SmallCity, build_city
from tests.support.kits import Kits, hand, kits, set_up_kits

__all__ = ["kits"]


def test_a_door_gets_five_kits_for_each_of_its_people(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        handed = hand(kits, city.places["D1111"])
        assert (handed.issue.residents, handed.issue.kits, handed.issue.day) == (2, 10, 0)
        assert handed.short == 0
        moved = StockMovement.objects.get(issue=handed.issue)
        assert (moved.lot_id, moved.quantity, moved.kind) == (kits.soon, -10, "issued")


def test_a_daily_series_is_handed_out_day_by_day(city: SmallCity) -> None:
    with act_as(city.secretary):
        daily = set_up_kits(city, kind="once", began=0)
        handed = hand(daily, city.places["D1111"], day=1)
        assert (handed.issue.kits, handed.issue.day) == (2, 1)


def test_the_same_issue_sent_twice_is_one(city: SmallCity, kits: Kits) -> None:
    key = new_id()
    with act_as(city.secretary):
        first = hand(kits, city.places["D1111"], key=key)
        again = hand(kits, city.places["D1111"], key=key)
        assert again.issue == first.issue
        assert StockMovement.objects.filter(kind="issued").count() == 1


def test_the_second_is_told_who_and_when(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        hand(kits, city.places["D1111"])
        with pytest.raises(AlreadyIssued) as told:
            hand(kits, city.places["D1111"], day=4)
        assert told.value.data["by"] == "secretary"
        assert told.value.data["at"] == clock.local(KitIssue.objects.get().at, "%m-%d %H:%M")
        assert StockMovement.objects.filter(kind="issued").count() == 1


def test_who_may_not_and_where_there_is_nothing(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        with pytest.raises(NobodyLivesHere):
            hand(kits, city.places["U111"])
        receive_kits(
            key=new_id(), area=HERE, store="门岗", lot="OLD",
            expires_on=today() - timedelta(days=1), quantity=50,
        )  # fmt: skip
        old = StockMovement.objects.get(lot__code="OLD")
        with pytest.raises(NothingInStore):
            issue_kits(
                key=new_id(), series=kits.series.id, door=city.places["D1111"], day=2,
                store=old.store_id,
            )  # fmt: skip
        close_series(series=kits.series.id)
        with pytest.raises(SeriesClosed):
            hand(kits, city.places["D1112"])
    with act_as(city.other_secretary), pytest.raises(SeriesNotFound):
        hand(kits, city.places["D1111"])
    volunteer = Actor("test:volunteer", places=((HERE, HERE),))
    with act_as(volunteer), pytest.raises(NotAllowed):
        hand(kits, city.places["D1111"])


def test_what_was_in_the_hand_is_booked_below_zero_and_said(city: SmallCity) -> None:
    with act_as(city.secretary):
        few = set_up_kits(city)
        count_lot(key=new_id(), store=few.store, lot=few.late, counted=0)
        count_lot(key=new_id(), store=few.store, lot=few.soon, counted=4)
        handed = hand(few, city.places["D1111"])
        assert handed.short == 6
        assert StockMovement.objects.get(issue=handed.issue).short == 6


def test_kits_come_back_and_the_door_may_be_given_again(city: SmallCity, kits: Kits) -> None:
    key = new_id()
    with act_as(city.secretary):
        handed = hand(kits, city.places["D1111"], key=key)
        undo_issue(issue=key)
        undone = undo_issue(issue=key)
        assert undone.returned_at is not None
        assert (
            sum(StockMovement.objects.filter(lot=kits.soon).values_list("quantity", flat=True))
            == 30
        )
        assert hand(kits, city.places["D1111"], key=key).issue == handed.issue
        assert hand(kits, city.places["D1111"]).issue.id != key
        with pytest.raises(IssueNotFound):
            undo_issue(issue=new_id())


def test_used_or_old_kits_do_not_come_back(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        used, old = hand(kits, city.places["D1111"]), hand(kits, city.places["D1112"])
        enter_result(
            new=NewResult(
                id=new_id(), series=kits.series.id, person=city.residents[0],
                door=city.places["D1111"], day=2, value="negative",
            )
        )  # fmt: skip
        with pytest.raises(KitsUsed):
            undo_issue(issue=used.issue.id)
        with clock.travel(clock.now() + timedelta(hours=13)), pytest.raises(UndoTooLate):
            undo_issue(issue=old.issue.id)


def at_once(city: SmallCity, kits: Kits, door: int, stores: list[UUID]) -> list[object]:
    """Two hand the same door its kits at the same moment, each from a store of its own."""

    def give(store: UUID) -> object:
        try:
            with act_as(city.secretary):
                return issue_kits(
                    key=new_id(), series=kits.series.id, door=door, day=2, store=store
                )
        except AlreadyIssued as refused:
            return refused

    return together(*(partial(give, store) for store in stores))


def test_two_at_the_same_door_at_the_same_moment(committed: psycopg.Connection) -> None:
    """Two connections, committed, from two stores: only the constraint stands between them."""
    city = build_city()
    with act_as(city.secretary):
        kits = set_up_kits(city)
        other = receive_kits(
            key=new_id(), area=HERE, store="门岗", lot="KEEPS",
            expires_on=today() + timedelta(days=400), quantity=100,
        ).store_id  # fmt: skip
    doors = [place for key, place in city.places.items() if key.startswith("D")][:8]
    for door in doors:
        answers = at_once(city, kits, door, [kits.store, other])
        assert {type(a) for a in answers} == {Handed, AlreadyIssued}
        (refused,) = (a for a in answers if isinstance(a, AlreadyIssued))
        assert refused.data["by"] == "secretary"
    with act_as(city.secretary):
        assert KitIssue.objects.count() == len(doors)
        out = StockMovement.objects.filter(kind="issued").values_list("quantity", flat=True)
        assert sum(out) == -10 * len(doors)
