"""Open a round: sites, tables, and the posts that man them, from the people who live there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db.models import Max

from muster import policies
from muster.apps.audit.actions import current_actor, take_turns, write_line
from muster.apps.communities.queries.places import places as places_by_id
from muster.apps.communities.queries.places import residents_per_place
from muster.apps.people.queries.access import require
from muster.apps.rosters.actions import NewPost, NewShift, open_posts
from muster.apps.screening.errors import NoPlaces, RoundNotFound
from muster.apps.screening.models import Round, SamplingTable, Site
from muster.kernel import clock
from muster.policies import Policy
from muster.protocols.access import Verb
from muster.protocols.screening import SiteDemand, site_demand
from muster.rounds.sharing import share_tables

PRIORITY = {"sampler": 1, "recorder": 2, "runner": 3, "order": 4, "guide": 5}


@dataclass(frozen=True, slots=True)
class OpenedRound:
    """A round with what it needs and how many posts were opened for it."""

    round: Round
    demand: SiteDemand
    posts: int


def open_round(
    *,
    area: int,
    places: Sequence[int],
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    shifts: Sequence[tuple[datetime, datetime]],
    tables: int | None = None,
    tube_size: int | None = None,
    layout: Mapping[int, int] | None = None,
) -> OpenedRound:
    """Open a round over `places`, one site in each, tables shared out by residents, crews by the
    policy's ratios in every shift. With `layout` the sites stand where it says, with so many
    tables, numbered in its order.

    Raises `NotAllowed`, `NoPlaces`.
    """
    require(Verb.OPEN_ROUND, place=area)
    policy = policies.load(settings.MUSTER_POLICY)
    living = residents_per_place(places)
    if not sum(living.values()):
        raise NoPlaces(reason="")
    sites = layout or share_tables(
        living, site_demand(sum(living.values()), tables, policy, sites=len(places)).tables
    )
    demand = site_demand(sum(living.values()), sum(sites.values()), policy, sites=len(sites))
    take_turns("round", area)
    number = (Round.objects.filter(area=area).aggregate(n=Max("number"))["n"] or 0) + 1
    round_ = Round.objects.create(
        area=area,
        number=number,
        title=title,
        policy=policy.name,
        places=list(places),
        tube_size=tube_size or policy.screening.tube.default_size,
        starts_at=starts_at,
        ends_at=ends_at,
        made_by=current_actor().name,
    )
    posts = _man(round_, _set_up(round_, sites), demand, policy, shifts)
    write_line(
        action="round_opened", area=area, subject=round_.id, tables=demand.tables, posts=posts
    )
    return OpenedRound(round_, demand, posts)


def _set_up(round_: Round, sites: Mapping[int, int]) -> dict[Site, list[SamplingTable]]:
    found = {p.id: p for p in places_by_id(list(sites))}
    layout: dict[Site, list[SamplingTable]] = {}
    number = 0
    for place, count in sites.items():
        site = Site.objects.create(
            round=round_, area=round_.area, place_id=place, name=found[place].name
        )
        layout[site] = []
        for _ in range(count):
            number += 1
            layout[site].append(
                SamplingTable(site=site, round=round_, area=round_.area, number=number)
            )
        SamplingTable.objects.bulk_create(layout[site])
    return layout


def _man(
    round_: Round,
    layout: dict[Site, list[SamplingTable]],
    demand: SiteDemand,
    policy: Policy,
    shifts: Sequence[tuple[datetime, datetime]],
) -> int:
    posts: list[NewPost] = []
    for crew in policy.screening.crew:
        when = [
            NewShift(starts_at=a, ends_at=b, required=crew.count, minimum=crew.minimum)
            for a, b in shifts
        ]
        for site, tables in layout.items():
            stands = tables[:: crew.every] if crew.per == "table" else tables[:1]
            posts.extend(
                NewPost(
                    area=round_.area,
                    place=site.place_id,
                    role=crew.role,
                    name=f"{site.name} {table.number}号台" if crew.per == "table" else site.name,
                    shifts=when,
                    table_no=table.number if crew.per == "table" else None,
                    priority=PRIORITY.get(crew.role, 6),
                    round_id=round_.id,
                )
                for table in stands
            )
    open_posts(posts=posts)
    return len(posts)


def close_round(*, round_id: UUID) -> Round:
    """No more records are taken; late ones are held. Raises `RoundNotFound`, `NotAllowed`."""
    found = Round.objects.select_for_update().filter(id=round_id).first()
    if found is None:
        raise RoundNotFound
    require(Verb.OPEN_ROUND, place=found.area)
    found.closed_at = found.closed_at or clock.now()
    found.save(update_fields=["closed_at"])
    write_line(action="round_closed", area=found.area, subject=round_id)
    return found
