"""Series that a zone asks for: where a level has antigen days, they are opened by themselves."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.conf import settings

from muster import policies
from muster.apps.audit.actions import take_turns
from muster.apps.communities.queries.places import communities_in, places, residents_per_place
from muster.apps.kits.actions.series import open_series
from muster.apps.kits.models import Series
from muster.apps.zones.queries import in_force, stays
from muster.kernel import clock
from muster.kernel.divisions import code_range
from muster.policies import Policy

if TYPE_CHECKING:
    from muster.apps.communities.models import Place

type Wanted = tuple[int, str, date]
"""Community, kind of series, day 1 of the zone."""


def open_zone_series(*, at: datetime) -> list[Series]:
    """Open what the zones in force at `at` ask for and was not opened before: a series a community,
    level and first day, over the places at that level. The program's own work."""
    take_turns("zone series", 0)
    policy = policies.load(settings.MUSTER_POLICY)
    made = []
    for (area, kind, first), nodes in _wanted(policy, at).items():
        rows = Series.objects.filter(area=area, kind=kind, starts_on=first)
        known = {place for row in rows for place in row.places}
        fresh = [node for node in nodes if node not in known]
        if sum(residents_per_place(fresh).values()):
            made.append(open_series(area=area, places=fresh, kind=kind, starts_on=first))
    return made


def _wanted(policy: Policy, at: datetime) -> dict[Wanted, list[int]]:
    kinds = {series.days: series.key for series in policy.antigen.series}
    asking = {
        level.key: kinds[level.antigen_days]
        for level in policy.levels
        if level.antigen_days in kinds
    }
    wanted: dict[Wanted, list[int]] = defaultdict(list)
    held = [item.place_id for item in in_force(at).held if item.level in asking]
    found = [within for place in places(sorted(set(held))) for within in _communities(place)]
    for place, stay in zip(found, _now({p.id: p.path for p in found}, at), strict=True):
        level, since = stay
        if level in asking:
            wanted[place.area, asking[level], clock.to_local(since).date()].append(place.id)
    return wanted


def _now(paths: dict[int, list[int]], at: datetime) -> list[tuple[str, datetime]]:
    """Level at `at` and since when, of each place in order; '' for none."""
    levels = stays(paths, at)
    found = []
    for place in paths:
        last = levels[place][-1] if levels[place] else None
        open_ = last is not None and last.until is None
        found.append((last.level, last.since) if last is not None and open_ else ("", at))
    return found


def _communities(place: Place) -> list[Place]:
    """The place itself, or the communities below one that is wider."""
    if place.kind not in ("city", "district", "street", "province"):
        return [place]
    return communities_in(*code_range(place.area))
