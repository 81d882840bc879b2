"""Say something to many; deliver it, resumably."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import connection
from procrastinate.contrib.django import app

from muster.apps.audit.actions import act_as, current_actor, write_line
from muster.apps.notices.models import Delivery, Notice
from muster.apps.people.queries.people import reach_of
from muster.gateways.channels import Channel, Message, open_channel
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.actors import Actor

BATCH = 500


def create_notice(
    *, kind: str, title: str, body: str, area: int, about: UUID | None = None, channel: str = ""
) -> Notice:
    """A notice without recipients yet. `body` may hold ``{fields}`` filled at delivery."""
    return Notice.objects.create(
        kind=kind,
        title=title,
        body=body,
        area=area,
        about=about,
        channel=channel or default_channel(),
        created_by=current_actor().name,
        created_at=clock.now(),
    )


def default_channel() -> str:
    """The first configured channel, or the recording one."""
    return next(iter(settings.MUSTER_CHANNELS), "recording")


def address_unit(*, notice: Notice, low: int, high: int) -> int:
    """Address everybody whose unit code lies in the range: one delivery a person, first phone.

    Who has no phone is kept as unreachable, so that somebody goes and knocks.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO notices_delivery (id, notice_id, person_id, address, fields, state,
                                             attempts, error, area, unit)
               SELECT gen_random_uuid(), %(notice)s, p.id, coalesce(f.number, ''), '{}',
                      CASE WHEN f.number IS NULL THEN 'unreachable' ELSE 'waiting' END, 0, '',
                      p.area, p.unit
               FROM people_person p
               LEFT JOIN people_phone f ON f.person_id = p.id AND f.rank = 0
               WHERE p.unit BETWEEN %(low)s AND %(high)s AND p.merged_into_id IS NULL
               ON CONFLICT DO NOTHING""",
            {"notice": notice.id, "low": low, "high": high},
        )
        count = cursor.rowcount
    return _addressed(notice, count)


def address_persons(*, notice: Notice, persons: Mapping[UUID, Mapping[str, Any]]) -> int:
    """Address these persons, each with the fields of its own text. Unknown ids are ignored."""
    reach = reach_of(list(persons))
    Delivery.objects.bulk_create(
        [
            Delivery(
                id=new_id(),
                notice=notice,
                person_id=who.id,
                address=who.phone,
                fields=dict(persons[who.id]),
                state=Delivery.State.WAITING if who.phone else Delivery.State.UNREACHABLE,
                area=who.area,
                unit=who.unit,
                serving=who.serving,
            )
            for who in reach
        ],
        batch_size=1000,
        ignore_conflicts=True,
    )
    return _addressed(notice, len(reach))


def _addressed(notice: Notice, count: int) -> int:
    Notice.objects.filter(id=notice.id).update(total=count)
    write_line(
        action="notice_addressed", area=notice.area, subject=notice.id, count=count,
        kind=notice.kind,
    )  # fmt: skip
    return count


def enqueue_delivery(*, notice: UUID) -> None:
    """Deliver in the background, once this transaction is committed."""
    app.configure_task("notices.deliver", queue="notices").defer(notice_id=str(notice))


def deliver(*, notice_id: UUID, channel: Channel | None = None) -> int:
    """Deliver what is still open, batch by batch, each in its own transactions; how many went out.

    Safe to run again after a crash and beside another run: a batch is marked `attempting` before
    the gateway is called. What was left so is sent again where the channel recognises its keys,
    and kept for a person to decide where it does not.
    """
    system = Actor.system("delivery")
    with act_as(system):
        notice = Notice.objects.get(id=notice_id)
        gateway = channel or open_channel(
            notice.channel, urls=settings.MUSTER_CHANNELS, data=settings.MUSTER_DATA
        )
        if gateway.idempotent:
            Delivery.objects.filter(notice=notice, state=Delivery.State.ATTEMPTING).update(
                state=Delivery.State.WAITING
            )
    sent = 0
    while batch := _claim(system, notice):
        failures = gateway.send([_message(notice, row) for row in batch])
        sent += _settle(system, batch, failures)
    return sent


def _claim(system: Actor, notice: Notice) -> Sequence[Delivery]:
    with act_as(system):
        batch = list(
            Delivery.objects.select_for_update(skip_locked=True)
            .filter(notice=notice, state=Delivery.State.WAITING)
            .order_by("id")[:BATCH]
        )
        Delivery.objects.filter(id__in=[d.id for d in batch]).update(
            state=Delivery.State.ATTEMPTING
        )
    return batch


def _message(notice: Notice, row: Delivery) -> Message:
    body = notice.body
    for name, value in row.fields.items():
        body = body.replace("{" + name + "}", str(value))
    return Message(row.id, row.address, notice.title, body)


def _settle(system: Actor, batch: Sequence[Delivery], failures: Mapping[UUID, str]) -> int:
    now = clock.now()
    with act_as(system):
        good = [d.id for d in batch if d.id not in failures]
        Delivery.objects.filter(id__in=good).update(
            state=Delivery.State.SENT, sent_at=now, attempts=1
        )
        for id_, why in failures.items():
            Delivery.objects.filter(id=id_).update(
                state=Delivery.State.FAILED, error=why, attempts=1
            )
    return len(good)


def mark_read(*, person: UUID, notice: UUID) -> None:
    """The person has opened it."""
    Delivery.objects.filter(person_id=person, notice_id=notice, read_at=None).update(
        read_at=clock.now()
    )
