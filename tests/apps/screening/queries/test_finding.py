"""The recorder finds who stands at the table, in any of the ways people say who they are."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.models import Person
from muster.apps.screening.actions import record_batch
from muster.apps.screening.queries.finding import find_residents
from tests.support.city import HERE, OpenRound, SmallCity
from tests.support.records import record, round_

__all__ = ["round_"]


def labels(city: SmallCity, round_: OpenRound, text: str, limit: int = 99) -> list[str]:
    with act_as(city.secretary):
        found = find_residents(HERE, text, round_id=round_.id, limit=limit)
    return [f.label for f in found]


def test_by_name_pinyin_initials_door_room_and_phone(city: SmallCity, round_: OpenRound) -> None:
    with act_as(city.secretary):
        first = Person.objects.get(id=city.residents[0])
        assert (first.name, first.pinyin, first.initials) == ("王一", "wangyi", "wy")
        for text in ("王一", "王", "wangyi", "WANG Y", "wy", "0000", "1-1-101", "101"):
            found = find_residents(HERE, text, round_id=round_.id, limit=99)
            assert first.id in {f.person for f in found}, text


def test_a_door_is_everybody_behind_it_in_both_estates(city: SmallCity, round_: OpenRound) -> None:
    assert labels(city, round_, "1-1-101") == ["1-1-101"] * 4
    assert set(labels(city, round_, "101")) == {"1-1-101", "1-2-101", "2-1-101", "2-2-101"}


@pytest.mark.parametrize("text", ["9999", "没有", "zzz", "3-9-101", "%", "_", "%%\\", " "])
def test_nobody_is_found_by_what_is_not_there(
    city: SmallCity, round_: OpenRound, text: str
) -> None:
    assert labels(city, round_, text) == []


def test_who_was_recorded_shows_the_table(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[1], records=[record(city.residents[0])])
    with act_as(city.secretary):
        found = {f.person: f for f in find_residents(HERE, "1-1-101", round_id=round_.id)}
    assert found[city.residents[0]].recorded_at == 2
    assert found[city.residents[1]].recorded_at is None


def test_a_few_at_a_time_and_never_another_communitys(city: SmallCity, round_: OpenRound) -> None:
    assert len(labels(city, round_, "101", limit=5)) == 5
    with act_as(city.other_secretary):
        assert find_residents(HERE, "101", round_id=round_.id) == []
