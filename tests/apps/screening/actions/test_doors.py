"""What was found at a door is one line a person and round (more in
tests/apps/screening/queries/test_coverage.py)."""

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.screening.actions.doors import forget_absence, note_absence
from muster.apps.screening.queries.desk import absences_of
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_

__all__ = ["round_"]


def test_noted_with_who_and_when_and_forgotten_with_a_line(
    city: SmallCity, round_: OpenRound
) -> None:
    who = city.residents[0]
    with act_as(city.secretary):
        noted = note_absence(round_id=round_.id, person=who, outcome="away", note=" x " * 200)
        assert noted.by == f"account:{city.secretary.account}"
        assert len(noted.note) <= 200
        assert absences_of(round_.id, [who]) == {who: noted}
        forget_absence(round_id=round_.id, person=who)
        assert absences_of(round_.id, [who]) == {}
        assert [x.action for x in lines_about(who)][:2] == ["door_visit_undone", "door_visited"]
