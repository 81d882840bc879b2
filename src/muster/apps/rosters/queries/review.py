"""What a person looks at before a plan becomes the roster: where it is short, who travels far, what
another plan does otherwise. Counted in the database; nothing grows with the city but the answer."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Q, QuerySet, Sum

from muster.apps.rosters.models import KM, Assignment, Edit, Gap, Plan, Repair, Search, Shift
from muster.apps.rosters.queries.joint import Incomplete
from muster.apps.rosters.queries.rosters import GONE
from muster.kernel.divisions import code_range

FAR = 10
"""How many of those who travel farthest are shown."""


@dataclass(slots=True)
class Cell:
    """The people of a post in one span, or of several together; `below`: short of the minimum,
    span by span; `lacks`: names of the bodies that its joint posts are without, `lacking` times."""

    required: int = 0
    minimum: int = 0
    present: int = 0
    below: int = 0
    lacking: int = 0
    lacks: tuple[str, ...] = ()

    @property
    def missing(self) -> int:
        return max(0, self.required - self.present)

    @property
    def state(self) -> str:
        """``short`` of the minimum or of a body, ``some`` short of what is wanted, or ``full``."""
        if self.below or self.lacking:
            return "short"
        return "some" if self.missing else "full"

    def lack(self, bodies: Iterable[str], times: int = 1) -> None:
        """Note that a joint post is without `bodies`."""
        self.lacking += times
        self.lacks = tuple(dict.fromkeys([*self.lacks, *bodies]))


@dataclass(slots=True)
class PlaceLine:
    """A place, or a role at it, over all spans of a plan."""

    place: int
    role: str = ""
    cells: dict[tuple[datetime, datetime], Cell] = field(default_factory=dict)
    whole: Cell = field(default_factory=Cell)


def search_of(plan: UUID) -> Search | None:
    """The latest search on a plan."""
    return Search.objects.filter(plan=plan).order_by("-created_at").first()


def last_edit(plan: UUID) -> Edit | None:
    """The change by hand that can be taken back now."""
    return Edit.objects.filter(plan=plan, undone_at=None).order_by("-done_at", "-id").first()


def open_repair(plan: UUID) -> Repair | None:
    """The proposal that waits for a decision."""
    return Repair.objects.filter(plan=plan, state=Repair.State.PROPOSED).first()


def changes_of(repair: Repair) -> list[object]:
    """Who is told what: one line a change, by name."""
    rows = repair.changes.select_related("person", "before__post", "after__post")
    return list(rows.order_by("person__name", "id"))


BY_AREA = """
SELECT s.area, SUM(s.required), SUM(s.minimum), COALESCE(SUM(a.there), 0),
       SUM(GREATEST(s.minimum - COALESCE(a.there, 0), 0))
  FROM rosters_shift s
  LEFT JOIN (SELECT shift_id, COUNT(*) AS there FROM rosters_assignment
              WHERE plan_id = %(plan)s AND state <> ALL(%(gone)s)
              GROUP BY shift_id ORDER BY shift_id) a
         ON a.shift_id = s.id
 WHERE s.area BETWEEN %(low)s AND %(high)s AND s.starts_at < %(end)s AND s.ends_at > %(start)s
   AND s.post_id NOT IN (SELECT id FROM rosters_post WHERE closed_at IS NOT NULL)
 GROUP BY s.area
"""
# Heads are counted in the order of the shifts: an index has them so, and shifts beside each other
# are looked up beside each other. Unordered, a hundred thousand shifts take twice as long.


def by_area(plan: Plan, incomplete: Iterable[Incomplete] = ()) -> dict[int, Cell]:
    """Community → heads wanted, needed, there over all spans, the shortest first. `below` is
    counted shift by shift: a full one hides no empty one. `incomplete`: the plan's joint posts
    that lack a body."""
    low, high = code_range(plan.area)
    with connection.cursor() as cursor:
        cursor.execute(
            BY_AREA,
            {"plan": plan.id, "gone": [state.value for state in GONE], "low": low, "high": high,
             "start": plan.starts_at, "end": plan.ends_at},
        )  # fmt: skip
        rows = [map(int, row) for row in cursor.fetchall()]
    cells = {
        area: Cell(required, minimum, there, below)
        for area, required, minimum, there, below in rows
    }
    for each in incomplete:
        cells.setdefault(each.shift.area, Cell()).lack(each.bodies)
    order = sorted(cells.items(), key=lambda item: (-item[1].missing, -item[1].lacking, item[0]))
    return dict(order)


def by_place(plan: Plan, area: int, incomplete: Iterable[Incomplete] = ()) -> list[PlaceLine]:
    """The posts of a division by place and role, each over the plan's spans. `incomplete`: those
    of its joint posts that lack a body."""
    keys = ("post__place", "post__role", "starts_at", "ends_at")
    lines: dict[tuple[int, str], PlaceLine] = {}
    for row in _wanted(plan, area).values(*keys).annotate(**_sums()).order_by(*keys):
        key = (row["post__place"], row["post__role"])
        line = lines.setdefault(key, PlaceLine(*key))
        line.cells[row["starts_at"], row["ends_at"]] = Cell(row["r"], row["m"])
    there = _there(plan, area).values(*(f"shift__{key}" for key in keys)).annotate(n=Count("id"))
    for row in there:
        line = lines[row["shift__post__place"], row["shift__post__role"]]
        line.cells[row["shift__starts_at"], row["shift__ends_at"]].present = row["n"]
    for each in incomplete:
        s = each.shift
        line = lines[s.post.place_id, s.post.role]
        line.cells[s.starts_at, s.ends_at].lack(each.bodies)
    for line in lines.values():
        for cell in line.cells.values():
            cell.below = max(0, cell.minimum - cell.present)
        line.whole = together(line.cells.values())
    return list(lines.values())


def together(cells: Iterable[Cell]) -> Cell:
    """The sum of several."""
    whole = Cell()
    for cell in cells:
        whole.required += cell.required
        whole.minimum += cell.minimum
        whole.present += cell.present
        whole.below += cell.below
        whole.lack(cell.lacks, cell.lacking)
    return whole


def per_place(lines: Iterable[PlaceLine]) -> dict[int, Cell]:
    """Place → heads over all roles and spans."""
    places: defaultdict[int, list[Cell]] = defaultdict(list)
    for line in lines:
        places[line.place].append(line.whole)
    return {place: together(cells) for place, cells in places.items()}


def farthest(plan: Plan, area: int) -> QuerySet[Assignment]:
    """Who travels farthest."""
    found = _there(plan, area).annotate(km=KM)
    order = ("-km", "id")
    # Ids first: the index on the distance has them in order, and nothing else of a row.
    first = list(found.filter(km__gt=0).order_by(*order).values_list("id", flat=True)[:FAR])
    return found.filter(id__in=first).select_related("person", "shift__post").order_by(*order)


@dataclass(frozen=True, slots=True)
class Compared:
    """Two plans for the same posts. `moves`: person → the assignments in one, and in the other;
    `people`: how many have another week."""

    people: int
    kept: int
    moves: dict[UUID, tuple[list[Assignment], list[Assignment]]]


def compared(one: Plan, other: Plan, limit: int = 100) -> Compared:
    """Who serves otherwise in `other` than in `one`; the first `limit` people in full."""
    seats = [
        set(_there(plan, plan.area).values_list("person_id", "shift_id")) for plan in (one, other)
    ]
    people = sorted({person for person, _ in seats[0] ^ seats[1]})
    shown = people[:limit]
    moves: dict[UUID, tuple[list[Assignment], list[Assignment]]] = {p: ([], []) for p in shown}
    for i, plan in enumerate((one, other)):
        rows = _there(plan, plan.area).filter(person_id__in=shown)
        for a in rows.select_related("person", "shift__post").order_by("shift__starts_at"):
            if (a.person_id, a.shift_id) not in seats[1 - i]:
                moves[a.person_id][i].append(a)
    return Compared(len(people), len(seats[0] & seats[1]), moves)


def gap_at(plan: UUID, shift: UUID) -> Gap | None:
    """Why a shift was short when the plan was made."""
    return Gap.objects.filter(plan=plan, shift=shift).first()


def _wanted(plan: Plan, area: int) -> QuerySet[Shift]:
    return Shift.objects.filter(
        Q(starts_at__lt=plan.ends_at, ends_at__gt=plan.starts_at),
        area__range=code_range(area),
        post__closed_at=None,
    )


def _there(plan: Plan, area: int) -> QuerySet[Assignment]:
    return Assignment.objects.filter(
        plan=plan, shift__area__range=code_range(area), shift__post__closed_at=None
    ).exclude(state__in=GONE)


def _sums() -> dict[str, Sum]:
    return {"r": Sum("required"), "m": Sum("minimum")}
