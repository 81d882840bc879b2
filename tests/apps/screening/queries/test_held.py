"""`muster.apps.screening.queries.held`: what waits for a decision, in the lived city."""

from typing import Any

from muster.apps.audit.actions import act_as
from muster.apps.screening.queries.held import held_changes, held_closings, held_visits
from tests.support.city import SmallCity
from tests.support.life import live


def test_what_waits_in_the_lived_city(city: SmallCity) -> None:
    lived: dict[str, Any] = live(city)
    with act_as(city.secretary):
        (change,) = held_changes(lived["round"].id)
        assert (change.change.kind, change.change.code) == ("void", "record_other_device")
        assert (change.table, change.name, change.result) == (2, "吴九", "positive")
        (closing,) = held_closings(lived["round"].id)
        assert (closing.closing.code, closing.closing.count, closing.found) == (
            "tube_other_table", 9, 10,
        )  # fmt: skip
        (word,) = held_visits(lived["round"].id)
        assert (word.visit.outcome, word.visit.code, word.name, word.undone) == (
            "away", "person_unknown", "", "",
        )  # fmt: skip
