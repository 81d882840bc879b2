"""Codes as words in the reader's language."""

from typing import Any

from django import template
from django.utils.translation import gettext, gettext_lazy

from muster.web.templatetags.muster import localised

register = template.Library()

STATUSES = {
    "tested": gettext_lazy("tested"),
    "exempt": gettext_lazy("exempt"),
    "refused": gettext_lazy("refused"),
    "away": gettext_lazy("away"),
    "home_visit": gettext_lazy("home visit"),
    "not_found": gettext_lazy("nobody answered"),
    "came": gettext_lazy("says they came"),
    "moved": gettext_lazy("moved away"),
    "missing": gettext_lazy("missing"),
}
PARTS = {
    "am": gettext_lazy("morning"),
    "pm": gettext_lazy("afternoon"),
    "evening": gettext_lazy("evening"),
    "night": gettext_lazy("night"),
}
RECORD_CODES = {
    "device_revoked": gettext_lazy("This phone is no longer enrolled; held for the desk."),
    "round_closed": gettext_lazy("The round is closed; held for the desk."),
    "tube_code_malformed": gettext_lazy("This is not a tube code. Scan it again; held."),
    "tube_other_table": gettext_lazy("This tube was opened at another table; held."),
    "tube_closed": gettext_lazy("This tube is closed; held."),
    "tube_full": gettext_lazy("This tube is full; held. Scan the next one."),
    "person_unknown": gettext_lazy("Unknown person; held for the desk to find out."),
    "person_other_community": gettext_lazy("Belongs to another community; held."),
    "person_already_recorded": gettext_lazy("Already recorded in this round; kept and flagged."),
}


@register.filter
def status_name(key: str) -> str:
    """What became of a resident in a round."""
    return str(STATUSES.get(key, key))


@register.filter
def day_part(key: str) -> str:
    """A part of the day."""
    return str(PARTS.get(key, key))


@register.filter
def record_code(key: str) -> str:
    """Why a record was flagged or held."""
    return str(RECORD_CODES.get(key, gettext("Held for the desk.")))


@register.filter
def in_language(thing: Any) -> str:
    """Something of the policy that has `zh` and `en`."""
    return localised(thing.zh, thing.en)


@register.filter
def nth(items: list[Any], index: int) -> Any:
    """The item at an index."""
    return items[index]


@register.filter
def delivered_text(delivery: Any) -> str:
    """A notice as this person got it."""
    text: str = delivery.notice.body
    for name, value in delivery.fields.items():
        text = text.replace("{" + name + "}", str(value))
    return text
