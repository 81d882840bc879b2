"""What a pair takes along: who is missing behind which door, in walking order; who said what."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Count

from muster import policies
from muster.apps.communities.queries.places import ancestors, places
from muster.apps.screening.errors import DoorsElsewhere, RoundNotFound, WalkTooLarge
from muster.apps.screening.models import Device, SamplingTable, Visit, log_key
from muster.apps.screening.queries.coverage import STATUS, coverage_below
from muster.protocols.visits import Word, standing, walking_key

LIMIT = 2000
WALKED = ("building", "unit", "door")
"""Kinds of place that a phone of a table may take down: never a whole estate's roll at once."""
Missing = tuple[Any, ...]


def walk_slice(device: Device, at: Sequence[int]) -> dict[str, Any]:
    """Parts that may be walked, and who is missing in those `at`; see docs/reference/sync.md. To be
    called within `phone_at_work`. Raises `DoorsElsewhere`, `WalkTooLarge`."""
    base = device.walks or device.table.site.place_id
    chosen = places(at)
    for place in chosen:
        if base not in place.path or (place.kind not in WALKED and place.id != device.walks):
            raise DoorsElsewhere
    people = [row for place in chosen for row in _missing(device, place.id)]
    if len(people) > LIMIT:
        raise WalkTooLarge(limit=LIMIT, reason="")
    rules = policies.load(device.round.policy).screening.exemptions
    here = places([base])
    return {
        "base": {"id": base, "name": _name(here[0]) if here else ""},
        "at": [place.id for place in chosen],
        "parts": [
            {"id": x.place, "name": x.name, "kind": x.kind, "missing": x.missing}
            for x in coverage_below(device.round_id, base)
        ],
        "exemptions": [{"key": e.key, "zh": e.zh, "en": e.en} for e in rules],
        "people": people,
    }


def _name(place: Any) -> str:
    """The place with the estate and building that it lies in."""
    return " ".join(p.name for p in ancestors(place) if p.kind in ("estate", *WALKED))


def _missing(device: Device, place: int) -> list[Missing]:
    """Who is neither tested nor exempt below a place: id, name, initials, door, household, phone,
    year of birth, outcome, rule, until, note, remarks. In walking order."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""WITH {STATUS}
                SELECT s.person_id, n.name, n.initials, p.label, s.place_id,
                       coalesce(f.number, ''), extract(year FROM n.birth_date)::int,
                       coalesce(a.outcome, ''), coalesce(a.rule, ''), a.until,
                       coalesce(a.note, ''), n.remarks
                FROM status s JOIN communities_place p ON p.id = s.place_id
                JOIN people_person n ON n.id = s.person_id
                LEFT JOIN people_phone f ON f.person_id = s.person_id AND f.rank = 0
                LEFT JOIN screening_absence a
                       ON a.round_id = %(round)s AND a.person_id = s.person_id
                WHERE s.status NOT IN ('tested', 'exempt')
                ORDER BY s.home, n.id LIMIT %(limit)s""",  # noqa: S608 -- constants
            {
                **log_key(device.area, device.round_id),
                "area": device.area,
                "places": [place],
                "limit": LIMIT + 1,
            },
        )
        return sorted(cursor.fetchall(), key=lambda row: walking_key(row[3]))


@dataclass(frozen=True, slots=True)
class Said:
    """One word about somebody, for the desk: `phone` is the label of the phone, '' at the desk."""

    phone: str
    outcome: str
    until: date | None
    note: str
    at: datetime
    state: str
    code: str
    taken_back: bool


def words_said(round_id: UUID, persons: Sequence[UUID]) -> dict[UUID, list[Said]]:
    """Everything that was said of these people, the last to come first."""
    rows = Visit.objects.filter(round_id=round_id, person__in=list(persons))
    visits = list(rows.order_by("-received_at", "-id"))
    labels = dict(Device.objects.filter(round=round_id).values_list("id", "label"))
    undone = {(v.by, v.undoes) for v in visits if v.undoes and v.state == "accepted"}
    said: dict[UUID, list[Said]] = defaultdict(list)
    for v in visits:
        if v.undoes is None and v.person is not None:
            said[v.person].append(
                Said(
                    labels.get(v.device, "") if v.device else "",
                    v.outcome,
                    v.until,
                    v.note,
                    v.received_at,
                    v.state,
                    v.code,
                    (v.by, v.id) in undone,
                )
            )
    return said


def disputed(round_id: UUID) -> set[UUID]:
    """People about whom phones, or a phone and the desk, say different things."""
    several = (
        Visit.objects.filter(round_id=round_id, person__isnull=False)
        .values("person")
        .annotate(senders=Count("by", distinct=True))
        .filter(senders__gt=1)
    )
    rows = Visit.objects.filter(
        round_id=round_id, person__in=[row["person"] for row in several]
    ).exclude(state__in=("held", "waiting"))
    words: dict[UUID, list[Word]] = defaultdict(list)
    for v in rows:
        if v.person is not None:
            words[v.person].append(word_of(v))
    return {p for p, said in words.items() if len({w.outcome for w in standing(said)}) > 1}


def word_of(visit: Visit) -> Word:
    """A visit as the rule of `muster.protocols.visits` sees it."""
    return Word(
        id=str(visit.id),
        by=visit.by,
        outcome=visit.outcome,
        received=visit.received_at.timestamp(),
        undoes=str(visit.undoes) if visit.undoes else None,
    )


def table_for_walk(round_id: UUID, place_path: Sequence[int]) -> SamplingTable:
    """The table whose tubes a pair takes along: of the site where these doors belong, else any.

    Raises `RoundNotFound`: no round within reach, or none with a table.
    """
    tables = list(
        SamplingTable.objects.filter(round=round_id).select_related("site").order_by("number")
    )
    near = [t for t in tables if t.site.place_id in place_path]
    if not tables:
        raise RoundNotFound
    return (near or tables)[0]
