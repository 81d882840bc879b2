"""Sign-ups and calls as the desk lists them: filtered, within the actor's reach."""

from uuid import UUID

from django.db.models import Q, QuerySet

from muster.apps.calls.models import Call, CallNode, ChainEntry, ChainVersion, ReportIn, SignUp
from muster.apps.people.queries.people import search


def signups_within(
    *, low: int, high: int, state: str = "", role: str = "", source: str = "", text: str = "",
) -> QuerySet[SignUp]:  # fmt: skip
    """Sign-ups for the calls of a range of places, the accepted first, then the reserve by rank."""
    found = SignUp.objects.filter(call__area__range=(low, high)).select_related("person", "call")
    if state:
        found = found.filter(state=state)
    if role:
        found = found.filter(Q(role=role) | Q(roles__contains=[role]))
    if source:
        found = found.filter(source=source)
    if text.strip():
        found = found.filter(person__in=search(text).values("id"))
    return found.order_by("state", "rank", "created_at", "id")


def calls_reaching(unit: int) -> list[Call]:
    """The calls that reached a body, newest first."""
    return list(Call.objects.filter(nodes__unit=unit).order_by("-issued_at"))


def newest_calls(limit: int = 20) -> list[Call]:
    """The newest calls; they name nobody."""
    return list(Call.objects.order_by("-issued_at")[:limit])


def nodes_below(call: UUID, low: int, high: int) -> QuerySet[CallNode]:
    """What the bodies of a range answered, the silent first."""
    return (
        CallNode.objects.filter(call=call, unit__range=(low, high))
        .select_related("organisation")
        .order_by("acknowledged_at", "unit")
    )


def reports_within(*, low: int, high: int) -> QuerySet[ReportIn]:
    """Who reported in, what one side has still to confirm first."""
    return (
        ReportIn.objects.filter(ended_at=None)
        .filter(Q(area__range=(low, high)))
        .select_related("person")
        .order_by("community_confirmed_at", "-reported_at")
    )


def reports_of_units(*, low: int, high: int) -> QuerySet[ReportIn]:
    """Whom of a body's own people reported where they live."""
    return (
        ReportIn.objects.filter(ended_at=None, unit__range=(low, high))
        .select_related("person")
        .order_by("unit_confirmed_at", "-reported_at")
    )


def version_of(version: UUID) -> ChainVersion | None:
    """One paste."""
    return ChainVersion.objects.filter(id=version).first()


def settled_entries(area: int, limit: int = 30) -> list[ChainEntry]:
    """Entries that a person has decided, which can be opened again."""
    states = (ChainEntry.State.SETTLED, ChainEntry.State.DISMISSED)
    return list(
        ChainEntry.objects.filter(area=area, state__in=states)
        .select_related("version")
        .order_by("-version__pasted_at", "ordinal")[:limit]
    )
