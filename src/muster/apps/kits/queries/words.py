"""Words from doors that wait for a decision at the desk."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import Q

from muster import policies
from muster.apps.communities.queries.places import places
from muster.apps.kits.errors import AlreadyIssued, ResultStands
from muster.apps.kits.models import KitPhone, KitWord, Series
from muster.apps.people.queries.people import persons
from muster.kernel import clock
from muster.protocols.kit_words import Kind

LOOKED_AT = (AlreadyIssued.code, ResultStands.code)
"""Flagged words that somebody at the desk should see: two pairs at one door, two results."""


@dataclass(frozen=True, slots=True)
class OpenWord:
    """A word with its phone's label, its door, the person's name ('' if nobody within reach has the
    id) and the word that an undo would take back (None: it never came)."""

    word: KitWord
    phone: str
    door: str
    name: str
    undone: KitWord | None

    @property
    def doable(self) -> bool:
        """Whether what it says can still be done."""
        return self.word.state == KitWord.State.HELD

    @property
    def double(self) -> bool:
        """Whether kits lie at a door that had its kits already."""
        return self.word.code == AlreadyIssued.code


def open_words(series: Series, *, limit: int = 200) -> list[OpenWord]:
    """What the desk has to look at, positives first, then the oldest: held words, undoings whose
    word has not come for as long as the policy says, second issues at a door, second results."""
    hours = policies.load(series.policy).screening.desk.change_waits_hours
    late = clock.now() - timedelta(hours=hours)
    found = series.words.filter(
        Q(state=KitWord.State.HELD)
        | Q(state=KitWord.State.WAITING, received_at__lte=late)
        | Q(state=KitWord.State.FLAGGED, code__in=LOOKED_AT),
        settled_at=None,
        taken_back_at=None,
    ).order_by("received_at", "id")
    rows = sorted(found[:limit], key=lambda w: w.value != "positive")
    undone = {w.id: w for w in series.words.filter(id__in=[r.undoes for r in rows if r.undoes])}
    about = {r.id: undone.get(r.undoes, r) if r.undoes else r for r in rows}
    labels = dict(series.phones.values_list("id", "label"))
    doors = {p.id: p.label or p.name for p in places([w.door for w in about.values() if w.door])}
    who = {w.person for w in about.values() if w.person}
    names = dict(persons().filter(id__in=who).values_list("id", "name"))
    return [
        OpenWord(
            r,
            labels.get(r.phone, ""),
            doors.get(about[r.id].door or 0, ""),
            names.get(person, "") if (person := about[r.id].person) else "",
            undone.get(r.undoes) if r.undoes else None,
        )
        for r in rows
    ]


def words_of(phone: KitPhone) -> dict[str, int]:
    """How many words of each kind stand that a phone has said."""
    found = phone.series.words.filter(phone=phone.id, taken_back_at=None).exclude(kind=Kind.UNDO)
    counts: dict[str, int] = {}
    for kind in found.values_list("kind", flat=True):
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def homes_of(persons: Iterable[UUID]) -> dict[UUID, int]:
    """Where people belong, also those whom a phone may not see."""
    asked = list(persons)
    if not asked:
        return {}
    with connection.cursor() as cursor:
        cursor.execute("SELECT id, area FROM screening_person_areas(%s)", [asked])
        return dict(cursor.fetchall())
