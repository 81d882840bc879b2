"""What was found at a door, as the desk or a server page says it: a word beside those of phones."""

from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.apps.screening.actions.findings import one_at_a_time, settle_findings
from muster.apps.screening.models import Absence, Visit
from muster.apps.screening.queries.rounds import round_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb
from muster.protocols.visits import Outcome


def note_absence(
    *, round_id: UUID, person: UUID, outcome: str, rule: str = "", note: str = ""
) -> Absence:
    """Why somebody was not tested; of several words the one received last holds.

    Raises `RoundNotFound`, `PersonNotFound`, `NotAllowed`.
    """
    round_, who = round_of(round_id), person_of(person)
    require(Verb.RECORD_DOOR_VISIT, place=who.area)
    said = {"outcome": Absence.Outcome(outcome), "rule": rule, "note": note.strip()[:200]}
    _say(round_.id, person, who.area, **said)
    write_line(action="door_visited", area=who.area, subject=person, outcome=outcome)
    return Absence.objects.get(round=round_, person=who)


def forget_absence(*, round_id: UUID, person: UUID) -> None:
    """Undo: the resident is missing again. Raises `PersonNotFound`, `NotAllowed`."""
    who = person_of(person)
    require(Verb.RECORD_DOOR_VISIT, place=who.area)
    _say(round_id, person, who.area, outcome=Outcome.MISSING)
    write_line(action="door_visit_undone", area=who.area, subject=person)


def _say(round_id: UUID, person: UUID, area: int, **said: str) -> None:
    one_at_a_time(round_id)
    now = clock.now()
    Visit.objects.create(
        id=new_id(),
        round_id=round_id,
        area=area,
        by=current_actor().name,
        person=person,
        made_at=now,
        received_at=now,
        state=Visit.State.ACCEPTED,
        **said,
    )
    settle_findings(round_id=round_id, persons=[person])
