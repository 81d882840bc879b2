"""muster.apps.screening.actions.records.first and
muster.apps.screening.actions.records.saving: one first sample a person, whoever is
faster. Two phones on two connections, committed, as in life."""

from functools import partial

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import Receipt, Record, SentChange, record_batch
from muster.apps.screening.models import Sampled, Specimen
from tests.apps.screening.actions.records.steps import OTHER, void
from tests.support.at_once import together
from tests.support.city import OpenRound, SmallCity
from tests.support.records import night, record, tube_of

__all__ = ["night"]

type Batch = tuple[str, list[Record], list[SentChange]]


def send(*batches: Batch) -> list[list[Receipt]]:
    """Each its batch at the same moment."""
    acts = (
        partial(record_batch, token=token, records=records, changes=changes)
        for token, records, changes in batches
    )
    return together(*acts)


def test_the_same_people_at_two_tables_at_once(night: tuple[SmallCity, OpenRound]) -> None:
    city, round_ = night
    people = city.residents[:10]
    for _ in range(3):
        receipts = send(
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
    night: tuple[SmallCity, OpenRound],
) -> None:
    city, round_ = night
    for person in city.residents[:12]:
        first = record(person)
        record_batch(token=round_.tokens[0], records=[first])
        second = record(person, OTHER, size=0)
        send(
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
