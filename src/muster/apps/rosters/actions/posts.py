"""Posts and their shifts."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import permutations
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.errors import OrganisationNotFound
from muster.apps.people.queries.access import require
from muster.apps.people.queries.organisations import names_of
from muster.apps.rosters.errors import (
    BodiesMalformed,
    BodiesNested,
    PostNotFound,
    SeatsTooFew,
    ShiftMalformed,
)
from muster.apps.rosters.models import Post, Shift
from muster.apps.rosters.queries.joint import belongs
from muster.kernel import clock
from muster.protocols.access import Verb


@dataclass(frozen=True, slots=True, kw_only=True)
class NewShift:
    """When, and how many are wanted and needed."""

    starts_at: datetime
    ends_at: datetime
    required: int
    minimum: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewPost:
    """Where somebody stands as what. A smaller `priority` is filled first."""

    area: int
    place: int
    role: str
    name: str
    shifts: Sequence[NewShift]
    table_no: int | None = None
    priority: int = 5
    vanguard: bool = False
    round_id: UUID | None = None


def open_posts(*, posts: Sequence[NewPost]) -> list[Post]:
    """Open posts with their shifts. Raises `NotAllowed`, `ShiftMalformed`."""
    for area in {p.area for p in posts}:
        require(Verb.PLAN_ROSTER, place=area)
    rows, shifts = [], []
    for p in posts:
        post = Post(
            area=p.area,
            place_id=p.place,
            role=p.role,
            name=p.name,
            table_no=p.table_no,
            priority=p.priority,
            vanguard=p.vanguard,
            round_id=p.round_id,
        )
        rows.append(post)
        for s in p.shifts:
            if s.ends_at <= s.starts_at or not 0 <= s.minimum <= s.required:
                raise ShiftMalformed(reason="")
            shifts.append(
                Shift(
                    post=post,
                    area=p.area,
                    starts_at=s.starts_at,
                    ends_at=s.ends_at,
                    required=s.required,
                    minimum=s.minimum,
                )
            )
    Post.objects.bulk_create(rows)
    Shift.objects.bulk_create(shifts)
    for area in sorted({p.area for p in posts}):
        write_line(action="posts_opened", area=area, count=sum(1 for p in posts if p.area == area))
    return rows


def mark_led(*, post: UUID, led: bool) -> Post:
    """Have somebody who leads a body at the post whenever anybody serves there, or not any more.

    Plans and changes by hand from now on keep to it. Raises `PostNotFound`, `NotAllowed`.
    """
    found = _locked(post)
    if found.led != led:
        found.led = led
        found.save(update_fields=["led"])
        write_line(action="post_led_marked", area=found.area, subject=post, led=led)
    return found


def _locked(post: UUID) -> Post:
    found = Post.objects.select_for_update().filter(id=post).first()
    if found is None:
        raise PostNotFound
    require(Verb.PLAN_ROSTER, place=found.area)
    return found


LEAST_BODIES, MOST_BODIES = 2, 8


def mark_joint(*, post: UUID, bodies: Collection[int]) -> Post:
    """Have somebody of each of `bodies`, codes in the tree, at the post whenever anybody serves
    there (联合岗); none: not any more.

    Plans and changes by hand from now on keep to it. Raises `PostNotFound`, `NotAllowed`,
    `OrganisationNotFound`, `BodiesMalformed`, `BodiesNested`, `SeatsTooFew`.
    """
    found = _locked(post)
    codes = sorted(set(bodies))
    if codes:
        _refuse_bodies(found, codes)
    if sorted(found.bodies) != codes:
        found.bodies = codes
        found.save(update_fields=["bodies"])
        write_line(action="post_joint_marked", area=found.area, subject=post, bodies=codes)
    return found


def _refuse_bodies(post: Post, codes: Sequence[int]) -> None:
    if not LEAST_BODIES <= len(codes) <= MOST_BODIES:
        raise BodiesMalformed(least=LEAST_BODIES, most=MOST_BODIES)
    names = names_of(set(codes))
    if len(names) < len(codes):
        raise OrganisationNotFound
    for outer, inner in permutations(codes, 2):
        if belongs(outer, [inner], ()):
            raise BodiesNested(inner=names[inner], outer=names[outer])
    ahead = post.shifts.filter(ends_at__gt=clock.now(), required__lt=len(codes))
    for required in ahead.order_by("required").values_list("required", flat=True)[:1]:
        raise SeatsTooFew(required=required, many=len(codes))


def mark_vanguard(*, post: UUID, vanguard: bool) -> Post:
    """Have a party member at the post whenever anybody serves there (先锋岗), or not any more.

    Plans and changes by hand from now on keep to it. Raises `PostNotFound`, `NotAllowed`.
    """
    found = _locked(post)
    if found.vanguard != vanguard:
        found.vanguard = vanguard
        found.save(update_fields=["vanguard"])
        write_line(action="post_marked", area=found.area, subject=post, vanguard=vanguard)
    return found
