"""Switch to a front-line role (转岗) and tick off what it must know."""

from collections.abc import Sequence
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.audit.actions import write_line
from muster.apps.people.queries.access import require_for
from muster.apps.people.queries.people import person_of
from muster.apps.rosters.errors import RoleRefused
from muster.apps.rosters.models import RoleSwitch
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.roles import Candidate, may_take


def switch_role(*, person: UUID, role: str, ticked: Sequence[str] = ()) -> RoleSwitch:
    """Take a role; the one before ends now. Ticking more of the same role's list goes on with it.
    The switch is *complete* when nothing stands against it any more.

    Raises `PersonNotFound`, `NotAllowed`, `RoleRefused` (unknown role).
    """
    who = person_of(person)
    require_for(person, Verb.SWITCH_ROLE, Verb.PLAN_ROSTER, place=who.area)
    policy = policies.load(settings.MUSTER_POLICY)
    try:
        rule = policy.role(role)
    except KeyError as error:
        raise RoleRefused(role=role, reason="?") from error
    now = clock.now()
    current = RoleSwitch.objects.select_for_update().filter(person=who, until=None).first()
    if current is not None and current.role != role:
        current.until = now
        current.save(update_fields=["until"])
        current = None
    known = {line.key for line in rule.checklist}
    ticks = sorted(known & ({*current.ticked, *ticked} if current else set(ticked)))
    skills = frozenset(who.skills)
    answer = may_take(
        policy,
        role,
        Candidate(skills, qualifications=skills, health="ok", ticked=frozenset(ticks)),
    )
    blocking = [code for code, _ in answer.reasons if code == "qualification_missing"]
    if blocking:
        raise RoleRefused(role=role, reason=", ".join(key for _, key in answer.reasons))
    complete = not any(code == "not_ticked" for code, _ in answer.reasons)
    if current is None:
        current = RoleSwitch.objects.create(
            person=who, role=role, ticked=ticks, complete=complete, since=now, area=who.area,
            serving=who.serving, unit=who.unit,
        )  # fmt: skip
        write_line(action="role_switched", area=who.area, subject=person, role=role)
    else:
        current.ticked, current.complete = ticks, complete
        current.save(update_fields=["ticked", "complete"])
    return current
