"""Posts and volunteers for the small city: order keepers at both estates' gates tonight."""

from datetime import datetime, timedelta
from uuid import UUID

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import NewSignUp, issue_call, sign_up
from muster.apps.calls.models import Call, SignUp
from muster.apps.people.models import Organisation, Phone
from muster.apps.rosters.actions import (
    NewPost,
    NewShift,
    Proposed,
    open_posts,
    propose_plan,
    publish_plan,
)
from muster.apps.rosters.models import Assignment, Post
from muster.kernel import clock
from tests.support.city import HERE, ROOT, SmallCity


def a_call(city: SmallCity, **need: int) -> Call:
    """A call for these hands in the first community."""
    with act_as(city.headquarters):
        root = Organisation.objects.get(code=ROOT)
        return issue_call(number="1", title="动员令", body="b", area=HERE, root=root.id, need=need)


def volunteer(call: Call, person: UUID, *roles: str, **more: object) -> SignUp:
    """Somebody in the register comes forward."""
    with as_system("test"):
        phone = Phone.objects.get(person=person, rank=0).number
        return sign_up(
            call=call.id,
            area=HERE,
            new=NewSignUp(name="", phone=phone, roles=roles, person=person, **more),  # type: ignore[arg-type]
        )


def tonight() -> tuple[datetime, datetime]:
    """A shift of four hours that has just begun."""
    start = (clock.now() - timedelta(minutes=5)).replace(second=0, microsecond=0)
    return start, start + timedelta(hours=4)


def post(place: int, role: str = "order", required: int = 1, **more: object) -> NewPost:
    """A post with one shift tonight."""
    start, end = tonight()
    return NewPost(
        area=HERE,
        place=place,
        role=role,
        name=f"{role} {place}",
        shifts=[NewShift(starts_at=start, ends_at=end, required=required, minimum=1)],
        **more,  # type: ignore[arg-type]
    )


def stand(city: SmallCity, *posts: NewPost) -> list[Post]:
    """Open posts as the secretary."""
    with act_as(city.secretary):
        return open_posts(posts=posts)


def plan(city: SmallCity) -> Proposed:
    """A plan for tonight as the secretary."""
    start, end = tonight()
    with act_as(city.secretary):
        return propose_plan(area=HERE, title="今晚", starts_at=start, ends_at=end, seconds=0.3)


def roster(city: SmallCity) -> Proposed:
    """A published plan."""
    proposed = plan(city)
    with act_as(city.secretary):
        publish_plan(plan=proposed.plan.id)
    return proposed


def seats(proposed: Proposed) -> dict[int, list[UUID]]:
    """Place → persons who stand there."""
    with as_system("look"):
        found: dict[int, list[UUID]] = {}
        for a in Assignment.objects.filter(plan=proposed.plan).select_related("shift__post"):
            found.setdefault(a.shift.post.place_id, []).append(a.person_id)
    return found
