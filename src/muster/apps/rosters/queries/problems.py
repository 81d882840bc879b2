"""From rows to a planning problem: who came forward, where they live, what holds them there."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import cos, radians
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.calls.queries import volunteers_of
from muster.apps.communities.queries.places import place_with_code, places
from muster.apps.people.queries.bodies import leaders_of, memberships_of, teams_of
from muster.apps.rosters.errors import TooManyBodies
from muster.apps.rosters.models import Ban as BanRow
from muster.apps.rosters.models import Shift
from muster.apps.rosters.queries.hours import Window, windows_of
from muster.apps.rosters.queries.joint import MOST, belongs, codes_of, tags_of
from muster.apps.zones.queries import InForce, homes_of, in_force
from muster.kernel import clock
from muster.planner.problem import (
    EVERY_SHIFT,
    LEADER,
    NO_TEAM,
    PARTY_MEMBER,
    Ban,
    Commitment,
    Person,
    Pin,
    Place,
    Post,
    Problem,
    Rules,
)
from muster.planner.problem import Shift as PlannedShift
from muster.policies import Policy
from muster.protocols.zones import ZoneDecision

KM_PER_DEGREE = 111.2


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who came forward. `roles`: keys; `home`: ids from the root of the tree; `team`: the
    code of the team that he serves with, or `NO_TEAM`; `hours`: his own, which then hold instead of
    his `availability`; `leads`: a body; `units`: codes of where he works; `bodies`: codes of the
    temporary bodies that he is a member of."""

    id: UUID
    area: int
    unit: int | None
    roles: tuple[str, ...]
    home: tuple[int, ...]
    availability: tuple[dict[str, object], ...]
    party: bool = False
    team: int = NO_TEAM
    hours: tuple[Window, ...] = ()
    leads: bool = False
    units: tuple[int, ...] = ()
    bodies: frozenset[int] = frozenset()


Candidates = Sequence[Candidate]


def candidates_of(area: int) -> list[Candidate]:
    """Who came forward for the calls of a division, the accepted first, each once.

    A role that needs a qualification is held by whoever has it; without a wish, somebody holds
    every role that needs none.
    """
    policy = policies.load(settings.MUSTER_POLICY)
    volunteers = volunteers_of(area)
    homes = homes_of([v.person_id for v in volunteers])
    ids = [v.person_id for v in volunteers]
    teams = teams_of(ids, policy.teams.together_most)
    hours, leaders, bodies = windows_of(ids), leaders_of(ids), memberships_of(ids)
    fallback: dict[int, tuple[int, ...]] = {}
    found = []
    for v in volunteers:
        home = homes.get(v.person_id)
        if home is None and v.area not in fallback:
            fallback[v.area] = tuple(place_with_code(v.area).path)
        found.append(
            Candidate(
                v.person_id,
                v.area,
                v.unit,
                _roles(policy, v.role, v.roles, frozenset(v.person.skills)),
                tuple(home) if home is not None else fallback[v.area],
                tuple(v.availability),
                party=bool(v.person.party_member),
                team=teams[v.person_id].code if v.person_id in teams else NO_TEAM,
                hours=hours.get(v.person_id, ()),
                leads=v.person_id in leaders,
                units=tuple(sorted({u for u in (v.unit, v.person.unit) if u})),
                bodies=frozenset(bodies.get(v.person_id, ())),
            )
        )
    return found


def departed(persons: Iterable[UUID], area: int) -> list[Candidate]:
    """People on a roster who do not stand at anybody's disposal any more: they hold no role."""
    ids = list(persons)
    homes = homes_of(ids)
    path = tuple(place_with_code(area).path)
    return [Candidate(p, area, None, (), tuple(homes.get(p, path)), ()) for p in ids]


def _roles(
    policy: Policy, given: str, wishes: Sequence[str], skills: frozenset[str]
) -> tuple[str, ...]:
    held = [
        r.key
        for r in policy.roles
        if (r.qualification in skills if r.qualification else not wishes or r.key in wishes)
    ]
    return tuple(dict.fromkeys([r for r in (given,) if r and _qualified(policy, r, skills)] + held))


def _qualified(policy: Policy, role: str, skills: frozenset[str]) -> bool:
    asked = policy.role(role).qualification
    return not asked or asked in skills


def problem_of(
    shifts: Sequence[Shift], people: Candidates, now: datetime, *,
    commitments: Sequence[Commitment] = (), pins: Sequence[Pin] = (),
    newcomers: Mapping[UUID, bool] | None = None, lenient: Collection[str] = (),
) -> Problem:  # fmt: skip
    """The planner's problem: person and post ids are positions in `people` and `shifts`; so are
    those of `commitments` and `pins`. `newcomers`: who is not left alone, and whether also in the
    `lenient` roles. Raises `TooManyBodies`.
    """
    newcomers = newcomers or {}
    policy = policies.load(settings.MUSTER_POLICY)
    codes = codes_of(shifts)
    if len(codes) > MOST:
        raise TooManyBodies(many=len(codes), most=MOST)
    of_body = _bodies(codes, people)
    spans = sorted({(s.starts_at, s.ends_at) for s in shifts})
    zones = in_force(max(now, spans[0][0]))
    paths = {p.home[-1]: p.home for p in people}
    paths |= {s.post.place_id: tuple(s.post.place.path) for s in shifts}
    bits = {role.key: role.bit for role in policy.roles}
    number = {span: i for i, span in enumerate(spans)}
    stations = {post: i for i, post in enumerate(dict.fromkeys(s.post_id for s in shifts))}
    return Problem(
        people=tuple(
            Person(
                id=i,
                roles=sum(1 << bits[r] for r in p.roles if r in bits),
                home=p.home[-1],
                available=free_at(p, spans),
                unit=p.unit or 0,
                tags=PARTY_MEMBER * p.party | LEADER * p.leads | of_body[p.units, p.bodies],
                team=p.team,
                newcomer=p.id in newcomers,
                marked=newcomers.get(p.id, False),
            )
            for i, p in enumerate(people)
        ),
        places=tuple(_places(policy, zones, paths)),
        shifts=tuple(_shift(i, a, b) for i, (a, b) in enumerate(spans)),
        posts=tuple(
            Post(
                id=i,
                place=s.post.place_id,
                role=bits[s.post.role],
                shift=number[s.starts_at, s.ends_at],
                required=s.required,
                minimum=s.minimum,
                priority=max(1, min(9, 10 - s.post.priority)),
                station=stations[s.post_id],
                needs=PARTY_MEMBER * s.post.vanguard
                | LEADER * s.post.led
                | tags_of(codes, s.post.bodies),
                lenient=s.post.role in lenient,
            )
            for i, s in enumerate(shifts)
        ),
        rules=Rules.of(policy),
        commitments=tuple(commitments),
        pins=tuple(pins),
        bans=tuple(_bans(shifts, people)),
    )


def _bodies(codes: Sequence[int], people: Candidates) -> dict[tuple[object, object], int]:
    """By units and bodies: the tags of those of `codes` that they belong to."""
    kinds = {(p.units, p.bodies) for p in people}
    return {
        (units, bodies): tags_of(codes, [c for c in codes if belongs(c, units, bodies)])
        for units, bodies in kinds
    }


def _bans(shifts: Sequence[Shift], people: Candidates) -> Iterable[Ban]:
    """Who must not be sent where: one for each shift of the post."""
    number = {candidate.id: i for i, candidate in enumerate(people)}
    rows = BanRow.objects.filter(lifted_at=None, post__in={s.post_id for s in shifts})
    banned: defaultdict[UUID, list[int]] = defaultdict(list)
    for post, person in rows.values_list("post_id", "person_id"):
        if person in number:
            banned[post].append(number[person])
    return (Ban(person, i) for i, s in enumerate(shifts) for person in banned[s.post_id])


def _shift(number: int, start: datetime, end: datetime) -> PlannedShift:
    return PlannedShift(number, clock.to_local(start), clock.to_local(end))


def free_at(person: Candidate, spans: Sequence[tuple[datetime, datetime]]) -> int:
    """Bit per span. Who has no role any more is never free; who has hours of his own only within
    them; nothing said means always, a part of the day said means only those parts."""
    if not person.roles:
        return 0
    if person.hours:
        held = (any(window.holds(*span) for window in person.hours) for span in spans)
        return sum(1 << i for i, free in enumerate(held) if free)
    if not person.availability:
        return EVERY_SHIFT
    mask = 0
    for i, (start, _) in enumerate(spans):
        local = clock.to_local(start)
        if any(_fits(each, local) for each in person.availability):
            mask |= 1 << i
    return mask


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
PARTS = {
    "am": (6, 12),
    "noon": (11, 14),
    "pm": (12, 18),
    "evening": (18, 24),
    "night": (18, 30),
    "allday": (0, 30),
}
"""Hours of the local day that a part of the day means (SCHEMA A9); past 24 is after midnight."""


def _fits(said: dict[str, object], local: datetime) -> bool:
    days = said.get("days") or []
    if isinstance(days, list) and days and DAYS[local.weekday()] not in days:
        return False
    low, high = PARTS.get(str(said.get("part") or "allday"), (0, 30))
    return low <= local.hour < high or low <= local.hour + 24 < high


def _places(policy: Policy, zones: InForce, paths: dict[int, tuple[int, ...]]) -> Iterable[Place]:
    mapped = {p.id: p for p in places(sorted({i for path in paths.values() for i in path}))}
    for id_, path in sorted(paths.items()):
        here = [mapped[i] for i in path if i in mapped and mapped[i].longitude is not None]
        longitude = here[-1].longitude or 0.0 if here else 0.0
        latitude = here[-1].latitude or 0.0 if here else 0.0
        decision = zones.level(path)
        yield Place(
            id=id_,
            path=path,
            x_km=longitude * KM_PER_DEGREE * cos(radians(latitude)),
            y_km=latitude * KM_PER_DEGREE,
            held_in=_bound(policy, decision, "serve_inside_only"),
            closed_in=_bound(policy, decision, "closed_to_outside"),
        )


def _bound(policy: Policy, decision: ZoneDecision, rule: str) -> int | None:
    if decision.level is None or decision.because is None:
        return None
    return decision.because.place_id if getattr(policy.level(decision.level), rule) else None
