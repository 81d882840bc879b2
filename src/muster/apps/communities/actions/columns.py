"""Which column means what, once a person has corrected it, is remembered for the next list of the
same sender with the same headings."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.communities.errors import BatchNotFound
from muster.apps.communities.models import Batch, ColumnChoice, Intake
from muster.apps.people.queries.access import require
from muster.intake.errors import BadMapping
from muster.intake.sheets.headings import signature
from muster.intake.sheets.kinds import ROSTER
from muster.kernel import clock
from muster.protocols.access import Verb


def remembered_columns(area: int, sender: str) -> dict[str, Any]:
    """What was corrected for this sender: signature of the headings → field → letters."""
    if not sender:
        return {}
    rows = ColumnChoice.objects.filter(area=area, sender=sender)
    return {row.headings: row.columns for row in rows}


def correct_columns(*, batch: UUID, sheet: str, columns: Mapping[str, list[str]]) -> ColumnChoice:
    """Remember what the columns of one sheet mean, for its sender and these headings.

    What came in stays; what waits is left out, and comes again when the file is sent again, which
    is then read with these columns.
    Raises `BatchNotFound`, `NotAllowed`, `BadMapping`.
    """
    found = Batch.objects.select_for_update().filter(id=batch).first()
    if found is None:
        raise BatchNotFound
    require(Verb.IMPORT_PEOPLE, place=found.area)
    shown = next((c for c in found.mapping["columns"] if (c["sheet"] or "") == sheet), None)
    if shown is None:
        raise BatchNotFound
    for name in columns:
        if name not in ROSTER.headings:
            raise BadMapping(field=name, known=", ".join(ROSTER.headings))
    choice, _ = ColumnChoice.objects.update_or_create(
        area=found.area,
        sender=found.mapping.get("sender", ""),
        headings=signature(shown["headings"]),
        defaults={
            "columns": {k: list(v) for k, v in columns.items()},
            "by": current_actor().name,
            "at": clock.now(),
        },
    )
    # The very file may come again now, and is not refused as known; its rows then wait once.
    found.digest = b""
    found.save(update_fields=["digest"])
    waiting = Intake.objects.filter(batch=found, state=Intake.State.WAITING)
    waiting.update(state=Intake.State.DISMISSED)
    write_line(action="columns_corrected", area=found.area, subject=found.id)
    return choice
