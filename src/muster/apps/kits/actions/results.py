"""Results of kits: one a person and day; a positive becomes a task at once."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import IntegrityError, transaction

from muster.apps.audit.actions import current_actor, switch_actor, write_line
from muster.apps.kits.errors import (
    FollowUpNotFound,
    FollowUpOutOfOrder,
    ResultDayUnknown,
    ResultStands,
    ResultUnknown,
    StrangerAtDoor,
)
from muster.apps.kits.models import KitFollowUp, KitPhoto, KitResult, Series
from muster.apps.kits.queries.doors import residents_behind
from muster.apps.kits.queries.series import facts_of, rule_of, series_of, today
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.people.queries.access import require
from muster.intake.photos import Photo, clean_photo
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.actors import Actor
from muster.protocols.kits import Change, may_report, result_change
from muster.protocols.recalls import may_become


@dataclass(frozen=True, slots=True, kw_only=True)
class NewResult:
    """What a kit showed. `id` is made by the page or phone that sends it; `photo`: the file as it
    came."""

    id: UUID
    series: UUID
    person: UUID
    door: int
    day: int
    value: str
    photo: bytes = b""


def enter_result(*, new: NewResult) -> KitResult:
    """Entered at the door, for who has no phone.

    Raises as `report_result`, and `NotAllowed`.
    """
    series = series_of(new.series)
    require(Verb.RECORD_KIT_RESULT, place=series.area)
    return keep_result(series, new, KitResult.Source.DOOR)


def report_result(*, area: int, door: int, new: NewResult) -> KitResult:
    """Reported by the household on its own page: `area` and `door` are its link's.

    The same `id` again is the same result. Raises `StrangerAtDoor`, `ResultUnknown`,
    `ResultDayUnknown`, `ResultStands`, `PhotoRefused`, `SeriesNotFound`.
    """
    switch_actor(Actor.public("kits", area))
    if new.door != door:
        raise StrangerAtDoor
    return keep_result(series_of(new.series), new, KitResult.Source.HOUSEHOLD)


def keep_result(series: Series, new: NewResult, source: KitResult.Source) -> KitResult:
    """As `report_result`, without asking who may."""
    known = KitResult.objects.filter(id=new.id).first()
    if known is not None:
        return known
    _judge(series, new)
    photo = clean_photo(new.photo, limit=rule_of(series).photo_bytes) if new.photo else None
    try:
        with transaction.atomic():
            found, fresh = _insert(series, new, source), True
    except IntegrityError:  # there is one, or somebody else was faster
        found = KitResult.objects.select_for_update().get(
            series=series, person=new.person, day=new.day
        )
        fresh = _replace(series, found, new, source)
    if photo is not None and fresh:
        _hang(found, photo)
    if fresh:
        write_line(
            action="kit_result_kept", area=series.area, subject=found.id, day=found.day,
            source=source.value,
        )  # fmt: skip
        _follow(series, found)
    return found


def _judge(series: Series, new: NewResult) -> None:
    if new.value not in {kind.key for kind in rule_of(series).results}:
        raise ResultUnknown(value=new.value[:10], reason="")
    if not may_report(facts_of(series), day=new.day, today=today()):
        raise ResultDayUnknown(day=new.day, reason="")
    if new.person not in residents_behind(series, new.door):
        raise StrangerAtDoor


def _insert(series: Series, new: NewResult, source: KitResult.Source) -> KitResult:
    return KitResult.objects.create(
        id=new.id,
        series=series,
        area=series.area,
        person_id=new.person,
        door_id=new.door,
        day=new.day,
        value=new.value,
        source=source,
        at=clock.now(),
        by=current_actor().name,
    )


def _replace(series: Series, old: KitResult, new: NewResult, source: KitResult.Source) -> bool:
    """Whether the new result took the old one's place. Raises `ResultStands`."""
    change = result_change(rule_of(series), old.value, new.value)
    if change is Change.STANDS:
        raise ResultStands(reason="")
    if change is Change.SAME:
        return False
    old.value, old.source = new.value, source
    old.at, old.by = clock.now(), current_actor().name
    old.save(update_fields=["value", "source", "at", "by"])
    return True


def _hang(result: KitResult, photo: Photo) -> None:
    KitPhoto.objects.update_or_create(
        result=result,
        defaults={"area": result.area, "media": photo.media, "content": photo.content},
    )


def _follow(series: Series, result: KitResult) -> None:
    """Open what a result asks for; nobody's name leaves the database."""
    kind = next(k for k in rule_of(series).results if k.key == result.value)
    if not kind.recall:
        return
    now = clock.now()
    made, fresh = KitFollowUp.objects.get_or_create(
        result=result,
        defaults={
            "person_id": result.person_id,
            "area": result.area,
            "hold": kind.hold,
            "opened_at": now,
            "due_at": now + timedelta(minutes=kind.deadline_minutes),
        },
    )
    if not fresh:
        return
    write_line(action="kit_follow_up_opened", area=made.area, subject=made.id)
    notice = create_notice(
        kind="recall",
        title="复采通知 · Re-test",
        body="请留在家中，不要外出，医护人员将上门复采。"
        " Please stay at home; a team will come to you.",
        area=made.area,
        about=made.id,
    )
    address_persons(notice=notice, persons={result.person_id: {}})
    enqueue_delivery(notice=notice.id)


def settle_follow_up(*, follow_up: UUID, state: str) -> KitFollowUp:
    """The single re-test: sampled, then released (negative) or positive.

    Raises `FollowUpNotFound`, `FollowUpOutOfOrder`, `NotAllowed`.
    """
    found = KitFollowUp.objects.select_for_update().filter(id=follow_up).first()
    if found is None:
        raise FollowUpNotFound
    require(Verb.RECALL, place=found.area)
    if not may_become(found.state, state):
        raise FollowUpOutOfOrder(reason="")
    found.state = KitFollowUp.State(state)
    if found.state in (KitFollowUp.State.RELEASED, KitFollowUp.State.POSITIVE):
        found.closed_at, found.closed_by = clock.now(), current_actor().name
    found.save(update_fields=["state", "closed_at", "closed_by"])
    write_line(action="kit_follow_up_settled", area=found.area, subject=follow_up, state=state)
    return found
