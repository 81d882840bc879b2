"""What a form says, as values. A field that cannot be read is refused by name."""

from datetime import datetime, time
from uuid import UUID

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext

from muster.kernel.errors import Invalid


class FieldUnreadable(Invalid):
    """{field}: “{value}” cannot be read."""

    code = "field_unreadable"


def text(data: QueryDict, name: str) -> str:
    """The text of a field without the spaces around it."""
    return data.get(name, "").strip()


def number(data: QueryDict, name: str, default: int | None = None) -> int:
    """A whole number, not negative. Raises `FieldUnreadable`."""
    value = text(data, name)
    return default if not value and default is not None else _number(name, value)


def numbers(data: QueryDict, name: str) -> list[int]:
    """All the numbers of a field with several values. Raises `FieldUnreadable`."""
    return [_number(name, value) for value in data.getlist(name)]


def moment(data: QueryDict, name: str, default: datetime | None = None) -> datetime:
    """A local date and time. Raises `FieldUnreadable`."""
    value = text(data, name)
    if not value and default is not None:
        return default
    try:
        found = datetime.fromisoformat(value)
    except ValueError as error:
        raise FieldUnreadable(field=gettext(LABELS.get(name, name)), value=value) from error
    return found if found.tzinfo else timezone.make_aware(found)


def minute(data: QueryDict, name: str) -> int:
    """A time of the day, as the minute since midnight. Raises `FieldUnreadable`."""
    value = text(data, name)
    try:
        found = time.fromisoformat(value)
    except ValueError as error:
        raise FieldUnreadable(field=gettext(LABELS.get(name, name)), value=value[:40]) from error
    return found.hour * 60 + found.minute


def key(data: QueryDict, name: str) -> UUID:
    """An id. Raises `FieldUnreadable`."""
    return _key(name, text(data, name))


def keys(data: QueryDict, name: str) -> list[UUID]:
    """All the ids of a field with several values. Raises `FieldUnreadable`."""
    return [_key(name, value) for value in data.getlist(name)]


def _number(name: str, value: str) -> int:
    if not value.isascii() or not value.isdigit() or len(value) > 15:
        raise FieldUnreadable(field=gettext(LABELS.get(name, name)), value=value[:40])
    return int(value)


def _key(name: str, value: str) -> UUID:
    try:
        return UUID(value)
    except ValueError as error:
        raise FieldUnreadable(field=gettext(LABELS.get(name, name)), value=value[:40]) from error


LABELS = {
    "person": "Person",
    "starts_at": "From",
    "ends_at": "To",
    "begins": "From",
    "ends": "To",
    "effective_at": "In force from",
    "cutoff": "Cut-off",
    "tables": "Tables",
    "uses": "Uses",
    "hours": "Hours",
    "shift": "Shift",
    "parent": "Under",
    "leader": "Leader",
    "keep": "Person",
    "counted": "Tubes counted by hand",
    "quantity": "Kits",
    "door": "Door",
    "store": "Store",
    "also": "Person",
    "places": "Place",
    "estate": "Estate",
    "at": "Place",
}
