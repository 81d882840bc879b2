"""A spreadsheet as it was sent: kept sealed, so that it can be read again. A large one is taken in
beside the request, by a job with its progress in view, as whoever sent it."""

from typing import Any
from uuid import UUID

from procrastinate.contrib.django import app

from muster.apps.audit.actions import act_as, as_system, current_actor, write_line
from muster.apps.communities.actions.columns import remembered_columns
from muster.apps.communities.actions.rolls import Imported, import_roll
from muster.apps.communities.errors import NothingToCancel, UploadCancelled
from muster.apps.communities.models import Upload
from muster.apps.people.actions import keyring
from muster.apps.people.queries.access import account_of, actor_of, require
from muster.intake.sheets import SheetDocument, check_size, read_sheet
from muster.kernel import clock
from muster.kernel.errors import MusterError
from muster.protocols.access import Verb
from muster.protocols.actors import Actor

LARGE = 300_000  # bytes; about 4,000 rows, which take a second or two
_OPEN = (Upload.State.QUEUED, Upload.State.READING)


def take_file(
    *, area: int, filename: str, data: bytes, sender: str = "", estate: int | None = None
) -> Imported | Upload:
    """Take a spreadsheet of residents in: at once, or by a job if it is `LARGE`. What
    `import_roll` raises."""
    if len(data) > LARGE:
        return receive_upload(area=area, filename=filename, data=data, sender=sender, estate=estate)
    came = import_roll(area=area, filename=filename, data=data, sender=sender, estate=estate)
    if not came.again:
        kept = _sealed(area, filename, data, sender, estate)
        kept.state, kept.batch, kept.done = Upload.State.DONE, came.batch, came.rows
        kept.save()
    return came


def receive_upload(
    *, area: int, filename: str, data: bytes, sender: str = "", estate: int | None = None
) -> Upload:
    """Keep a file, sealed, and let a job read it. Raises `NotAllowed`, `TooLarge`."""
    require(Verb.IMPORT_PEOPLE, place=area)
    check_size(len(data), filename=filename)
    upload = _sealed(area, filename, data, sender, estate)
    upload.save()
    write_line(action="upload_received", area=area, subject=upload.id)
    app.configure_task("communities.take_in", queue="intake").defer(upload_id=str(upload.id))
    return upload


def _sealed(area: int, filename: str, data: bytes, sender: str, estate: int | None) -> Upload:
    return Upload(
        area=area,
        filename=filename[-120:],
        sender=sender,
        estate=estate,
        content=keyring().seal_bytes(data),
        account=current_actor().account,
        created_at=clock.now(),
    )


def cancel_upload(*, upload: UUID) -> Upload:
    """Stop a file that is being read; nothing of it stays. Raises `NothingToCancel`,
    `NotAllowed`."""
    found = Upload.objects.select_for_update().filter(id=upload, state__in=_OPEN).first()
    if found is None:
        raise NothingToCancel(reason="")
    require(Verb.IMPORT_PEOPLE, place=found.area)
    found.state, found.content = Upload.State.CANCELLED, b""
    found.save(update_fields=["state", "content"])
    write_line(action="upload_cancelled", area=found.area, subject=found.id)
    return found


def take_in_upload(*, upload: UUID) -> str:
    """The job: read the file, say how far it is, take its rows in. Returns the state it ends in.

    A refusal is kept for whoever sent the file; any other exception lets the job be tried again.
    """
    with as_system("upload"):
        found = Upload.objects.filter(id=upload, state__in=_OPEN).first()
        if found is None:
            return "gone"
        sender = _sender(found)
        columns = remembered_columns(found.area, found.sender)
        data = keyring().open_bytes(bytes(found.content))
    try:
        document = _read(found, data, columns)
        _state(upload, state=Upload.State.SAVING)
        with act_as(sender):
            came = import_roll(
                area=found.area, filename=found.filename, data=data, sender=found.sender,
                estate=found.estate, document=document,
            )  # fmt: skip
    except UploadCancelled:
        return Upload.State.CANCELLED.value
    except MusterError as problem:
        _state(upload, state=Upload.State.REFUSED, content=b"", problem=str(problem))
        return Upload.State.REFUSED.value
    empty = {"content": b""} if came.again else {}
    _state(upload, state=Upload.State.DONE, batch=came.batch, done=came.rows, **empty)
    return Upload.State.DONE.value


def _read(found: Upload, data: bytes, columns: dict[str, Any]) -> SheetDocument:
    """Outside of a transaction, so that each report of progress is seen at once."""

    def report(done: int, total: int) -> None:
        _state(found.id, state=Upload.State.READING, done=done, total=total)

    return read_sheet(data, filename=found.filename, remembered=columns, progress=report)


def _sender(upload: Upload) -> Actor:
    account = account_of(upload.account) if upload.account else None
    return actor_of(account) if account else Actor.nobody()


def _state(upload: UUID, **changed: Any) -> None:
    """Raises `UploadCancelled` when somebody has stopped it meanwhile."""
    with as_system("upload"):
        rows = Upload.objects.filter(id=upload).exclude(state=Upload.State.CANCELLED)
        if not rows.update(**changed):
            raise UploadCancelled(reason="")
