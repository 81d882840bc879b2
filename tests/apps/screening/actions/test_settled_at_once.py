"""Two people at the desk take the same decision back at the same moment, on two connections: one
does, the other hears so, and the record is as it was once."""

from uuid import UUID

import psycopg

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.screening.actions import (
    dismiss_closing,
    record_batch,
    undo_settled,
    void_record,
)
from muster.apps.screening.errors import TakenBackAlready
from muster.apps.screening.models import Decision, Sampled, Specimen
from tests.apps.screening.actions.test_held_closings import closed
from tests.support.at_once import together
from tests.support.city import SmallCity, build_city, open_small_round
from tests.support.records import record


def both_undo(city: SmallCity, decision: UUID) -> list[str]:
    def undo() -> str:
        try:
            with act_as(city.secretary):
                return undo_settled(decision=decision).ended
        except TakenBackAlready as error:
            return error.code

    return sorted(together(undo, undo))


def test_one_does_and_the_other_hears_so(committed: psycopg.Connection) -> None:
    city = build_city()
    with act_as(city.secretary):
        round_ = open_small_round(city)
    for person in city.residents[:4]:
        one, two = record(person), record(person)
        record_batch(token=round_.tokens[0], records=[one])
        record_batch(token=round_.tokens[0], records=[two])
        closing = closed(round_, "L1", 3)
        with act_as(city.secretary):
            void_record(round_id=round_.id, record=one.id, reason="x")
            dismiss_closing(round_id=round_.id, closing=closing, reason="x")
            made = [Decision.objects.get(specimen=one.id), Decision.objects.get(closing=closing)]
        for each in made:
            assert both_undo(city, each.id) == ["decision_taken_back", "undone"]
        with act_as(city.secretary):
            assert Sampled.objects.get(person=person).specimen == one.id
            states = {s.id: s.state for s in Specimen.objects.filter(person=person)}
            assert states == {one.id: "accepted", two.id: "flagged"}
            undone = [x for x in lines_about(one.id) if x.action == "decision_undone"]
            assert len(undone) == 1
