"""Who came forward, who waits in the reserve, who reported in."""

from uuid import UUID

from django.conf import settings
from django.db.models import Q, QuerySet

from muster import policies
from muster.apps.calls.models import ReportIn, SignUp
from muster.kernel.divisions import code_range


def signups_of(call_id: UUID) -> QuerySet[SignUp]:
    """Sign-ups of a call within reach, accepted first, then the reserve by rank."""
    return (
        SignUp.objects.filter(call=call_id)
        .select_related("person")
        .order_by("state", "rank", "created_at")
    )


def signups_of_person(person: UUID) -> list[SignUp]:
    """What somebody has signed up for."""
    return list(SignUp.objects.filter(person_id=person).select_related("call"))


def would_take(role: str) -> Q:
    """Who wished for a role, or said "wherever needed" where the role asks no qualification."""
    wish = Q(roles__contains=[role])
    if policies.load(settings.MUSTER_POLICY).role(role).qualification:
        return wish
    return wish | Q(roles=[])


def reserve_for(*, area: int, role: str, limit: int = 200) -> list[SignUp]:
    """The reserve of a community for a role, in the order in which they are asked."""
    return list(
        SignUp.objects.filter(would_take(role), call__area=area, state=SignUp.State.RESERVE)
        .select_related("person")
        .order_by("rank", "created_at")[:limit]
    )


def reports_of(area: int) -> QuerySet[ReportIn]:
    """Who reported to a community, newest first."""
    return (
        ReportIn.objects.filter(area=area, ended_at=None)
        .select_related("person")
        .order_by("-reported_at")
    )


def volunteers_of(area: int) -> list[SignUp]:
    """Everybody who came forward for the calls in a division, each once, the accepted first."""
    rows = (
        SignUp.objects.filter(
            call__area__range=code_range(area),
            state__in=[SignUp.State.ACCEPTED, SignUp.State.RESERVE],
        )
        .select_related("person")
        .order_by("state", "rank", "created_at")
    )
    seen: dict[UUID, SignUp] = {}
    for row in rows:
        seen.setdefault(row.person_id, row)
    return list(seen.values())


def report_of_person(person: UUID) -> ReportIn | None:
    """Somebody's report-in that still stands."""
    return ReportIn.objects.filter(person_id=person, ended_at=None).first()
