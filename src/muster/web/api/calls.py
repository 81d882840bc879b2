"""How far a call has got."""

from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Schema

from muster.apps.calls.queries import progress_of

router = Router()


class LevelOut(Schema):
    """Bodies of one level of the tree."""

    level: int
    bodies: int
    acknowledged: int
    silent: int
    offered: int


class ProgressOut(Schema):
    """A call in figures; `roles`: role → [needed, found]."""

    number: str
    state: str
    levels: list[LevelOut]
    roles: dict[str, tuple[int, int]]
    accepted: int
    reserve: int


@router.get("/{uuid:call_id}/progress", response=ProgressOut, summary="Progress of a call")
def progress(request: HttpRequest, call_id: UUID) -> dict[str, object]:
    """Acknowledgements by level, heads by role."""
    found = progress_of(call_id)
    return {
        "number": found.call.number,
        "state": found.call.state,
        "levels": list(found.levels),
        "roles": dict(found.roles),
        "accepted": found.accepted,
        "reserve": found.reserve,
    }
