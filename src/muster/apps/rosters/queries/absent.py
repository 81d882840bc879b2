"""One assignment; who did not come and has no stand-in yet."""

from uuid import UUID

from muster.apps.rosters.errors import AssignmentNotFound
from muster.apps.rosters.models import Assignment


def no_shows_of(plan_id: UUID) -> list[Assignment]:
    """The no-shows of a plan that nobody replaces."""
    return list(
        Assignment.objects.filter(plan=plan_id, state=Assignment.State.NO_SHOW, replaced_by=None)
        .select_related("person", "shift__post")
        .order_by("shift__starts_at", "shift__post__name")
    )


def assignment_of(assignment: UUID) -> Assignment:
    """One assignment. Raises `AssignmentNotFound`."""
    found = (
        Assignment.objects.filter(id=assignment)
        .select_related("person", "shift__post", "plan")
        .first()
    )
    if found is None:
        raise AssignmentNotFound
    return found
