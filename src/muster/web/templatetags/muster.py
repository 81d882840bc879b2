"""What every template may use: names in the reader's language, masked values, local time."""

from datetime import datetime
from typing import Any

from django import template
from django.conf import settings
from django.utils import timezone, translation

from muster import policies
from muster.protocols.identity import masked

register = template.Library()


def _chinese() -> bool:
    return (translation.get_language() or settings.LANGUAGE_CODE).startswith("zh")


def localised(zh: str, en: str) -> str:
    """The text in the reader's language; Chinese where there is no other."""
    return zh if _chinese() or not en else en


@register.filter
def role_name(key: str) -> str:
    """A front-line role by its key."""
    try:
        role = policies.load(settings.MUSTER_POLICY).role(key)
    except KeyError:
        return key
    return localised(role.zh, role.en)


@register.filter
def level_name(key: str) -> str:
    """A zone level by its key; a dash for none."""
    try:
        level = policies.load(settings.MUSTER_POLICY).level(key)
    except KeyError:
        return "—"
    return localised(level.zh, level.en)


@register.filter
def place_name(place: Any) -> str:
    """A place's name in the reader's language."""
    return localised(place.name, place.name_en)


@register.filter
def phone_masked(number: str) -> str:
    """138****0003: enough to recognise, not enough to pass on."""
    return f"{number[:3]}****{number[-4:]}" if len(number) == 11 else "—"


@register.filter
def id_masked(tail: str) -> str:
    """The last four of an identity number."""
    return masked(tail)


@register.filter
def clock(at: datetime | None) -> str:
    """Local time, 24 hours: 18:30, with the day where it is not today."""
    if at is None:
        return "—"
    local = timezone.localtime(at)
    if local.date() == timezone.localdate():
        return f"{local:%H:%M}"
    return f"{local:%m-%d %H:%M}"


@register.filter
def percent_of(part: float, whole: float) -> int:
    """0-100, rounded down: 99.9 % is not done."""
    return int(100 * part / whole) if whole else 100


@register.simple_tag(takes_context=True)
def query(context: dict[str, Any], **changes: Any) -> str:
    """The page's own query string with some values changed; None removes one."""
    params = context["request"].GET.copy()
    for key, value in changes.items():
        if value is None:
            params.pop(key, None)
        else:
            params[key] = value
    return f"?{params.urlencode()}"
