"""What phones say at doors, for the small city."""

from typing import Any
from uuid import UUID

from muster.apps.screening.actions import SentVisit
from muster.kernel import clock
from muster.kernel.ids import new_id


def visit(person: UUID | None, outcome: str = "away", **more: Any) -> SentVisit:
    """A word about somebody."""
    return SentVisit(new_id(), outcome, clock.now(), person, **more)


def undo(word: SentVisit) -> SentVisit:
    """It is taken back."""
    return SentVisit(new_id(), "undo", clock.now(), word.person, undoes=word.id)


def visit_sent(person: UUID | None, outcome: str = "away", **more: Any) -> dict[str, Any]:
    """A word as it is sent."""
    who = {"person": str(person)} if person else {}
    return {
        "id": str(new_id()), "outcome": outcome, "made_at": clock.now().isoformat(), **who, **more,
    }  # fmt: skip
