"""What migrations do to rows that are there."""

from importlib import import_module

from django.db import connection

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import note_absence, take_visits
from muster.apps.screening.models import Absence, Visit
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_
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
