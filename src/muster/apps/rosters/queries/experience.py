"""How people stand: newcomers or experienced, by mark and by the shifts that they have served."""

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
from muster.protocols.experience import Crew, Ground, Standing, crew, standing, turns

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
    """Whether the count binds a plan for `shifts`: the experienced suffice for every place."""
    policy = policies.load(settings.MUSTER_POLICY)
    rest, most = timedelta(hours=policy.rest.rest_hours), policy.rest.max_shifts_week
    wanted = [s for s in shifts if s.required]
    spans = sorted({(s.starts_at, s.ends_at) for s in wanted})
    roles = {s.post.role for s in wanted}
    known: dict[int, int] = {}

    def can(person: Candidate) -> int:
        mask = free_at(person, spans) if roles & set(person.roles) else 0
        if mask not in known:
            mine = [span for i, span in enumerate(spans) if mask >> i & 1]
            known[mask] = turns(mine, rest, most)
        return known[mask]

    each = [(standings[p.id], can(p) if standings[p.id].experienced else 0) for p in people]
    return crew(each, len({(s.post.place_id, s.starts_at, s.ends_at) for s in wanted}))


def stored_crew(plan: Plan) -> Crew:
    """As it was when the plan was made; nothing counts before."""
    return Crew(**plan.summary.get("newcomers", {}))


def told_crew(found: Crew) -> dict[str, int | bool]:
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
    names = dict(
        rows.exclude(state__in=GONE).order_by("person__name").values_list("person", "person__name")
    )
    found, rule = standings_of(list(names)), stored_crew(plan)
    new = [p for p in names if found[p].newcomer(counted=rule.counted)]
    new.sort(key=lambda p: found[p].ground)
    return Newcomers(
        rule, policies.load(settings.MUSTER_POLICY).newcomers.shifts, len(new),
        [Newcomer(p, names[p], found[p]) for p in new[:SHOWN]],
    )  # fmt: skip


def grounds_of(plan: Plan, persons: Collection[UUID]) -> dict[UUID, str]:
    """Of `persons`: ``new`` is who counts as a newcomer on the plan, ``old`` who is marked as
    experienced; the others are left out."""
    counted, found = stored_crew(plan).counted, {}
    for person, each in standings_of(persons).items():
        if each.newcomer(counted=counted):
            found[person] = "new"
        elif each.ground is Ground.MARKED_EXPERIENCED:
            found[person] = "old"
    return found


def guides_beside(a: Assignment) -> list[tuple[datetime, datetime]]:
    """The shifts of others who are no newcomers, at the place of `a` while it lasts."""
    return [(o.shift.starts_at, o.shift.ends_at) for o, new in _beside(a) if not new]


def newcomers_beside(a: Assignment) -> bool:
    """Whether somebody else who is a newcomer serves at the place of `a` while it lasts."""
    return any(new for _, new in _beside(a))


def _beside(a: Assignment) -> list[tuple[Assignment, bool]]:
    """Who else serves at the place of `a` while it lasts, and whether he is a newcomer."""
    shift = a.shift
    rows = Assignment.objects.filter(
        plan=a.plan_id, shift__post__place=shift.post.place_id,
        shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at,
    )  # fmt: skip
    there = list(rows.exclude(state__in=GONE).exclude(id=a.id).select_related("shift"))
    found, counted = standings_of({o.person_id for o in there}), stored_crew(a.plan).counted
    return [(o, found[o.person_id].newcomer(counted=counted)) for o in there]
