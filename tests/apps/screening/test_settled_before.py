"""What was decided before decisions kept what was done is listed too, and can be taken back."""

from importlib import import_module

from django.db import connection

from muster.apps.audit.actions import act_as, as_system
from muster.apps.screening.actions import (
    apply_change,
    apply_closing,
    dismiss_change,
    dismiss_closing,
    dismiss_visit,
    record_batch,
    take_visits,
    undo_settled,
    void_record,
)
from muster.apps.screening.models import Decision
from muster.kernel.ids import new_id
from tests.apps.screening.actions.test_held_changes import changed
from tests.apps.screening.actions.test_held_closings import closed
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_, tube_of
from tests.support.visits import visit

__all__ = ["round_"]
TOLD = ("choice", "code", "tube", "specimen", "change", "closing", "visit")


def told() -> list[tuple[object, ...]]:
    return sorted(Decision.objects.values_list(*TOLD), key=str)


def test_earlier_decisions_are_told_alike(city: SmallCity, round_: OpenRound) -> None:
    records = tube_of(city.residents[:3])
    stranger, word = record(None), visit(new_id())
    record_batch(token=round_.tokens[0], records=[*records, stranger])
    take_visits(token=round_.tokens[1], visits=[word])
    done, left = changed(round_, records[0]), changed(round_, records[1], "move", TUBE)
    shut, open_ = closed(round_, TUBE, 7), closed(round_, "L1", 3)
    with act_as(city.secretary):
        void_record(round_id=round_.id, record=stranger.id, reason="x")
        apply_change(round_id=round_.id, change=done)
        dismiss_change(round_id=round_.id, change=left, reason="x")
        apply_closing(round_id=round_.id, closing=shut)
        dismiss_closing(round_id=round_.id, closing=open_, reason="x")
        dismiss_visit(round_id=round_.id, visit=word.id, reason="x")
        after = told()
    steps = import_module("muster.apps.screening.migrations.0020_settled").Migration.operations
    (backfill,) = [s.sql for s in steps if hasattr(s, "sql")]
    with as_system("test"), connection.cursor() as cursor:
        Decision.objects.filter(choice__endswith="_dismissed").delete()
        Decision.objects.update(choice="", code="", tube="")
        for _ in range(2):
            cursor.execute(backfill)
    with act_as(city.secretary):
        assert told() == after
        for made in Decision.objects.all():
            assert undo_settled(decision=made.id).ended == "undone"
