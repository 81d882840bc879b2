"""Write one line of what was done."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import connection

from muster.apps.audit.actions.scope import current_actor
from muster.kernel import clock


def write_line(
    *, action: str, area: int, subject: object = "", stream: str | None = None, **detail: Any
) -> None:
    """Append one line as the current actor. `detail` holds ids and counts, never names.

    The stream is the community by default: its lines are chained one after the other.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(%s, %s, %s, %s, %s, %s::jsonb, %s)",
            [
                stream or str(area),
                current_actor().name,
                action,
                area,
                str(subject),
                json.dumps(detail, default=str, ensure_ascii=False),
                clock.now(),
            ],
        )


def write_lines(
    *, action: str, area: int, lines: Iterable[tuple[object, Mapping[str, Any]]]
) -> None:
    """Append lines of one action in one community, in this order: the subject and the detail of
    each. As `write_line`, in one statement."""
    rows = [(str(subject), json.dumps(detail, ensure_ascii=False)) for subject, detail in lines]
    if not rows:
        return
    subjects, details = zip(*rows, strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT audit_append(%s, %s, %s, %s, l.subject, l.detail::jsonb, %s)"
            " FROM unnest(%s::text[], %s::text[]) AS l(subject, detail)",
            [
                str(area), current_actor().name, action, area, clock.now(), list(subjects),
                list(details),
            ],
        )  # fmt: skip
