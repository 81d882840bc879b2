"""Laboratories: let one in, take what it sends, shut it out."""

import secrets
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from muster.apps.audit.actions import act_as, as_system, current_actor, write_line
from muster.apps.people.queries.access import require
from muster.apps.screening.actions.results import ResultRow, import_results
from muster.apps.screening.errors import LaboratoryRefused
from muster.apps.screening.models import Laboratory, Result, Tube
from muster.gateways.laboratory import LaboratoryResult
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import AccessRole, Grant, Verb
from muster.protocols.actors import Actor
from muster.protocols.devices import DeviceRefused, DeviceToken


def register_laboratory(*, name: str, area: int, low: int, high: int) -> tuple[Laboratory, str]:
    """Let a laboratory send results for the tubes of a range of places; the key is told once.

    Raises `NotAllowed`.
    """
    for end in (low, high):
        require(Verb.IMPORT_RESULTS, place=end)
    token = DeviceToken(new_id(), area, secrets.token_bytes(24))
    made = Laboratory.objects.create(
        id=token.device,
        name=name.strip()[:80],
        area=area,
        low=low,
        high=high,
        token_hash=token.hash,
        made_by=current_actor().name,
        made_at=clock.now(),
    )
    write_line(action="laboratory_registered", area=area, subject=made.id)
    return made, token.text()


def revoke_laboratory(*, laboratory: UUID) -> datetime:
    """It may send nothing any more. Raises `NotAllowed`."""
    found = Laboratory.objects.select_for_update().get(id=laboratory)
    require(Verb.IMPORT_RESULTS, place=found.area)
    found.revoked_at = found.revoked_at or clock.now()
    found.save(update_fields=["revoked_at"])
    write_line(action="laboratory_revoked", area=found.area, subject=laboratory)
    return found.revoked_at


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of one result: ``applied`` or ``waiting``, with the code of why."""

    tube: str
    state: str
    code: str


def take_laboratory_results(*, token: str, results: Sequence[LaboratoryResult]) -> list[Taken]:
    """Each result to its tube, in whichever round within the laboratory's places it is; in the
    order sent. A code that no tube has, or tubes of two rounds, waits: ``tube_unknown``,
    ``tube_ambiguous``.

    Raises `LaboratoryRefused`.
    """
    sender = _sender(token)
    grant = Grant(AccessRole.LABORATORY, places=((sender.low, sender.high),))
    actor = Actor.of_grants(f"laboratory:{sender.id}", (grant,), account=None, person=None)
    rows = [ResultRow(n, r.tube, r.value, r.at) for n, r in enumerate(results, 1)]
    with act_as(actor):
        rounds = _rounds_of({r.tube for r in rows}, sender)
        by_round: dict[UUID, list[ResultRow]] = defaultdict(list)
        nowhere: list[ResultRow] = []
        for row in rows:
            found = rounds.get(row.tube, ())
            (by_round[found[0]] if len(found) == 1 else nowhere).append(row)
        told: dict[int, Taken] = {}
        for round_id, own in by_round.items():
            report = import_results(round_id=round_id, rows=own, laboratory=sender.id)
            told |= {r.row: Taken(r.tube, r.state, r.code) for r in report.rows}
        for row in nowhere:
            code = "tube_ambiguous" if rounds.get(row.tube) else "tube_unknown"
            told[row.row] = Taken(row.tube, Result.State.WAITING, code)
        _keep(sender, nowhere, told)
        return [told[row.row] for row in rows]


def _sender(token: str) -> Laboratory:
    try:
        shown = DeviceToken.parse(token)
    except DeviceRefused as error:
        raise LaboratoryRefused from error
    with as_system("laboratory log-in"):
        found = Laboratory.objects.filter(id=shown.device, revoked_at=None).first()
    if found is None or not secrets.compare_digest(bytes(found.token_hash), shown.hash):
        raise LaboratoryRefused
    return found


def _rounds_of(codes: set[str], sender: Laboratory) -> dict[str, tuple[UUID, ...]]:
    """The rounds in which a tube has the code."""
    found: dict[str, set[UUID]] = defaultdict(set)
    tubes = Tube.objects.filter(code__in=codes, area__range=(sender.low, sender.high))
    for code, round_id in tubes.values_list("code", "round"):
        found[code].add(round_id)
    return {code: tuple(rounds) for code, rounds in found.items()}


def _keep(sender: Laboratory, rows: Sequence[ResultRow], told: dict[int, Taken]) -> None:
    """What fits no tube waits under the laboratory's own place."""
    batch, now = new_id(), clock.now()
    Result.objects.bulk_create(
        [
            Result(
                round=None,
                area=sender.area,
                laboratory=sender.id,
                batch=batch,
                row=row.row,
                tube=row.tube[:64],
                value=row.value[:10],
                state=Result.State.WAITING,
                code=told[row.row].code,
                reported_at=row.at,
                received_at=now,
            )
            for row in rows
        ]
    )
