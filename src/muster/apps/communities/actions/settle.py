"""A person decides about a row that waits: mended and taken, taken as it is, or left out. Undone
as long as nobody has gone on with it."""

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import current_actor, take_turns, write_line
from muster.apps.communities.actions.residents import Arrival, move_in
from muster.apps.communities.actions.rolls import new_person
from muster.apps.communities.errors import AlreadySettled, BatchNotFound, StillDoubtful
from muster.apps.communities.models import Intake, Residence
from muster.apps.communities.queries.doors import doors_of
from muster.apps.communities.queries.known import known_people
from muster.apps.people.actions import keyring, register_person, remove_person
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.kernel.resident_id import is_resident_id
from muster.protocols.access import Verb
from muster.protocols.identity import normal

MENDABLE = ("name", "id_number", "phones", "building", "unit", "room")


def _locked(row: UUID) -> Intake:
    found = Intake.objects.select_for_update().filter(id=row).first()
    if found is None:
        raise BatchNotFound
    require(Verb.SETTLE_DOUBTS, place=found.area)
    if found.state != Intake.State.WAITING:
        raise AlreadySettled(reason="")
    return found


def settle_row(
    *, row: UUID, mended: Mapping[str, str], door: int | None = None, as_it_is: bool = False
) -> Intake:
    """Take a row with its mended fields; `door` chooses among several. `as_it_is`: an identity
    number that fails its check is kept as an "other" number. Who is in the register already is not
    doubled: the row is settled as that person.

    Raises `AlreadySettled`, `StillDoubtful`, `NotAllowed`.
    """
    found = _locked(row)
    fields = {**found.fields, **_cleaned(mended)}
    place = door or _door(found, fields)
    problems = _problems(fields, place, as_it_is=as_it_is)
    if problems:
        raise StillDoubtful(problems=", ".join(problems), reason="")
    if fields.get("id_type") == "resident_id" and not is_resident_id(fields.get("id_number") or ""):
        fields["id_type"] = "other" if fields.get("id_number") else "none"
    take_turns("settle", found.area)  # two rows may name one person
    known = known_people(found.area).find(fields, place)
    if known is not None:
        return _close(found, Intake.State.SETTLED, known, entered=False)
    person = register_person(person=new_person(found.area, fields, f"batch:{found.batch_id}", None))
    move_in(
        arrivals=[
            Arrival(
                person=person,
                place=place,  # type: ignore[arg-type] # without a place it is still doubtful
                area=found.area,
                kind=fields.get("residency") or "unknown",
            )
        ]
    )
    return _close(found, Intake.State.SETTLED, person, entered=True)


def dismiss_row(*, row: UUID) -> Intake:
    """Nobody lives behind this row. It stays, left out. Raises `AlreadySettled`, `NotAllowed`."""
    return _close(_locked(row), Intake.State.DISMISSED, None)


def reopen_row(*, row: UUID) -> Intake:
    """Undo: the row waits again as it came; whoever it entered is taken out, unless he is known
    elsewhere meanwhile. Raises `AlreadySettled`, `NotAllowed`, `InUse`."""
    undoable = (Intake.State.DISMISSED, Intake.State.SETTLED)
    found = Intake.objects.select_for_update().filter(id=row, state__in=undoable).first()
    if found is None:
        raise AlreadySettled(reason="")
    require(Verb.SETTLE_DOUBTS, place=found.area)
    if found.state == Intake.State.SETTLED:
        _unsettle(found)
    return _close(found, Intake.State.WAITING, None)


def _unsettle(found: Intake) -> None:
    if not found.raw:
        raise AlreadySettled(reason="")
    found.fields = json.loads(keyring().open_bytes(b64decode(found.raw["sealed"])))
    if found.raw["entered"] and found.person_id is not None:
        remove_person(person=found.person_id, besides=(Residence, Intake))
    found.raw = {}


def _close(found: Intake, state: str, person: UUID | None, *, entered: bool = False) -> Intake:
    """The fields of a settled row are kept sealed, to be undone."""
    found.state, found.person_id = state, person
    found.settled_by, found.settled_at = current_actor().name, clock.now()
    if state == Intake.State.SETTLED:
        sealed = keyring().seal_bytes(json.dumps(found.fields).encode())
        found.raw = {"sealed": b64encode(sealed).decode(), "entered": entered}
        found.fields = {}
    found.save(update_fields=["state", "person", "settled_by", "settled_at", "fields", "raw"])
    write_line(action=f"row_{state}", area=found.area, subject=found.id)
    return found


def _cleaned(mended: Mapping[str, str]) -> dict[str, Any]:
    cleaned: dict[str, Any] = {k: v.strip() for k, v in mended.items() if k in MENDABLE}
    if "phones" in cleaned:
        cleaned["phones"] = cleaned["phones"].replace("，", " ").replace(",", " ").split()
    if cleaned.get("id_number"):
        cleaned["id_number"] = normal(cleaned["id_number"])
        if is_resident_id(cleaned["id_number"]):
            cleaned["id_type"] = "resident_id"
    return cleaned


def _door(found: Intake, fields: Mapping[str, Any]) -> int | None:
    doors = doors_of(found.area)
    named = f"{found.batch.filename} {found.sheet}"
    within = found.batch.mapping.get("estate") or doors.estate_named(named)
    hits = doors.find(fields["building"], fields["unit"], fields["room"], estate=within)
    return hits[0] if len(hits) == 1 else None


def _problems(fields: Mapping[str, Any], place: int | None, *, as_it_is: bool) -> list[str]:
    problems = []
    if not fields.get("name"):
        problems.append("name_missing")
    if place is None:
        problems.append("door_unknown")
    number = fields.get("id_number")
    if not as_it_is and fields.get("id_type") == "resident_id" and not is_resident_id(number or ""):
        problems.append("id_check_failed" if number else "id_missing")
    return problems
