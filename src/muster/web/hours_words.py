"""Own hours in the words of the people who read them."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.apps.rosters.queries.hours import DAY, Window

DAYS = (_("Mon"), _("Tue"), _("Wed"), _("Thu"), _("Fri"), _("Sat"), _("Sun"))


def hours_said(window: Window) -> str:
    """As ``Mon, Tue 08:30-12:00``; every day is said so, the next day too."""
    days = [str(name) for bit, name in enumerate(DAYS) if window.days >> bit & 1]
    when = gettext("every day") if len(days) == len(DAYS) else gettext(", ").join(days)
    end = _clock(window.ends)
    if window.ends > DAY:
        end = gettext("%(time)s the next day") % {"time": end}
    return f"{when} {_clock(window.begins)}–{end}"


def _clock(minute: int) -> str:
    """Midnight at the end of a day is 24:00."""
    if minute == DAY:
        return "24:00"
    return f"{minute % DAY // 60:02}:{minute % 60:02}"
