"""`muster.apps.screening.queries.desk`: what the desk lists of a round."""

from typing import Any

from muster.apps.audit.actions import act_as
from muster.apps.screening.queries.desk import (
    absences_of,
    devices_of,
    doubtful_records,
    names_of_persons,
    recalls_within,
    table_of,
    waiting_results,
)
from tests.support.city import HERE, SmallCity
from tests.support.life import live


def test_lists_of_a_round(city: SmallCity) -> None:
    lived: dict[str, Any] = live(city)
    round_id = lived["round"].id
    with act_as(city.secretary):
        devices = devices_of(round_id)
        assert [d.table.number for d in devices] == [1, 2]
        assert table_of(devices[0].table_id).site.name == "晨光花园"
        (held,) = doubtful_records(round_id, state="held")
        assert (held.table, held.name) == (2, "")
        assert [r.code for r in waiting_results(round_id)] == ["tube_unknown"]
        assert recalls_within(low=HERE, high=HERE).count() == 10
        assert absences_of(round_id, [city.residents[47]])[city.residents[47]].outcome == "away"
        assert names_of_persons(city.residents[:1]) == {city.residents[0]: "王一"}
    with act_as(city.other_secretary):
        assert not doubtful_records(round_id)
        assert not recalls_within(low=HERE, high=HERE).exists()
