"""A person says what the columns of a list mean; the list is read again."""

from collections.abc import Mapping
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.communities.actions.rolls import Imported
from muster.apps.communities.actions.uploads import take_file
from muster.apps.communities.errors import BatchNotFound
from muster.apps.communities.models import Batch, ColumnChoice, Intake, Upload
from muster.apps.people.actions import keyring
from muster.apps.people.queries.access import require
from muster.intake.errors import BadMapping
from muster.intake.sheets.headings import signature
from muster.intake.sheets.kinds import ROSTER
from muster.kernel import clock
from muster.protocols.access import Verb


def correct_columns(
    *, batch: UUID, sheet: str, columns: Mapping[str, list[str]]
) -> Imported | Upload | None:
    """Remember what the columns of one sheet mean, for its sender and these headings, and read the
    file again with them.

    What came in stays; rows that wait are left out in favour of the new reading, which can be
    undone one by one. Returns what `take_file` does; ``None`` if the file was not kept and has to
    be sent again.
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
    ColumnChoice.objects.update_or_create(
        area=found.area,
        sender=found.mapping.get("sender", ""),
        headings=signature(shown["headings"]),
        defaults={
            "columns": {k: list(v) for k, v in columns.items()},
            "by": current_actor().name,
            "at": clock.now(),
        },
    )
    # The very file is not refused as known now; its rows then wait once.
    found.digest = b""
    found.save(update_fields=["digest"])
    Intake.objects.filter(batch=found, state=Intake.State.WAITING).update(
        state=Intake.State.DISMISSED, settled_by=current_actor().name, settled_at=clock.now()
    )
    write_line(action="columns_corrected", area=found.area, subject=found.id)
    return _again(found)


def _again(batch: Batch) -> Imported | Upload | None:
    kept = Upload.objects.filter(batch=batch).exclude(content=b"").first()
    if kept is None:
        return None
    data = keyring().open_bytes(bytes(kept.content))
    kept.content = b""  # the new reading keeps it
    kept.save(update_fields=["content"])
    return take_file(
        area=batch.area, filename=kept.filename, data=data, sender=kept.sender, estate=kept.estate
    )
