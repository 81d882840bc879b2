"""Joint posts (联合岗): which bodies people belong to, and which are lacking where."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from muster.apps.audit.actions import as_system
from muster.apps.people.queries.bodies import memberships_of
from muster.apps.people.queries.organisations import names_of, range_below
from muster.apps.rosters.models import Assignment, Plan, Post, Shift
from muster.apps.rosters.queries.rosters import GONE
from muster.kernel.divisions import code_range
from muster.planner.problem import FIRST_BODY, LEADER, MOST_TAGS, PARTY_MEMBER

MOST = MOST_TAGS - FIRST_BODY.bit_length() + 1
"""Bodies that the joint posts of one plan may name."""


def belongs(code: int, units: Collection[int], bodies: Collection[int]) -> bool:
    """Whether somebody who works in `units` and is a member of `bodies` belongs to a body: a unit
    counts for each body above it, a membership for that body alone."""
    low, high = range_below(code)
    return code in bodies or any(low <= unit <= high for unit in units)


def codes_of(shifts: Iterable[Shift]) -> tuple[int, ...]:
    """The bodies that the posts of `shifts` name; the planner's tags for them are in this order."""
    return tuple(sorted({code for shift in shifts for code in shift.post.bodies}))


def tags_of(codes: Sequence[int], of: Collection[int]) -> int:
    """The planner's tags for those of `codes` that are in `of`."""
    return sum(FIRST_BODY << i for i, code in enumerate(codes) if code in of)


def whom(tag: int, codes: Sequence[int]) -> str | int:
    """Whom a tag means: ``party``, ``leader``, or the code of a body."""
    if tag in (PARTY_MEMBER, LEADER):
        return "party" if tag == PARTY_MEMBER else "leader"
    return codes[(tag // FIRST_BODY).bit_length() - 1]


def lacking_in(assignments: Iterable[Assignment]) -> dict[UUID, list[int]]:
    """Shift of a joint post → the bodies that are lacking among those who are there;
    `assignments`: all of them, with person, shift and post. A shift without anybody is left
    out."""
    there: dict[UUID, list[Assignment]] = {}
    for a in assignments:
        if a.shift.post.bodies:
            there.setdefault(a.shift_id, []).append(a)
    people = {a.person_id for rows in there.values() for a in rows}
    with as_system("bodies of those who serve"):
        member = memberships_of(people)
    return {
        shift: [code for code in rows[0].shift.post.bodies if not _any(code, rows, member)]
        for shift, rows in there.items()
    }


def _any(code: int, rows: list[Assignment], member: dict[UUID, set[int]]) -> bool:
    return any(
        belongs(code, [u for u in (a.unit, a.person.unit) if u], member.get(a.person_id, ()))
        for a in rows
    )


@dataclass(frozen=True, slots=True)
class Joint:
    """A joint post where somebody serves; `lacks`: the bodies that nobody there belongs to."""

    shift: Shift
    lacks: Sequence[int]


def joint_posts(plan: Plan, area: int) -> list[Joint]:
    """Those of a plan, in a division of it, in time. Whoever serves there counts, also who is out
    of the reader's reach. A shift without anybody is left out: it is short."""
    posts = Post.objects.filter(area__range=code_range(area), closed_at=None).exclude(bodies=[])
    of = {post.id: post for post in posts}
    if not of:
        return []
    with as_system("bodies of those who serve"):
        rows = Assignment.objects.filter(plan=plan, shift__post__in=of).exclude(state__in=GONE)
        there = list(rows.select_related("person", "shift").order_by("shift__starts_at", "shift"))
    for a in there:
        a.shift.post = of[a.shift.post_id]
    shifts = {a.shift_id: a.shift for a in there}
    return [Joint(shifts[shift], lacks) for shift, lacks in lacking_in(there).items()]


@dataclass(frozen=True, slots=True)
class Incomplete:
    """A joint post where somebody serves and a body is lacking; `codes` as `bodies`, by name."""

    shift: Shift
    codes: tuple[int, ...]
    bodies: Sequence[str]


def incomplete_posts(plan: Plan, area: int) -> list[Incomplete]:
    """Those of a plan, in a division of it, in time."""
    return named(joint_posts(plan, area))


def named(joints: Iterable[Joint]) -> list[Incomplete]:
    """Those of `joints` that lack a body, with the names of what they lack."""
    found = [joint for joint in joints if joint.lacks]
    names = names_of({code for joint in found for code in joint.lacks})
    return [
        Incomplete(j.shift, tuple(j.lacks), [names.get(code, str(code)) for code in j.lacks])
        for j in found
    ]


def seal_of(incomplete: Iterable[Incomplete]) -> str:
    """What somebody confirms who publishes a plan with these: it changes when one of them does, so
    that nobody confirms what was not shown. Empty when there are none."""
    said = sorted(f"{each.shift.id} {sorted(each.codes)}" for each in incomplete)
    return sha256("\n".join(said).encode()).hexdigest()[:16] if said else ""
