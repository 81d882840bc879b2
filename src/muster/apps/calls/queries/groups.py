"""Groups of people who signed up: by the body they belong to."""

from collections import Counter
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from muster.apps.calls.models import SignUp
from muster.apps.people.queries.organisations import LEVELS, names_of, range_below

type CodeRange = tuple[int, int]


@dataclass(frozen=True, slots=True)
class GroupChoice:
    """A body with how many of its people, and of those below it, signed up."""

    unit: int
    name: str
    people: int


def _signed_up(places: CodeRange | None, units: CodeRange | None) -> QuerySet[SignUp]:
    found = SignUp.objects.exclude(state=SignUp.State.WITHDRAWN)
    if places is not None:
        found = found.filter(call__area__range=places)
    return found if units is None else found.filter(unit__range=units)


def people_signed_up(places: CodeRange | None, unit: int | None) -> list[UUID]:
    """Who signed up for the calls of a range of places (None: everywhere within reach), of a body
    and those below it (None: of all, and of none); each once."""
    units = None if unit is None else range_below(unit)
    return list(_signed_up(places, units).values_list("person_id", flat=True).distinct())


def groups_signed_up(places: CodeRange | None, units: CodeRange | None) -> list[GroupChoice]:
    """The bodies whose people signed up, within a range of units, each with what stands above
    it there; the topmost first."""
    counts: Counter[int] = Counter()
    rows = _signed_up(places, units).exclude(unit=None).values_list("person_id", "unit").distinct()
    for unit in [unit for _, unit in rows if unit is not None]:
        above = {unit - unit % worth for worth in LEVELS if unit >= worth}
        counts.update(a for a in above if units is None or units[0] <= a <= units[1])
    names = names_of(set(counts))
    return [GroupChoice(u, names[u], n) for u, n in sorted(counts.items()) if u in names]
