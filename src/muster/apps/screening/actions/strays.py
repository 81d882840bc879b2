"""Results of tubes that nobody has: matched to a tube by hand, or left out with a reason."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q

from muster import policies
from muster.apps.audit.actions import current_actor, remark, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.results import ResultRow, ResultsReport, import_results
from muster.apps.screening.errors import (
    AlreadySettled,
    ResultKindUnknown,
    ResultNotFound,
    TubeAmbiguous,
    TubeNotFound,
    TubeResulted,
)
from muster.apps.screening.models import Result, Tube, log_key
from muster.kernel import clock
from muster.protocols.access import Verb


def _locked(result: UUID, state: Result.State) -> Result:
    found = Result.objects.select_for_update().filter(id=result).first()
    if found is None:
        raise ResultNotFound
    require(Verb.IMPORT_RESULTS, place=found.area)
    if found.state != state:
        raise AlreadySettled(reason="")
    return found


def match_result(*, result: UUID, tube: str, round_id: UUID | None = None) -> ResultsReport:
    """The result is of `tube`, of the round given where two have its code. It is taken as any
    result is: its people are recalled where it asks for that; once.

    Raises `ResultNotFound`, `AlreadySettled`, `TubeNotFound`, `TubeAmbiguous`, `TubeResulted`,
    `ResultKindUnknown`, `NotAllowed`.
    """
    found = _locked(result, Result.State.WAITING)
    kinds = {kind.key for kind in policies.load(settings.MUSTER_POLICY).screening.results}
    if found.value not in kinds:
        raise ResultKindUnknown(value=found.value, reason="")
    meant = _meant(tube.strip().upper(), round_id)
    require(Verb.IMPORT_RESULTS, place=meant.area)
    row = ResultRow(found.row, meant.code, found.value, found.reported_at)
    report = import_results(round_id=meant.round, rows=[row], laboratory=found.laboratory)
    _settle(found, Result.State.MATCHED)
    write_line(action="result_matched", area=found.area, subject=result, recalls=report.recalls)
    return report


def _meant(code: str, round_id: UUID | None) -> Tube:
    """The tube within the actor's reach."""
    within = Q()
    for reached in current_actor().places:
        within |= Q(area__range=reached)
    tubes = Tube.objects.filter(within, code=code)
    if round_id is not None:
        tubes = tubes.filter(round=round_id)
    found = list(tubes[:2])
    if not found:
        raise TubeNotFound(tube=code)
    if len(found) > 1:
        raise TubeAmbiguous(tube=code, reason="")
    # Locked, because a result for it may come at this moment.
    key = log_key(found[0].area, found[0].round)
    meant = Tube.objects.select_for_update().get(**key, code=code)
    if meant.result:
        raise TubeResulted(tube=code, reason="")
    return meant


def dismiss_result(*, result: UUID, reason: str) -> Result:
    """It is of no tube of ours. Raises `ResultNotFound`, `AlreadySettled`, `NotAllowed`."""
    found = _locked(result, Result.State.WAITING)
    said = remark(reason)
    _settle(found, Result.State.DISMISSED)
    write_line(action="result_dismissed", area=found.area, subject=result, reason=said)
    return found


def reopen_result(*, result: UUID) -> Result:
    """Undo of a dismissal. Raises `ResultNotFound`, `AlreadySettled`, `NotAllowed`."""
    found = _locked(result, Result.State.DISMISSED)
    found.state, found.settled_by, found.settled_at = Result.State.WAITING, "", None
    found.save(update_fields=["state", "settled_by", "settled_at"])
    write_line(action="result_reopened", area=found.area, subject=result)
    return found


def _settle(found: Result, state: Result.State) -> None:
    found.state, found.settled_by, found.settled_at = state, current_actor().name, clock.now()
    found.save(update_fields=["state", "settled_by", "settled_at"])
