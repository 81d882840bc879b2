"""What was found at a door."""

from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.apps.screening.models import Absence
from muster.apps.screening.queries.rounds import round_of
from muster.kernel import clock
from muster.protocols.access import Verb


def note_absence(
    *, round_id: UUID, person: UUID, outcome: str, rule: str = "", note: str = ""
) -> Absence:
    """Why somebody was not tested; a later visit replaces an earlier one.

    Raises `RoundNotFound`, `PersonNotFound`, `NotAllowed`.
    """
    round_, who = round_of(round_id), person_of(person)
    require(Verb.RECORD_DOOR_VISIT, place=who.area)
    absence, _ = Absence.objects.update_or_create(
        round=round_,
        person=who,
        defaults={
            "area": who.area,
            "outcome": Absence.Outcome(outcome),
            "rule": rule,
            "note": note.strip()[:200],
            "by": current_actor().name,
            "at": clock.now(),
        },
    )
    write_line(action="door_visited", area=who.area, subject=person, outcome=outcome)
    return absence


def forget_absence(*, round_id: UUID, person: UUID) -> None:
    """Undo: the resident is missing again. Raises `PersonNotFound`, `NotAllowed`."""
    who = person_of(person)
    require(Verb.RECORD_DOOR_VISIT, place=who.area)
    Absence.objects.filter(round_id=round_id, person=who).delete()
    write_line(action="door_visit_undone", area=who.area, subject=person)
