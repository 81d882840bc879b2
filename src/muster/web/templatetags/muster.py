"""What every template may use: names in the reader's language, masked values, local time."""

from collections.abc import Iterable
from datetime import datetime
from functools import cache
from typing import Any
from uuid import UUID

from django import template
from django.conf import settings
from django.urls import get_script_prefix, reverse
from django.utils import timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from muster import policies
from muster.intake.mends import MENDS
from muster.protocols.identity import masked
from muster.web.navigation import chosen_place, tabs_of
from muster.web.words import WORDS

register = template.Library()


def chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (translation.get_language() or settings.LANGUAGE_CODE).startswith("zh")


def localised(zh: str, en: str) -> str:
    """The text in the reader's language; Chinese where there is no other."""
    return zh if chinese() or not en else en


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
def due_reason(due: Any) -> str:
    """Why a compound is due: the level and its day, or the rhythm of the area."""
    if due.number:
        return gettext("%(level)s, day %(n)s") % {"level": level_name(due.reason), "n": due.number}
    steps = {s.key: s for s in policies.load(settings.MUSTER_POLICY).rhythm.steps}
    step = steps.get(due.reason)
    return localised(step.zh, step.en) if step else gettext("One last round")


@register.filter
def place_name(place: Any) -> str:
    """A place's name in the reader's language."""
    return localised(place.name, place.name_en)


@register.filter
def phone_masked(number: str) -> str:
    """138****0003: enough to recognise, not enough to pass on."""
    return f"{number[:3]}****{number[-4:]}" if len(number) == 11 else "—"


@register.filter
def name_masked(name: str) -> str:
    """王*英: its owner knows it, whoever finds the paper learns little."""
    if len(name) <= 1:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


@register.filter
def hundredfold(share: float) -> str:
    """A share in per cent, one digit after the point."""
    return f"{100 * share:.1f}"


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
def points(change: float) -> str:
    """Percentage points with their sign."""
    return f"{change:+.1f}"


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


@register.simple_tag(takes_context=True)
def to(context: dict[str, Any], name: str, *args: Any) -> str:
    """The address of a page, about the same place as this one."""
    return _address(name, *args) + chosen_place(context["request"])


@register.simple_tag
def at(name: str, id_: UUID) -> str:
    """The address of a page about one thing, as `url` gives it: for lists, which ask often."""
    return _address(name, id_)


def _address(name: str, *args: Any) -> str:
    if len(args) == 1 and isinstance(args[0], UUID):
        return _pattern(name, get_script_prefix()).replace(_ANY, str(args[0]))
    return reverse(name, args=args)


_ANY = str(UUID(int=0))


@cache
def _pattern(name: str, _prefix: str) -> str:
    """The address of a page about the thing whose id is `_ANY`: the router is asked once."""
    return reverse(name, args=[_ANY])


@register.simple_tag(takes_context=True)
def tokens(context: dict[str, Any]) -> SafeString:
    """What every posted form carries: the CSRF token, the place, and where to go back to."""
    request = context["request"]
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">'
        '<input type="hidden" name="next" value="{}"><input type="hidden" name="place" value="{}">',
        context.get("csrf_token", ""),
        request.get_full_path(),
        request.GET.get("place", ""),
    )


@register.filter
def said(key: str, kind: str) -> str:
    """A state, a source, a reason in words."""
    return str(WORDS[kind].get(key, key))


@register.filter
def lacks_said(bodies: Iterable[str]) -> str:
    """The bodies that a joint post is without, by name, in a line."""
    return gettext("lacks") + " " + "、".join(bodies)


@register.filter
def problem_name(code: str) -> str:
    """What is wrong with a row or an entry."""
    mend = MENDS.get(code)
    return localised(mend.zh, mend.en) if mend else str(WORDS["problem"].get(code, code))


@register.filter
def problem_mend(code: str) -> str:
    """What to do about it."""
    mend = MENDS.get(code)
    return localised(mend.mend_zh, mend.mend_en) if mend else str(WORDS["mend"].get(code, ""))


@register.filter
def entry(mapping: Any, key: Any) -> Any:
    """A value of a mapping by a key that is a variable."""
    return mapping.get(key) if mapping else None


@register.filter
def result_name(key: str) -> str:
    """What a laboratory found."""
    kinds = {kind.key: kind for kind in policies.load(settings.MUSTER_POLICY).screening.results}
    return localised(kinds[key].zh, kinds[key].en) if key in kinds else key


@register.filter
def kit_result_name(key: str) -> str:
    """What a kit showed."""
    kinds = {k.key: k for k in policies.load(settings.MUSTER_POLICY).antigen.results}
    return localised(kinds[key].zh, kinds[key].en) if key in kinds else key


@register.filter
def exemption_name(key: str) -> str:
    """Why somebody need not be tested."""
    kinds = {e.key: e for e in policies.load(settings.MUSTER_POLICY).screening.exemptions}
    return localised(kinds[key].zh, kinds[key].en) if key in kinds else key


@register.filter
def local_input(at: datetime | None) -> str:
    """A moment as a datetime-local field holds it."""
    return f"{timezone.localtime(at):%Y-%m-%dT%H:%M}" if at else ""


@register.filter
def day_clock(at: datetime | None) -> str:
    """Local date and time in full, for what is printed and kept."""
    return f"{timezone.localtime(at):%Y-%m-%d %H:%M}" if at else "—"


@register.inclusion_tag("fragments/tabs.html", takes_context=True)
def tabs(context: dict[str, Any], group: str) -> dict[str, Any]:
    """The pages that belong together with this one."""
    return {"tabs": tabs_of(context["request"], group, context.get("menu") or set())}


@register.inclusion_tag("fragments/sort.html", takes_context=True)
def sort_head(context: dict[str, Any], by: str, text: str) -> dict[str, Any]:
    """A column heading that sorts `list` by `by`, downwards at the second click."""
    return {"request": context["request"], "list": context["list"], "by": by, "down": f"-{by}",
            "text": text}  # fmt: skip
