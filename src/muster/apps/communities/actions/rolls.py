"""A spreadsheet of residents comes in: good rows are people behind doors, doubtful ones wait."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.communities.actions.columns import remembered_columns
from muster.apps.communities.actions.residents import Arrival, move_in
from muster.apps.communities.models import Batch, Intake
from muster.apps.communities.queries.doors import Doors, doors_of
from muster.apps.communities.queries.known import Known, known_people
from muster.apps.people.actions import NewPerson, register_persons
from muster.apps.people.queries.access import require
from muster.intake.sheets import SheetColumns, SheetDocument, read_sheet
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb

HARMLESS = {"hidden_row", "hidden_sheet", "id_missing", "phone_invalid", "date_unreadable"}
"""Problems that are noted on the row but do not keep it waiting: somebody is there."""


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file. `again`: this very file has been here before, nothing changed."""

    batch: Batch
    rows: int
    taken: int
    known: int
    waiting: int
    again: bool = False

    @property
    def remembered(self) -> bool:
        """Whether columns were read as they had been corrected for this sender."""
        return any(c.get("remembered") for c in self.batch.mapping["columns"])


def import_roll(
    *,
    area: int,
    filename: str,
    data: bytes,
    estate: int | None = None,
    sender: str = "",
    document: SheetDocument | None = None,
) -> Imported:
    """Take a spreadsheet of residents. Every row is kept: taken, or waiting with its problems.

    estate: the estate that the file is about, where its rows do not say so. sender: whose list it
    is; columns that were corrected for him before are read so. document: the file, where it has
    been read already. The same file again
    changes nothing; a person who is known (identity number, or name behind that door) is not
    doubled. Raises `NotAllowed` and the refusals of `muster.intake.errors`.
    """
    require(Verb.IMPORT_PEOPLE, place=area)
    digest = sha256(data).digest()
    before = Batch.objects.filter(area=area, digest=digest).order_by("created_at").first()
    if before is not None:
        counts = before.counts
        return Imported(
            before, counts["rows"], counts["taken"], counts["known"], counts["waiting"], again=True
        )
    if document is None:
        columns = remembered_columns(area, sender)
        document = read_sheet(data, filename=filename, remembered=columns)
    batch = Batch(
        kind=Batch.Kind.SHEET,
        filename=filename[-120:],
        digest=digest,
        area=area,
        mapping={
            "sender": sender,
            "estate": estate,
            "columns": [_shown(c) for c in document.columns],
        },
        created_by=current_actor().name,
        created_at=clock.now(),
    )
    rows = [row.to_json() for row in document.rows]
    judged = _judge(rows, doors_of(area), known_people(area), filename, estate)
    batch.counts = {"rows": len(rows), **Counter(each.fate for each in judged)}
    batch.counts = {"taken": 0, "known": 0, "waiting": 0, **batch.counts}
    batch.save()
    _enter(batch, [each for each in judged if each.fate == "taken"])
    _keep(batch, judged)
    write_line(action="roll_imported", area=area, subject=batch.id, **batch.counts)
    counts = batch.counts
    return Imported(batch, counts["rows"], counts["taken"], counts["known"], counts["waiting"])


def _shown(columns: SheetColumns) -> dict[str, Any]:
    """The columns as they are shown and may be corrected."""
    return {
        **columns.to_json(),
        "headings": columns.headings,
        "remembered": columns.remembered,
    }


@dataclass(slots=True)
class Judged:
    """A row with what becomes of it: taken, known, waiting."""

    fields: dict[str, Any]
    problems: list[str]
    fate: str
    door: int | None
    person: UUID | None = None


def _judge(
    rows: Sequence[dict[str, Any]],
    doors: Doors,
    known: Known,
    filename: str,
    estate: int | None,
) -> list[Judged]:
    judged = []
    for row in rows:
        within = estate or doors.estate_named(f"{filename} {row['sheet'] or ''}")
        found = doors.find(row["building"], row["unit"], row["room"], estate=within)
        problems = list(row["problems"])
        if len(found) != 1 and not {"house_missing", "house_is_date"} & set(problems):
            problems.append("door_ambiguous" if found else "door_unknown")
        door = found[0] if len(found) == 1 else None
        person = None if set(problems) - HARMLESS else known.find(row, door)
        fate = "waiting" if set(problems) - HARMLESS else "known" if person else "taken"
        if fate == "taken":
            person = new_id()
            known.add(row, door, person)
        judged.append(Judged(row, sorted(problems), fate, door, person))
    return judged


def new_person(area: int, fields: Mapping[str, Any], source: str, id_: UUID | None) -> NewPerson:
    """A person from the fields of a row."""
    born = fields.get("birth_date")
    return NewPerson(
        id=id_,
        area=area,
        name=fields["name"],
        birth_date=date.fromisoformat(born) if born else _born(fields),
        id_type=fields.get("id_type") or "none",
        id_number=fields.get("id_number") or "",
        phones=fields.get("phones") or (),
        remarks=fields.get("remarks") or "",
        source=source,
    )


def _born(fields: Mapping[str, Any]) -> date | None:
    """The birth date in a resident ID that has been judged good."""
    number = fields.get("id_number") or ""
    if fields.get("id_type") != "resident_id" or len(number) != 18:
        return None
    return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))


def _enter(batch: Batch, taken: Sequence[Judged]) -> None:
    """People first, then where they live. The first row of a door names its head."""
    register_persons(
        persons=[
            new_person(batch.area, each.fields, f"batch:{batch.id}", each.person) for each in taken
        ]
    )
    heads: set[int | None] = set()
    arrivals = []
    for each in taken:
        arrivals.append(
            Arrival(
                person=each.person,  # type: ignore[arg-type] # taken rows have one
                place=each.door,  # type: ignore[arg-type] # and a door
                area=batch.area,
                kind=each.fields.get("residency") or "unknown",
                head=each.door not in heads,
            )
        )
        heads.add(each.door)
    move_in(arrivals=arrivals)


def _keep(batch: Batch, judged: Sequence[Judged]) -> None:
    """Rows stay with what they became; the number of a taken row is in the sealed person only."""
    Intake.objects.bulk_create(
        [
            Intake(
                batch=batch,
                area=batch.area,
                sheet=each.fields["sheet"] or "",
                row=each.fields["row"],
                raw={},
                fields=each.fields if each.fate == "waiting" else {"door": each.door},
                problems=each.problems,
                state=Intake.State.WAITING if each.fate == "waiting" else Intake.State.TAKEN,
                person_id=each.person,
            )
            for each in judged
        ],
        batch_size=1000,
    )
