"""Come forward: by link, by poster, in a chain, or offered by a body."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core import signing

from muster import policies
from muster.apps.audit.actions import act_as, as_system, take_turns, write_line
from muster.apps.calls.errors import CallClosed, CallNotFound, LinkSpent, NotReached, RoleUnknown
from muster.apps.calls.models import Call, CallNode, SignUp
from muster.apps.calls.queries.signups import would_take
from muster.apps.communities.queries.doors import person_at_door
from muster.apps.people.actions import NewPerson, note_phone, note_serving, register_person
from muster.apps.people.queries.access import require, require_for
from muster.apps.people.queries.people import persons_with_phone, reach_of
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.actors import Actor
from muster.protocols.phones import mobile

STREAMS = 16
"""Audit chains that the sign-ups of one community share out among themselves."""

LINK = signing.TimestampSigner(salt="signup")


@dataclass(frozen=True, slots=True, kw_only=True)
class NewSignUp:
    """What somebody says who comes forward. `roles`: wishes, in order; empty = wherever needed.
    `house`: building, unit, room, where it was said; it tells which resident this is."""

    name: str
    phone: str
    roles: Sequence[str] = ()
    skills: Sequence[str] = ()
    availability: Sequence[Mapping[str, Any]] = ()
    party_member: bool | None = None
    note: str = ""
    source: str = SignUp.Source.LINK
    house: Mapping[str, str | None] | None = None
    person: UUID | None = field(default=None)


def signup_link(*, call: UUID, area: int) -> str:
    """The token of a public sign-up page: for one call, in one community."""
    return LINK.sign(f"{call}.{area}").replace(":", "~")


def read_signup_link(token: str) -> tuple[UUID, int]:
    """Call and community of a sign-up token. Raises `LinkSpent`."""
    try:
        value = LINK.unsign(token.replace("~", ":"), max_age=14 * 24 * 3600)
    except signing.BadSignature as error:
        raise LinkSpent(reason="") from error
    call, _, area = value.partition(".")
    return UUID(call), int(area)


def sign_up(*, call: UUID, area: int, new: NewSignUp) -> SignUp:
    """Sign up from a public page or a chain. The same phone and name again is the same person, and
    the same sign-up: it is brought up to date, not doubled.

    Raises `CallNotFound`, `CallClosed` (never when it is merely filled: then it is the reserve),
    `RoleUnknown`, `PhoneMalformed`, `NameMissing`.
    """
    phone = mobile(new.phone)
    _known_roles(new.roles)
    with act_as(Actor.system("sign-up")):
        take_turns("sign-up", phone)
        person = new.person or _same_person(new.name, phone) or _neighbour(area, new)
        if person is None:
            person = _register(area, new, phone)
        else:
            note_phone(person=person, number=phone)
        return _enter(call, person, new)


def _known_roles(roles: Sequence[str]) -> None:
    known = {r.key for r in policies.load(settings.MUSTER_POLICY).roles}
    for role in roles:
        if role not in known:
            raise RoleUnknown(role=role, reason="")


def _same_person(name: str, phone: str) -> UUID | None:
    key = "".join(name.split())
    for person in persons_with_phone(phone):
        if "".join(person.name.split()) == key:
            return person.id
    return None


def _neighbour(area: int, new: NewSignUp) -> UUID | None:
    """The one resident of that name behind the door that was named."""
    if not new.house:
        return None
    person, _ = person_at_door(area, new.name, new.house)
    return person


def _register(area: int, new: NewSignUp, phone: str) -> UUID:
    return register_person(
        person=NewPerson(
            area=area,
            name="".join(new.name.split()) if new.name.strip() else "",
            phones=[phone],
            skills=new.skills,
            party_member=new.party_member,
            source=f"signup:{new.source}",
        )
    )


def _enter(call_id: UUID, person: UUID, new: NewSignUp) -> SignUp:
    who = reach_of([person])[0]
    call = _call_for(call_id)
    known = SignUp.objects.select_for_update().filter(call=call_id, person_id=person).first()
    if known is not None:
        return _again(call, known, new)
    role = _open_role(call, new.roles)
    serving = call.area if who.area != call.area else None
    if serving is not None:
        note_serving(person=person, area=serving)
    signup = SignUp.objects.create(
        call=call,
        person_id=person,
        area=who.area,
        serving=serving,
        unit=who.unit,
        source=new.source,
        roles=list(new.roles),
        role=role or "",
        availability=[dict(a) for a in new.availability],
        note=new.note,
        state=SignUp.State.ACCEPTED if role else SignUp.State.RESERVE,
        rank=None if role else reserve_rank(call, who.area, new),
        created_at=clock.now(),
    )
    if role:
        _count_in(call, role)
    write_line(
        action="signed_up", area=who.area, subject=signup.id, source=new.source,
        state=signup.state, stream=f"signups:{who.area}:{signup.id.int % STREAMS}",
    )  # fmt: skip
    return signup


def _call_for(call_id: UUID) -> Call:
    """The call; locked only while it is open, because only then a place in it is scarce. Late in
    the transaction, so that a surge waits for each other as shortly as possible."""
    call = Call.objects.filter(id=call_id).first()
    if call is not None and call.state == Call.State.OPEN:
        call = Call.objects.select_for_update().filter(id=call_id).first()
    if call is None:
        raise CallNotFound
    if call.state == Call.State.CLOSED:
        raise CallClosed(reason="")
    return call


def _again(call: Call, known: SignUp, new: NewSignUp) -> SignUp:
    known.note = new.note or known.note
    if new.availability:
        known.availability = [dict(a) for a in new.availability]
    if known.state == SignUp.State.WITHDRAWN:
        known.role = _open_role(call, new.roles or known.roles) or ""
        known.state = SignUp.State.ACCEPTED if known.role else SignUp.State.RESERVE
        known.rank = None if known.role else reserve_rank(call, known.area, new)
        if known.role:
            _count_in(call, known.role)
    known.save(update_fields=["note", "availability", "state", "role", "rank"])
    return known


def _open_role(call: Call, wishes: Sequence[str]) -> str | None:
    """The first wished role that is still short; without a wish, the shortest one."""
    if call.state != Call.State.OPEN:
        return None
    short = {r: n - call.taken.get(r, 0) for r, n in call.need.items()}
    for role in wishes:
        if short.get(role, 0) > 0:
            return role
    if wishes:
        return None
    shortest = max(short, key=lambda r: short[r], default="")
    return shortest if short.get(shortest, 0) > 0 else None


def _count_in(call: Call, role: str, by: int = 1) -> None:
    call.taken[role] = call.taken.get(role, 0) + by
    if call.state == Call.State.OPEN and all(
        call.taken.get(r, 0) >= n for r, n in call.need.items()
    ):
        call.state = Call.State.FILLED
        call.closed_at = clock.now()
        write_line(action="call_filled", area=call.area, subject=call.id)
    call.save(update_fields=["taken", "state", "closed_at"])


def reserve_rank(call: Call, area: int, new: NewSignUp) -> int:
    """Who is asked first: neighbours before others, then who has a skill, then party members; the
    time of sign-up decides among equals."""
    return (
        (0 if area == call.area else 100)
        + (0 if new.skills else 10)
        + (0 if new.party_member else 1)
    )


def offer_people(
    *, call: UUID, organisation: UUID, persons: Mapping[UUID, Sequence[str]]
) -> tuple[int, int]:
    """A body offers its people, each with the roles they can take. Returns (accepted, reserve).

    Raises `NotReached`, `NotAllowed`, `CallClosed`.
    """
    node = CallNode.objects.select_for_update().filter(call=call, organisation=organisation).first()
    if node is None:
        raise NotReached
    require(Verb.OFFER_PEOPLE, unit=node.unit, place=node.area)
    if node.acknowledged_at is None:
        node.acknowledged_at = clock.now()
    accepted = 0
    with as_system("offer"):
        for person, roles in persons.items():
            entered = _enter(
                call,
                person,
                NewSignUp(name="", phone="", roles=roles, source=SignUp.Source.ORGANISATION),
            )
            accepted += entered.state == SignUp.State.ACCEPTED
    node.offered += len(persons)
    node.save(update_fields=["offered", "acknowledged_at"])
    write_line(
        action="people_offered", area=node.area, subject=call, count=len(persons),
        stream=f"unit:{node.unit}",
    )  # fmt: skip
    return accepted, len(persons) - accepted


def withdraw(*, signup: UUID) -> SignUp:
    """Take a sign-up back; its place goes to the reserve's first. Raises `CallNotFound`."""
    rows = SignUp.objects.filter(id=signup)
    call = Call.objects.select_for_update().filter(id__in=rows.values("call")).first()
    found = rows.select_for_update().first()
    if call is None or found is None:
        raise CallNotFound
    require_for(found.person_id, Verb.SIGN_UP, Verb.PLAN_ROSTER, place=found.area)
    was, role = found.state, found.role
    found.state, found.role = SignUp.State.WITHDRAWN, ""
    found.save(update_fields=["state", "role"])
    if was == SignUp.State.ACCEPTED:
        call.state = Call.State.OPEN if call.state == Call.State.FILLED else call.state
        _count_in(call, role, -1)
        with as_system("reserve"):
            _promote(call, role)
    write_line(action="sign_up_withdrawn", area=found.area, subject=signup)
    return found


def _promote(call: Call, role: str) -> None:
    first = (
        SignUp.objects.select_for_update()
        .filter(call=call, state=SignUp.State.RESERVE)
        .filter(would_take(role))
        .order_by("rank", "created_at")
        .first()
    )
    if first is None:
        return
    first.state, first.role, first.rank = SignUp.State.ACCEPTED, role, None
    first.save(update_fields=["state", "role", "rank"])
    _count_in(call, role)
