"""muster.apps.kits.queries.doors and muster.apps.kits.queries.figures: counted by hand."""

from datetime import datetime, time

from muster.apps.audit.actions import act_as
from muster.apps.kits.actions import NewResult, enter_result, settle_follow_up
from muster.apps.kits.queries.doors import doors_of, residents_behind
from muster.apps.kits.queries.figures import figures_of, total_of
from muster.apps.kits.queries.follow_ups import follow_ups_within
from muster.apps.kits.queries.series import today
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.kits import DayState
from tests.support.city import HERE, SmallCity
from tests.support.kits import Kits, hand, kits

__all__ = ["kits"]

NOON, EVENING = time(12), time(21)


def lived(city: SmallCity, kits: Kits) -> None:
    """Two doors of the first building served, day 2: positive, negative, invalid."""
    doors = [city.places["D1111"], city.places["D1112"]]
    for door in doors:
        hand(kits, door)
    for i, day, value in ((0, 2, "positive"), (1, 2, "negative"),
                          (2, 2, "invalid")):  # fmt: skip
        enter_result(
            new=NewResult(
                id=new_id(), series=kits.series.id, person=city.residents[i],
                door=doors[i // 2], day=day, value=value,
            )
        )  # fmt: skip


def at(hour: time) -> datetime:
    return datetime.combine(today(), hour, clock.LOCAL)


def test_a_door_with_its_calendar(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary), clock.travel(at(NOON)):
        lived(city, kits)
        lines = doors_of(kits.series, [city.places["U111"]], day=2)
        assert [d.label for d in lines] == ["1-1-101", "1-1-201", "1-1-301"]
        first, second, third = lines
        assert (first.due, first.issued.kits if first.issued else 0) == (10, 10)
        assert third.issued is None
        assert first.building == "晨光花园 1号楼 1单元"
        assert [c.state for c in first.people[0].cells] == [
            DayState.HELD, DayState.DONE, DayState.HELD, DayState.HELD, DayState.HELD,
        ]  # fmt: skip
        assert first.people[1].late == (1,)
        assert (first.done, first.missing, first.late, first.positive) == (2, 0, 1, 1)
        assert (second.done, second.missing, second.late) == (0, 2, 2)
        assert second.people[0].cell.value == "invalid"
        assert second.people[0].cell.state is DayState.DUE


def test_the_day_by_building(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        with clock.travel(at(NOON)):
            lived(city, kits)
            first, *others = figures_of(kits.series, day=2)
            assert first.name == "晨光花园 1号楼"
            assert (first.doors, first.served, first.kits, first.residents) == (6, 2, 20, 12)
            assert (first.results, first.positive, first.invalid) == (2, 1, 1)
            assert (first.late, first.missing) == (0, 10)
            assert [x.name for x in others] == [
                "晨光花园 2号楼",
                "晨光新村 1号楼",
                "晨光新村 2号楼",
            ]
            assert [x.residents for x in others] == [12, 12, 12]
        with clock.travel(at(EVENING)):
            total = total_of(figures_of(kits.series, day=2))
            assert (total.residents, total.results, total.late) == (48, 2, 46)
            assert (total.doors, total.served, total.kits) == (24, 2, 20)


def test_only_who_lives_there_and_is_part_of_it(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary):
        assert residents_behind(kits.series, city.places["D1111"]) == city.residents[:2]
        assert residents_behind(kits.series, city.places["U111"]) == []
        kits.series.places = [city.places["E2"]]
        assert residents_behind(kits.series, city.places["D1111"]) == []
        assert len(figures_of(kits.series, day=2)) == 2
    with act_as(city.other_secretary):
        assert doors_of(kits.series, kits.series.places, day=2) == []
        assert figures_of(kits.series, day=2) == []


def test_who_waits_for_a_re_test_owes_no_kit_until_released(city: SmallCity, kits: Kits) -> None:
    with act_as(city.secretary), clock.travel(at(NOON)):
        lived(city, kits)
        first = figures_of(kits.series, day=1)[0]
        assert (first.results, first.held, first.missing, first.late) == (0, 1, 11, 11)
        (task,) = follow_ups_within(low=HERE, high=HERE)
        settle_follow_up(follow_up=task.id, state="sampled")
        settle_follow_up(follow_up=task.id, state="released")
        again = figures_of(kits.series, day=1)[0]
        assert (again.held, again.late) == (0, 12)
        (door, *_) = doors_of(kits.series, [city.places["D1111"]], day=1)
        assert door.people[0].late == (1,)
