"""Plan a round: sites, tables, people, call times, home visits, supplies; the shortage first."""

from collections import defaultdict
from math import ceil

from muster import policies
from muster.policies import Policy
from muster.protocols.screening import RoleDemand, SiteDemand, site_demand
from muster.rounds.area import Area, Building
from muster.rounds.calling import calls, per_minute, slot_size
from muster.rounds.placing import Placed, place
from muster.rounds.plan import (
    Hands,
    HomeVisits,
    Note,
    PlannedCall,
    PlannedPost,
    PlannedSite,
    PlannedSupplies,
    PlannedTable,
    RoundPlan,
    tubes_of,
)
from muster.rounds.sharing import put_hands, share_tables
from muster.rounds.staggering import stagger
from muster.simulate.round import Manner, manner_of

type Sites = dict[tuple[str, int], int]
"""Tables of each site, by community and number there."""


def plan_round(area: Area) -> RoundPlan:
    """A plan for `area` by its policy. The same area gives the same plan."""
    policy = policies.load(area.policy)
    size = area.tube_size or policy.screening.tube.default_size
    manner = manner_of(policy, size)
    coming = sum(building.coming for building in area.buildings)
    placed = _placed(area, policy)
    demand = site_demand(
        coming, area.tables, policy, sites=sum(len(each.buildings) for each in placed.values())
    )
    tables = share_tables(
        {
            (name, n): sum(s.building.coming for s in sent)
            for name, each in placed.items()
            for n, sent in enumerate(each.sent)
        },
        demand.tables,
    )
    opens = stagger(
        {name: sum(s.building.coming for sent in each.sent for s in sent)
         for name, each in placed.items()},
        policy.screening.conduct.call_every_minutes,
        policy.screening.conduct.stagger_steps,
    )  # fmt: skip
    sites = _sites(placed, tables, opens, policy)
    called = _calls(placed, tables, opens, policy, manner)
    posts, teams = _posts(area, policy, demand, sum(tables.values()), len(sites))
    notes = [note for each in placed.values() for note in each.notes]
    return RoundPlan(
        name=area.name,
        policy=area.policy,
        starts_at=area.starts_at,
        hours=area.hours,
        residents=sum(building.residents for building in area.buildings),
        tube_size=size,
        posts=posts,
        home_teams=teams,
        supplies=_supplies(area, policy, called, posts, size),
        sites=sites,
        calls=called,
        home=tuple(
            HomeVisits(b.key, b.name, b.at_home) for b in area.buildings if b.at_home
        ),
        hands=Hands(area.staff, area.neighbours),
        notes=(*_too_long(area, called, manner, policy), *notes),
    )  # fmt: skip


def _placed(area: Area, policy: Policy) -> dict[str, Placed]:
    """The sites of each community; ordered sites are shared by people."""
    groups: dict[str, list[Building]] = defaultdict(list)
    for building in area.buildings:
        if building.residents:
            groups[building.community].append(building)
    groups = {name: each for name, each in groups.items() if any(b.coming for b in each)}
    people = {name: sum(b.coming for b in each) for name, each in groups.items()}
    ordered = share_tables(people, area.sites) if area.sites else {}
    return {name: place(name, each, policy, ordered.get(name)) for name, each in groups.items()}


def _sites(
    placed: dict[str, Placed], tables: Sites, opens: dict[str, int], policy: Policy
) -> tuple[PlannedSite, ...]:
    crew = {each.role: each.count for each in policy.screening.crew}
    pace = policy.screening.conduct.walk_metres_per_minute
    found: list[PlannedSite] = []
    number = 0
    for name, each in placed.items():
        for n, (building, sent) in enumerate(zip(each.buildings, each.sent, strict=True)):
            count = tables[name, n]
            found.append(
                PlannedSite(
                    name=building.name, community=name, building=building.key,
                    x=building.x if each.known else None, y=building.y if each.known else None,
                    opens=opens[name], people=sum(s.building.coming for s in sent),
                    farthest=round(max(s.walk for s in sent) * pace) if each.known else None,
                    tables=tuple(
                        PlannedTable(number + k, crew["recorder"], crew["sampler"])
                        for k in range(1, count + 1)
                    ),
                )
            )  # fmt: skip
            number += count
    return tuple(found)


def _calls(
    placed: dict[str, Placed], tables: Sites, opens: dict[str, int], policy: Policy, manner: Manner
) -> tuple[PlannedCall, ...]:
    every = policy.screening.conduct.call_every_minutes
    found: list[PlannedCall] = []
    site = 0
    for name, each in placed.items():
        for n, sent in enumerate(each.sent):
            size = slot_size(policy, manner, tables[name, n])
            found += calls(sent, site, size, opens[name], every)
            site += 1
    return tuple(sorted(found, key=lambda call: (call.minute, call.site, call.first)))


def _posts(
    area: Area, policy: Policy, demand: SiteDemand, tables: int, sites: int
) -> tuple[tuple[PlannedPost, ...], int]:
    """Posts with those of the home teams, filled with who there is; how many home teams."""
    home = policy.screening.home
    visits = sum(building.at_home for building in area.buildings)
    teams = ceil(visits / (home.people_per_team_hour * area.hours))
    at_doors = {"sampler": teams * home.samplers, "recorder": teams * home.recorders}
    wanted = site_demand(demand.residents, tables, policy, sites=sites).posts
    posts = [
        RoleDemand(
            p.role, p.required + at_doors.get(p.role, 0), p.minimum + at_doors.get(p.role, 0), 0
        )
        for p in wanted
    ]
    qualified = {role.key: bool(role.qualification) for role in policy.roles}
    own = put_hands(posts, area.staff, qualified)
    more = put_hands(posts, area.neighbours, qualified, own)
    return tuple(
        PlannedPost(p.role, p.required, p.minimum, own[p.role], more[p.role]) for p in posts
    ), teams


def _supplies(
    area: Area, policy: Policy, called: tuple[PlannedCall, ...], posts: tuple[PlannedPost, ...],
    size: int,
) -> PlannedSupplies:  # fmt: skip
    rule, rest = policy.screening.supplies, policy.rest
    at_home = sum(building.at_home for building in area.buildings)
    pooled: dict[int, int] = defaultdict(int)
    households = 0
    for call in called:
        if call.alone:
            households += call.last - call.first + 1
        else:
            pooled[call.site] += call.people
    tubes = households + at_home + sum(tubes_of(people, size) for people in pooled.values())
    people = sum(call.people for call in called) + at_home
    last = max(call.minute for call in called) + policy.screening.conduct.call_every_minutes
    suits_each = max(1, ceil(last / 60 / rest.suit_hours))
    suited = sum(post.required for post in posts if post.role in rule.suited_roles)
    return PlannedSupplies(
        tubes=ceil(tubes * (1 + rule.spare)),
        swabs=ceil(people * (1 + rule.spare)),
        suits=suited * suits_each,
    )


def _too_long(
    area: Area, called: tuple[PlannedCall, ...], manner: Manner, policy: Policy
) -> tuple[Note, ...]:
    """When the calls do not end within the hours: how long it takes, and how many tables would."""
    conduct = policy.screening.conduct
    last = max(call.minute for call in called) + conduct.call_every_minutes
    if last <= area.hours * 60:
        return ()
    people = sum(call.people for call in called)
    able = per_minute(manner) * conduct.call_load * area.hours * 60
    return (Note("too_long", {"hours": round(last / 60, 1), "tables": ceil(people / able)}),)
