"""muster.apps.screening.actions.records.facts and .entries: what is known of a batch."""

import psycopg
import pytest

from muster.apps.audit.actions import act_as, fast_lane
from muster.apps.screening.actions import record_batch
from muster.apps.screening.actions.records.entries import LIMIT
from muster.apps.screening.actions.records.facts import LOAD, add_households, asked, loaded
from muster.apps.screening.errors import DeviceRefused
from muster.kernel.ids import new_id
from muster.protocols.actors import Actor
from muster.protocols.devices import DeviceToken
from tests.apps.screening.actions.records.steps import OTHER, closing
from tests.support.city import HERE, OpenRound, SmallCity, build_city, open_small_round
from tests.support.records import TUBE, record, round_, tube_of

__all__ = ["round_"]


def test_a_tube_closed_by_its_own_phone_is_open_to_it(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:3]), closings=[closing(3)])
    for token, closed in ((round_.tokens[0], False), (round_.tokens[1], True)):
        shown = DeviceToken.parse(token)
        new = [record(city.residents[5])]
        first = asked(shown, new, [])
        with fast_lane(Actor.device(shown.device, HERE), LOAD, first) as lane:
            sender, known = loaded(shown, lane.cursor, first)
        assert (sender.area, sender.tube_size) == (HERE, 10)
        assert known.closed == {TUBE}
        tube = known.tubes[TUBE]
        assert (tube.held, tube.table, tube.closed) == (3, 1, closed)
        assert known.persons == {city.residents[5]: HERE}


def test_doors_are_asked_for_households_only(city: SmallCity, round_: OpenRound) -> None:
    record_batch(token=round_.tokens[0], records=[record(city.residents[0], size=0)])
    shown = DeviceToken.parse(round_.tokens[0])
    usual, single = [record(city.residents[1], OTHER)], [record(city.residents[1], size=0)]
    for records, doors in ((usual, 0), (single, 1)):
        first = asked(shown, records, [])
        with fast_lane(Actor.device(shown.device, HERE), LOAD, first) as lane:
            sender, known = loaded(shown, lane.cursor, first)
            add_households(lane.cursor, sender, records, known)
        assert len(known.doors) == doors
    assert known.tubes[TUBE].household == known.doors[city.residents[1]]


def test_a_wrong_secret_is_refused(city: SmallCity, round_: OpenRound) -> None:
    shown = DeviceToken.parse(round_.tokens[0])
    forged = DeviceToken(shown.device, shown.area, bytes(24))
    first = asked(forged, [], [])
    with (
        pytest.raises(DeviceRefused),
        fast_lane(Actor.device(shown.device, HERE), LOAD, first) as lane,
    ):
        loaded(forged, lane.cursor, first)


def test_a_batch_has_a_limit() -> None:
    assert LIMIT == 500


def test_a_phone_that_changed_its_round_is_asked_again(city: SmallCity, round_: OpenRound) -> None:
    """The round that this process remembers is a guess; what the database says holds."""
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:3]))
    shown = DeviceToken.parse(round_.tokens[0])
    first = asked(shown, [record(city.residents[5])], [])
    assert first["round"] == round_.id
    first["round"] = new_id()
    with fast_lane(Actor.device(shown.device, HERE), LOAD, first) as lane:
        sender, known = loaded(shown, lane.cursor, first)
    assert sender.round == round_.id
    assert known.tubes[TUBE].held == 3


def test_a_tube_is_found_without_reading_its_round(committed: psycopg.Connection) -> None:
    """Pages that are read do not grow with the tubes of the round, also where the database last
    counted them when they were few."""
    city = build_city()
    with act_as(city.secretary):
        round_ = open_small_round(city)
    shown = DeviceToken.parse(round_.tokens[0])
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    committed.execute("ANALYZE screening_tube")
    first = asked(shown, [record(city.residents[1])], [])
    look = f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {LOAD}"

    def pages() -> int:
        with fast_lane(Actor.device(shown.device, HERE), "DISCARD PLANS", {}) as lane:
            for _ in range(2):  # the first one also plans
                ((found,),) = lane.cursor.execute(look, first).fetchall()
        return found[0]["Plan"]["Shared Hit Blocks"] + found[0]["Plan"]["Shared Read Blocks"]

    few = pages()
    committed.execute(
        """INSERT INTO screening_tube (district, round, code, area, "table", device, size,
                                       opened_at, note, result)
           SELECT district, round, 'LD' || to_char(n, 'FM0000000000'), area, "table", device, size,
                  opened_at, '', '' FROM screening_tube, generate_series(1, 4000) n"""
    )
    assert few < pages() <= few + 6
