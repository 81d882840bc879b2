"""How people stand: newcomers or experienced, by mark and by the shifts that they have served."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db.models import Count, Q

from muster import policies
from muster.apps.audit.actions import as_system
from muster.apps.rosters.models import Assignment, Experience, Plan, Shift
from muster.apps.rosters.queries.problems import Candidate, free_at
from muster.apps.rosters.queries.rosters import GONE
from muster.kernel import clock
from muster.kernel.divisions import code_range
from muster.protocols.experience import Crew, Ground, Relaxed, Standing, crew, standing, turns

CAME = (Assignment.State.PRESENT, Assignment.State.DONE)
SHOWN = 30
"""How many newcomers of a plan are named."""


def standings_of(persons: Collection[UUID]) -> dict[UUID, Standing]:
    """Each of `persons`, wherever he has served and whoever has marked him: a shift counts once it
    is over, on a roster in force unless he did not come, on any other when his coming was noted."""
    shifts = policies.load(settings.MUSTER_POLICY).newcomers.shifts
    with as_system("shifts served elsewhere"):
        rows = Experience.objects.filter(person__in=persons, lifted_at=None)
        marks = dict(rows.order_by("made_at", "id").values_list("person_id", "experienced"))
        served = dict(_served(persons))
    return {
        person: standing(marked=marks.get(person), served=served.get(person, 0), shifts=shifts)
        for person in persons
    }


def _served(persons: Collection[UUID]) -> Iterator[tuple[UUID, int]]:
    rows = Assignment.objects.filter(
        Q(state__in=CAME) | Q(plan__state=Plan.State.PUBLISHED),
        person__in=persons, shift__ends_at__lte=clock.now(),
    )  # fmt: skip
    many = rows.exclude(state__in=GONE).values("person_id")
    yield from many.annotate(n=Count("shift_id", distinct=True)).values_list("person_id", "n")


def crew_of(
    shifts: Sequence[Shift], people: Sequence[Candidate], standings: dict[UUID, Standing]
) -> Crew:
    """In which roles the count binds a plan for `shifts`."""
    policy = policies.load(settings.MUSTER_POLICY)
    rest, most = timedelta(hours=policy.rest.rest_hours), policy.rest.max_shifts_week
    wanted = [s for s in shifts if s.required]
    spans = sorted({(s.starts_at, s.ends_at) for s in wanted})
    roles = frozenset(s.post.role for s in wanted)
    known: dict[int, int] = {}

    def can(person: Candidate) -> int:
        mask = free_at(person, spans) if roles.intersection(person.roles) else 0
        if mask not in known:
            mine = [span for i, span in enumerate(spans) if mask >> i & 1]
            known[mask] = turns(mine, rest, most)
        return known[mask]

    each = (
        (standings[p.id], roles.intersection(p.roles), can(p) if standings[p.id].experienced else 0)
        for p in people
    )
    return crew(each, _wanted(wanted))


def _wanted(shifts: Sequence[Shift]) -> Counter[frozenset[str]]:
    """Roles → places times shifts that want just these."""
    there: defaultdict[tuple[object, ...], set[str]] = defaultdict(set)
    for s in shifts:
        there[s.post.place_id, s.starts_at, s.ends_at].add(s.post.role)
    return Counter(map(frozenset, there.values()))


def stored_crew(plan: Plan) -> Crew:
    """As it was when the plan was made; nothing counts before."""
    kept = dict(plan.summary.get("newcomers", {}))
    relaxed = tuple(Relaxed(**each) for each in kept.pop("relaxed", ()))
    return Crew(**kept, relaxed=relaxed)


def told_crew(found: Crew) -> dict[str, object]:
    """A crew as the summary of a plan keeps it."""
    return asdict(found)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """Somebody on a plan who is not left alone; who is out of reach is left out."""

    person: UUID
    name: str
    standing: Standing


@dataclass(frozen=True, slots=True)
class Newcomers:
    """`people`: those shown of `many`."""

    crew: Crew
    shifts: int
    many: int
    people: Sequence[Newcomer]


def newcomers_of(plan: Plan, area: int) -> Newcomers:
    """Who on a plan counts as a newcomer now, in a division of it, and why."""
    rows = Assignment.objects.filter(plan=plan, shift__area__range=code_range(area))
    rows = rows.exclude(state__in=GONE).order_by("person__name")
    names, bound, rule = dict[UUID, str](), set[UUID](), stored_crew(plan)
    for person, name, role in rows.values_list("person", "person__name", "role").distinct():
        names[person] = name
        if rule.binds(role):
            bound.add(person)
    found = standings_of(list(names))
    new = [p for p in names if found[p].newcomer(counted=p in bound)]
    new.sort(key=lambda p: found[p].ground)
    return Newcomers(
        rule, policies.load(settings.MUSTER_POLICY).newcomers.shifts, len(new),
        [Newcomer(p, names[p], found[p]) for p in new[:SHOWN]],
    )  # fmt: skip


def grounds_of(plan: Plan, assignments: Collection[Assignment]) -> dict[UUID, str]:
    """Of `assignments` of a plan: ``new`` is who counts as a newcomer there, ``old`` who is marked
    as experienced; the others are left out."""
    rule, found = stored_crew(plan), {}
    standings = standings_of({a.person_id for a in assignments})
    for a in assignments:
        each = standings[a.person_id]
        if each.newcomer(counted=rule.binds(a.role)):
            found[a.id] = "new"
        elif each.ground is Ground.MARKED_EXPERIENCED:
            found[a.id] = "old"
    return found


def guides_beside(a: Assignment) -> list[tuple[datetime, datetime]]:
    """The shifts of others who guide newcomers in the role of `a`, at its place while it lasts."""
    counted = stored_crew(a.plan).binds(a.role)
    return [
        (o.shift.starts_at, o.shift.ends_at)
        for o, each in _beside(a)
        if not each.newcomer(counted=counted)
    ]


def newcomers_beside(a: Assignment) -> bool:
    """Whether somebody else who is a newcomer serves at the place of `a` while it lasts."""
    rule = stored_crew(a.plan)
    return any(each.newcomer(counted=rule.binds(o.role)) for o, each in _beside(a))


def _beside(a: Assignment) -> list[tuple[Assignment, Standing]]:
    """Who else serves at the place of `a` while it lasts, and how he stands."""
    shift = a.shift
    rows = Assignment.objects.filter(
        plan=a.plan_id, shift__post__place=shift.post.place_id,
        shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at,
    )  # fmt: skip
    there = list(rows.exclude(state__in=GONE).exclude(id=a.id).select_related("shift"))
    found = standings_of({o.person_id for o in there})
    return [(o, found[o.person_id]) for o in there]
