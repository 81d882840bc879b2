"""What was settled at the desk, the newest first; whether each may still be taken back."""

from collections.abc import Collection
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Q, QuerySet

from muster.apps.people.queries.people import persons, search
from muster.apps.screening.models import Decision, Round
from muster.apps.screening.queries.desk import names_of_persons
from muster.apps.screening.queries.undoing import since_of
from muster.protocols.undoing import may_undo

CHOICES: tuple[str, ...] = tuple(Decision.Choice.values)
"""What may be done with what waits."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A decision with the title of its round, the person's name ('' if not known), and the code of
    what stands against its undo ('' if nothing does)."""

    decision: Decision
    round: str
    name: str
    bar: str


def settled_within(*, low: int, high: int, text: str = "", choice: str = "") -> QuerySet[Decision]:
    """The decisions of a range of places, the newest first. `text`: a piece of a tube's code or of
    the reason, or a person as `search` finds one. `choice`: only these."""
    found = Decision.objects.filter(area__range=(low, high)).order_by("-made_at", "id")
    if choice in CHOICES:
        found = found.filter(choice=choice)
    text = text.strip()
    if not text:
        return found
    about = Q(tube__icontains=text) | Q(reason__icontains=text)
    known = [UUID(p) for p in found.values_list("after__person", flat=True) if p]
    named = search(text, persons().filter(id__in=known)) if known else ()
    return found.filter(about | Q(after__person__in=[str(p.id) for p in named]))


def described(decisions: Collection[Decision]) -> list[Settled]:
    """These as a page shows them, with as many questions as for one."""
    since = since_of(decisions)
    titles = dict(
        Round.objects.filter(id__in={d.round for d in decisions}).values_list("id", "title")
    )
    names = names_of_persons([UUID(p) for d in decisions if (p := d.after.get("person"))])
    found = []
    for d in decisions:
        answer = may_undo(since[d.id])
        person = d.after.get("person")
        found.append(
            Settled(
                decision=d,
                round=titles.get(d.round, ""),
                name=names.get(UUID(person), "") if person else "",
                bar="" if answer else answer.reason_code,
            )
        )
    return found


def last_about(round_id: UUID, row: UUID) -> UUID | None:
    """The decision that holds about a record, a change, a closing or a word from a door."""
    about = Q(specimen=row) | Q(change=row) | Q(closing=row) | Q(visit=row)
    found = Decision.objects.filter(about, round=round_id, ended="").order_by("-made_at")
    return found.values_list("id", flat=True).first()
