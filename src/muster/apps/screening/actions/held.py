"""Settle what could not be judged: say who it was, or void it with a reason."""

from uuid import UUID

from muster.apps.audit.actions import remark, write_line
from muster.apps.people.queries.access import require
from muster.apps.people.queries.people import person_of
from muster.apps.screening.actions.decisions import facts_of, remember
from muster.apps.screening.actions.locking import lock_record
from muster.apps.screening.actions.standing import count_in, take_out_of_count
from muster.apps.screening.errors import (
    AlreadySettled,
    PersonMissing,
    RecordNotFound,
    TubeCodeUnfit,
)
from muster.apps.screening.models import Decision, Specimen, Tube, log_key
from muster.apps.screening.queries.rounds import round_of
from muster.policies import load
from muster.protocols.access import Verb
from muster.protocols.screening import code_fits

OPEN = (Specimen.State.HELD, Specimen.State.FLAGGED)


def _locked(round_id: UUID, record: UUID) -> Specimen:
    found = lock_record(round_id, record)
    if found is None:
        raise RecordNotFound
    require(Verb.SETTLE_SPECIMENS, place=found.area)
    return found


def accept_record(
    *, round_id: UUID, record: UUID, person: UUID | None = None, tube: str = ""
) -> Specimen:
    """It counts: for this person, in this tube (both as the device said where left out). Judged as
    the endpoint does: where another of the person's records is the first of the round it is
    flagged, and both stay to be seen.

    Raises `RecordNotFound`, `AlreadySettled`, `PersonMissing`, `PersonNotFound`, `TubeCodeUnfit`,
    `NotAllowed`.
    """
    found = _locked(round_id, record)
    if found.state not in OPEN:
        raise AlreadySettled(reason="")
    before = facts_of(found)
    if person is not None:
        found.person = person_of(person).id
    if found.person is None:
        raise PersonMissing(reason="")
    count_in(found, _typed(found, tube))
    remember(found, before, Decision.Choice.ACCEPTED)
    write_line(action="record_accepted", area=found.area, subject=record, state=found.state)
    return found


def _typed(found: Specimen, tube: str) -> str:
    """The code of the tube, one of the round's or one as tubes have them: no result ever comes for
    another, and the record would only seem to be settled."""
    code = tube.strip().upper() or found.tube
    if Tube.objects.filter(**log_key(found.area, found.round), code=code).exists():
        return code
    if not code_fits(code, load(round_of(found.round).policy)):
        raise TubeCodeUnfit(tube=code, reason="")
    return code


def void_record(*, round_id: UUID, record: UUID, reason: str) -> Specimen:
    """It does not count; it stays, with the reason. Of somebody recorded twice the first may be
    voided too: the other one counts from then on.

    Raises `RecordNotFound`, `AlreadySettled`, `RemarkTooLong`, `RemarkHoldsNumber`, `NotAllowed`.
    """
    found = _locked(round_id, record)
    if found.state not in OPEN and not _is_clashing(found):
        raise AlreadySettled(reason="")
    before = facts_of(found)
    said = remark(reason)
    take_out_of_count(found)
    remember(found, before, Decision.Choice.VOIDED, reason=said)
    write_line(action="record_voided", area=found.area, subject=record, reason=said)
    return found


def _is_clashing(found: Specimen) -> bool:
    """Whether another record of the person in this round is flagged because of this one."""
    return found.state == Specimen.State.ACCEPTED and (
        Specimen.objects.filter(
            **log_key(found.area, found.round),
            person=found.person,
            state=Specimen.State.FLAGGED,
        ).exists()
    )
