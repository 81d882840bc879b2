"""Changes that a phone may not make by itself, or that wait for a record: done, or let be."""

from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.decisions import facts_of, remember
from muster.apps.screening.actions.locking import lock_record
from muster.apps.screening.actions.records.changes import MENDED
from muster.apps.screening.actions.settling import let_be, settle, take_up
from muster.apps.screening.actions.standing import count_in, put_into, take_out_of_count
from muster.apps.screening.errors import (
    AlreadySettled,
    ChangeNotFound,
    RecordNotFound,
    TubeCodeUnfit,
)
from muster.apps.screening.models import Change, Decision, Round, Specimen
from muster.apps.screening.queries.rounds import in_log
from muster.policies import load
from muster.protocols.access import Verb
from muster.protocols.screening import code_fits

OPEN = (Change.State.HELD, Change.State.WAITING)


def _locked(round_id: UUID, change: UUID) -> Change:
    found = Change.objects.select_for_update().filter(**in_log(round_id), id=change).first()
    if found is None:
        raise ChangeNotFound
    require(Verb.SETTLE_SPECIMENS, place=found.area)
    return found


def _open(round_id: UUID, change: UUID) -> Change:
    found = _locked(round_id, change)
    if found.state not in OPEN or found.settled_at is not None:
        raise AlreadySettled(reason="")
    return found


def apply_change(*, round_id: UUID, change: UUID, tube: str = "") -> Change:
    """Do what the phone asked, whoever made the record and whatever the laboratory has said. `tube`
    mends the code of a move.

    Raises `ChangeNotFound`, `AlreadySettled`, `RecordNotFound` (it has not come, or is void),
    `TubeCodeUnfit`, `NotAllowed`.
    """
    found = _open(round_id, change)
    record = lock_record(round_id, found.specimen)
    if record is None or record.area != found.area or record.state == Specimen.State.VOID:
        raise RecordNotFound
    before = facts_of(record, found)
    if found.kind == Change.Kind.VOID:
        take_out_of_count(record)
    else:
        _move(record, tube.strip().upper() or found.tube)
        found.tube = record.tube
    found.state, found.code = Change.State.ACCEPTED, ""
    settle(found)
    remember(record, before, Decision.Choice.CHANGED, change=found.id)
    write_line(action="change_applied", area=found.area, subject=change, kind=found.kind)
    return found


def _move(record: Specimen, tube: str) -> None:
    policy = load(Round.objects.get(id=record.round).policy)
    if not code_fits(tube, policy):
        raise TubeCodeUnfit(tube=tube, reason="")
    mended = record.state == Specimen.State.HELD and record.code in MENDED
    if mended and record.person is not None:
        count_in(record, tube)
    else:
        put_into(record, tube)


def dismiss_change(*, round_id: UUID, change: UUID, reason: str) -> Change:
    """Let it be: nothing is changed, also if its record comes after all.

    Raises `ChangeNotFound`, `AlreadySettled`, `NotAllowed`, and as `let_be`.
    """
    found = _open(round_id, change)
    record = Specimen.objects.filter(**in_log(round_id), id=found.specimen).first()
    person, tube = (record.person, record.tube) if record is not None else (None, "")
    let_be(found, reason=reason, person=person, tube=found.tube or tube)
    return found


def reopen_change(*, round_id: UUID, change: UUID, decision: UUID | None = None) -> Change:
    """Undo of a dismissal: it waits for a decision again. Raises `ChangeNotFound`, `NotAllowed`,
    and as `take_up`."""
    found = _locked(round_id, change)
    take_up(found, decision)
    return found
