"""What migrations do to rows that are there."""

from importlib import import_module

from django.apps import apps
from django.db import connection

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import (
    apply_closing,
    note_absence,
    record_batch,
    take_visits,
    undo_settled,
)
from muster.apps.screening.models import Absence, Closing, Decision, Tube, Visit
from tests.apps.screening.actions.test_held_closings import closed
from tests.support.city import OpenRound, SmallCity
from tests.support.records import TUBE, record, round_
from tests.support.visits import undo, visit

__all__ = ["round_"]


def test_what_was_noted_before_becomes_a_word(city: SmallCity, round_: OpenRound) -> None:
    words = import_module("muster.apps.screening.migrations.0015_visits").WORDS
    with act_as(city.secretary):
        for person in city.residents[30:32]:
            note_absence(round_id=round_.id, person=person, outcome="refused", note="x")
        Visit.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute(words)
        assert (
            list(Visit.objects.values_list("outcome", "note", "state"))
            == [("refused", "x", "accepted")] * 2
        )
        note_absence(round_id=round_.id, person=city.residents[31], outcome="away")
    mistake = visit(city.residents[30], "moved")
    take_visits(token=round_.tokens[0], visits=[mistake])
    take_visits(token=round_.tokens[0], visits=[undo(mistake)])
    with act_as(city.secretary):
        assert Absence.objects.get(person=city.residents[30]).outcome == "refused"
        assert Absence.objects.get(person=city.residents[31]).outcome == "away"


def test_what_recorders_typed_before_is_masked_and_only_with_the_closing(
    city: SmallCity, round_: OpenRound
) -> None:
    steps = import_module("muster.apps.screening.migrations.0022_words_of_phones")
    record_batch(token=round_.tokens[0], records=[record(city.residents[0])])
    closing = closed(round_, TUBE, 1)
    with act_as(city.secretary):
        apply_closing(round_id=round_.id, closing=closing)
        Closing.objects.update(reason="找13900000001换班")
        Tube.objects.update(note="找13900000001换班")
        made = Decision.objects.get()
        made.after["tube"]["note"] = "找13900000001换班"
        made.save()
        with connection.cursor() as cursor:
            cursor.execute(steps.CLEAR)
        steps.mask(apps, connection.schema_editor())
        assert Closing.objects.get().reason == "找****换班"
        assert Tube.objects.get().note == ""
        assert undo_settled(decision=made.id).ended == "undone"
