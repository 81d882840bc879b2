"""Send a call down the tree; let bodies acknowledge; close it."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import connection

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.calls.errors import CallNotFound, NotReached
from muster.apps.calls.models import Call, CallNode
from muster.apps.notices.actions import address_unit, create_notice, enqueue_delivery
from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import organisation_of, range_below
from muster.kernel import clock
from muster.protocols.access import Verb


def issue_call(
    *,
    number: str,
    title: str,
    body: str,
    area: int,
    root: UUID,
    need: Mapping[str, int],
    due_at: datetime | None = None,
) -> Call:
    """Issue a call to a body, everything below it, and everybody in them.

    need: role → heads. area: where the hands are needed. Raises `NotAllowed`,
    `OrganisationNotFound`.
    """
    top = organisation_of(root)
    require(Verb.ISSUE_CALL, unit=top.code)
    low, high = range_below(top.code)
    call = Call.objects.create(
        number=number,
        title=title,
        body=body,
        area=area,
        root_id=root,
        need=dict(need),
        issued_by=current_actor().name,
        issued_at=clock.now(),
        due_at=due_at,
    )
    bodies = _send_down(call, low, high)
    notice = create_notice(kind="call", title=title, body=body, area=area, about=call.id)
    people = address_unit(notice=notice, low=low, high=high)
    write_line(action="call_issued", area=area, subject=call.id, bodies=bodies, people=people)
    enqueue_delivery(notice=notice.id)
    return call


def _send_down(call: Call, low: int, high: int) -> int:
    """One node for each standing body of the subtree."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO calls_callnode (id, call_id, organisation_id, unit, area, level, sent_at,
                                           acknowledged_by, offered)
               SELECT gen_random_uuid(), %(call)s, o.id, o.code, o.area,
                      CASE WHEN o.code %% 1000000000000 = 0 THEN 0
                           WHEN o.code %% 1000000000 = 0 THEN 1
                           WHEN o.code %% 1000000 = 0 THEN 2
                           WHEN o.code %% 1000 = 0 THEN 3 ELSE 4 END,
                      %(now)s, '', 0
               FROM people_organisation o
               WHERE o.code BETWEEN %(low)s AND %(high)s AND o.starts_at IS NULL""",
            {"call": call.id, "low": low, "high": high, "now": clock.now()},
        )
        return int(cursor.rowcount)


def acknowledge(*, call: UUID, organisation: UUID) -> CallNode:
    """A body says that it has read the call. The first acknowledgement stands.

    Raises `NotReached`, `NotAllowed`.
    """
    node = CallNode.objects.select_for_update().filter(call=call, organisation=organisation).first()
    if node is None:
        raise NotReached
    require(Verb.ACKNOWLEDGE_CALL, unit=node.unit, place=node.area)
    if node.acknowledged_at is None:
        node.acknowledged_at = clock.now()
        node.acknowledged_by = current_actor().name
        node.save(update_fields=["acknowledged_at", "acknowledged_by"])
        write_line(
            action="call_acknowledged", area=node.area, subject=call, stream=f"unit:{node.unit}"
        )
    return node


def close_call(*, call: UUID) -> Call:
    """Close a call by hand. Raises `CallNotFound`, `NotAllowed`."""
    found = (
        Call.objects.select_for_update(of=("self",)).select_related("root").filter(id=call).first()
    )
    if found is None:
        raise CallNotFound
    require(Verb.ISSUE_CALL, unit=found.root.code)
    found.state = Call.State.CLOSED
    found.closed_at = clock.now()
    found.save(update_fields=["state", "closed_at"])
    write_line(action="call_closed", area=found.area, subject=call)
    return found
