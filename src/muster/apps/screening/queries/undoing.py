"""What has happened since decisions of the desk: of many at once, with as many questions as of
one."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Model, Q

from muster.apps.screening.models import (
    DISTRICT,
    Change,
    Closing,
    Decision,
    Recall,
    Sampled,
    Specimen,
    Tube,
    Visit,
)
from muster.protocols.undoing import Since

PLAIN = ("counted", "note", "size")
"""What of a tube is in JSON what it is."""
CLOSED = ("closed_at", "closed_by", *PLAIN)
"""What a closing says of its tube."""
LET_BE: dict[str, type[Change | Closing | Visit]] = {
    Decision.Choice.CHANGE_LEFT: Change,
    Decision.Choice.CLOSING_LEFT: Closing,
    Decision.Choice.VISIT_LEFT: Visit,
}
WAITS = ("held", "waiting", "flagged")
"""States in which something that was let be still is what it was."""


@dataclass(frozen=True, slots=True)
class _Rows:
    """What decisions are about, as it is now; tubes by round and code, firsts by round and
    person."""

    records: dict[UUID, Specimen]
    others: dict[UUID, Specimen]
    firsts: dict[tuple[UUID, UUID], UUID]
    tubes: dict[tuple[UUID, str], Tube]
    recalls: list[Recall]
    left: set[UUID]


def standing_of(record: Specimen) -> dict[str, Any]:
    """A record as it stands, as JSON holds it."""
    person = str(record.person) if record.person else None
    return {"state": record.state, "code": record.code, "person": person, "tube": record.tube}


def closed_as(tube: Tube | None) -> dict[str, Any] | None:
    """How a tube is closed, as JSON holds it."""
    if tube is None:
        return None
    found = {name: getattr(tube, name) for name in CLOSED}
    return {k: v if v is None or k in PLAIN else str(v) for k, v in found.items()}


def since_of(decisions: Collection[Decision]) -> dict[UUID, Since]:
    """What has happened since each of these, by its id."""
    holding = [d for d in decisions if not d.ended]
    rows = _rows(holding) if holding else None
    return {
        d.id: Since(ended=d.ended) if d.ended or rows is None else _since(d, rows)
        for d in decisions
    }


def _since(made: Decision, rows: _Rows) -> Since:
    if made.choice in LET_BE:
        return Since(changed=_about(made) not in rows.left)
    if made.closing is not None:
        tube = rows.tubes.get((made.round, made.tube))
        return Since(closed=closed_as(tube) != made.after["tube"], resulted=_resulted(made, [tube]))
    record = rows.records.get(made.specimen) if made.specimen else None
    if record is None:
        return Since(changed=True)
    tubes = {made.before["tube"], made.after["tube"]}
    return Since(
        changed=standing_of(record) != made.after or _first_settled(made, record, rows),
        resulted=_resulted(made, [rows.tubes.get((made.round, code)) for code in tubes]),
        recalled=_recalled(made, record, tubes, rows),
    )


def _about(made: Decision) -> UUID | None:
    return made.change or made.closing or made.visit


def _resulted(made: Decision, tubes: Iterable[Tube | None]) -> bool:
    return any(t and t.resulted_at is not None and t.resulted_at >= made.made_at for t in tubes)


def _first_settled(made: Decision, record: Specimen, rows: _Rows) -> bool:
    """Whether another record that counts in its place was decided since."""
    if not made.before["first"]:
        return False
    first = rows.firsts.get((made.round, UUID(made.before["person"])))
    other = rows.others.get(first) if first and first != record.id else None
    settled = other.settled_at if other is not None else None
    return settled is not None and settled >= made.made_at


def _recalled(made: Decision, record: Specimen, tubes: Collection[str], rows: _Rows) -> bool:
    people = {p for p in (made.before["person"], made.after["person"]) if p}
    # A decision recalls at once who came into a positive tube: a moment before it is written down.
    since = record.settled_at or made.made_at
    return any(
        r.round_id == made.round
        and r.tube in tubes
        and str(r.person_id) in people
        and r.opened_at >= since
        for r in rows.recalls
    )


def _rows(decisions: Collection[Decision]) -> _Rows:
    """The log is asked by its districts and rounds, and by itself."""
    rounds = {d.round for d in decisions}
    key = {"district__in": {d.area // DISTRICT for d in decisions}, "round__in": rounds}
    records = _by_id(Specimen, key, {d.specimen for d in decisions if d.specimen})
    people = {d.before["person"] for d in decisions if d.before.get("first")}
    firsts = {
        (s.round, s.person): s.specimen
        for s in (Sampled.objects.filter(**key, person__in=people) if people else ())
    }
    codes = _codes(decisions)
    tubes = Tube.objects.filter(**key, code__in=codes) if codes else ()
    recalls = Recall.objects.filter(round__in=rounds, tube__in=codes) if records else ()
    return _Rows(
        records=records,
        others=_by_id(Specimen, key, set(firsts.values())),
        firsts=firsts,
        tubes={(t.round, t.code): t for t in tubes},
        recalls=list(recalls),
        left=_left(decisions, key),
    )


def _by_id[M: Model](model: type[M], key: dict[str, Any], ids: set[UUID]) -> dict[UUID, M]:
    found = model._default_manager.filter(**key, id__in=ids) if ids else ()
    return {row.id: row for row in found}  # type: ignore[attr-defined] # a part of the key


def _codes(decisions: Iterable[Decision]) -> set[str]:
    codes = {d.tube for d in decisions if d.choice == Decision.Choice.CLOSED}
    for d in decisions:
        if d.choice not in LET_BE and d.specimen:
            codes |= {d.before["tube"], d.after["tube"]}
    return codes


def _left(decisions: Iterable[Decision], key: dict[str, Any]) -> set[UUID]:
    """Ids of what was let be and still is: on record, off the list, nothing followed."""
    found: set[UUID] = set()
    for choice, model in LET_BE.items():
        ids = {about for d in decisions if d.choice == choice and (about := _about(d))}
        if ids:
            at = {"round__in": key["round__in"]} if model is Visit else key
            rows = model._default_manager.filter(Q(state__in=WAITS), **at, id__in=ids)
            found |= set(rows.exclude(settled_at=None).values_list("id", flat=True))
    return found
