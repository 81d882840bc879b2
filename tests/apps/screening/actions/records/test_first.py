"""muster.apps.screening.actions.records.first and
muster.apps.screening.actions.records.saving: one first sample a person, whoever is
faster. Two phones on two connections, committed, as in life."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import psycopg
import pytest
from django.db import connections

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import Receipt, Record, SentChange, record_batch
from muster.apps.screening.models import Sampled, Specimen
from tests.apps.screening.actions.records.steps import OTHER, void
from tests.support.city import OpenRound, SmallCity, build_city, open_small_round
from tests.support.records import record, tube_of


@pytest.fixture
def lived(committed: psycopg.Connection) -> tuple[SmallCity, OpenRound]:
    """A committed city with an open round."""
    city = build_city()
    with act_as(city.secretary):
        return city, open_small_round(city)


type Batch = tuple[str, list[Record], list[SentChange]]


def together(*batches: Batch) -> list[list[Receipt]]:
    """Two batches at the same moment."""
    ready = Barrier(2)

    def send(batch: Batch) -> list[Receipt]:
        token, records, changes = batch
        ready.wait(30)
        try:
            return record_batch(token=token, records=records, changes=changes)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return list(pool.map(send, batches))


def test_the_same_people_at_two_tables_at_once(lived: tuple[SmallCity, OpenRound]) -> None:
    city, round_ = lived
    people = city.residents[:10]
    for _ in range(3):
        receipts = together(
            (round_.tokens[0], tube_of(people), []),
            (round_.tokens[1], tube_of(list(reversed(people)), OTHER), []),
        )
        assert {len(r) for r in receipts} == {10}
    with act_as(city.secretary):
        assert Sampled.objects.count() == 10
        firsts = set(Sampled.objects.values_list("specimen", flat=True))
        accepted = set(Specimen.objects.filter(state="accepted").values_list("id", flat=True))
        assert firsts == accepted


def test_a_first_voided_while_a_second_arrives_leaves_nobody_missing(
    lived: tuple[SmallCity, OpenRound],
) -> None:
    city, round_ = lived
    for person in city.residents[:12]:
        first = record(person)
        record_batch(token=round_.tokens[0], records=[first])
        second = record(person, OTHER, size=0)
        together(
            (round_.tokens[0], [], [void(first)]),
            (round_.tokens[1], [second], []),
        )
        with act_as(city.secretary):
            assert Specimen.objects.get(id=first.id).state == "void"
            found = Specimen.objects.get(id=second.id)
            if found.state == "held":
                continue  # another household's tube
            assert found.state == "accepted"
            assert Sampled.objects.get(person=person).specimen == second.id
