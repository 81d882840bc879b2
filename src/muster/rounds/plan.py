"""A planned round as data: it goes to a file, to the database and to the rehearsal as it is."""

from datetime import datetime
from itertools import pairwise
from math import ceil

import msgspec

FORMAT = "muster-round-plan/1"


class PlannedTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A table by its number in the round and who belongs at it."""

    number: int
    recorders: int
    samplers: int


class PlannedSite(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A site at a building, open from `opens` minutes on. `farthest` in metres; ``None`` where
    coordinates are unknown."""

    name: str
    community: str
    building: str
    x: float | None
    y: float | None
    opens: int
    people: int
    farthest: float | None
    tables: tuple[PlannedTable, ...]


class PlannedCall(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Households `first` to `last` of a building, counted in the order of its doors, are called
    down at `minute` and walk `walk` minutes to site number `site` (from 0). `alone`: a tube for
    each household."""

    building: str
    name: str
    site: int
    minute: int
    first: int
    last: int
    people: int
    walk: float
    alone: bool


class HomeVisits(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of a building are sampled at their door, one to a tube."""

    building: str
    name: str
    people: int


class PlannedPost(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How many of a role are wanted, how many it cannot open without, how many there are: own
    people and neighbours. People who may take any role are counted where they were put."""

    role: str
    required: int
    minimum: int
    staff: int
    neighbours: int

    @property
    def short(self) -> int:
        return max(0, self.required - self.staff - self.neighbours)

    @property
    def short_of_minimum(self) -> int:
        return max(0, self.minimum - self.staff - self.neighbours)


class PlannedSupplies(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What to bring, spare ones included."""

    tubes: int
    swabs: int
    suits: int


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that had to be given up, by its code: ``too_long`` (hours, tables), ``site_added``
    (community, sites), ``site_crowded`` (community, people), ``no_coordinates`` (community)."""

    code: str
    values: dict[str, str | int | float]


class Hands(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who there is, by role or under ``any``: the community's own, and neighbours."""

    staff: dict[str, int]
    neighbours: dict[str, int]

    @property
    def known(self) -> bool:
        """Whether anybody said who there is."""
        return bool(self.staff or self.neighbours)


class RoundPlan(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A round as planned. `notes` say what had to be given up, in the order of weight; a shortage
    of people stands in `posts`."""

    name: str
    policy: str
    starts_at: datetime
    hours: float
    residents: int
    tube_size: int
    posts: tuple[PlannedPost, ...]
    home_teams: int
    supplies: PlannedSupplies
    sites: tuple[PlannedSite, ...]
    calls: tuple[PlannedCall, ...]
    home: tuple[HomeVisits, ...]
    hands: Hands
    notes: tuple[Note, ...] = ()
    format: str = FORMAT

    @property
    def tables(self) -> int:
        return sum(len(site.tables) for site in self.sites)

    @property
    def last_call(self) -> int:
        """The minute of the last call."""
        return max((call.minute for call in self.calls), default=0)

    @property
    def shortage(self) -> tuple[PlannedPost, ...]:
        """The roles that are short, the worst first: the first thing to say."""
        short = [post for post in self.posts if post.short]
        return tuple(sorted(short, key=lambda p: (-p.short_of_minimum, -p.short, p.role)))


def faults_of(plan: RoundPlan) -> list[tuple[str, str]]:
    """(field, what is wrong and what to do) for whatever does not hold together."""
    found = []
    if plan.format != FORMAT:
        found.append(("format", f"must be {FORMAT}; make the plan anew with `muster round plan`"))
    if not plan.sites or not plan.calls:
        found.append(("sites", "a plan has at least one site and one call"))
    numbers = sorted(table.number for site in plan.sites for table in site.tables)
    if any(a == b for a, b in pairwise(numbers)):
        found.append(("sites.tables.number", "two tables have the same number; number them anew"))
    for number, site in enumerate(plan.sites):
        found += [(f"sites[{number}].{field}", mend) for field, mend in _of_site(site)]
    for number, call in enumerate(plan.calls):
        found += [(f"calls[{number}].{field}", mend) for field, mend in _of_call(call, plan)]
    return found


def _of_site(site: PlannedSite) -> list[tuple[str, str]]:
    found = [] if site.tables else [("tables", "a site has at least one table")]
    for place, table in enumerate(site.tables):
        if min(table.recorders, table.samplers) < 1:
            mend = "a table has at least one recorder and one sampler"
            found.append((f"tables[{place}]", mend))
    return found


def _of_call(call: PlannedCall, plan: RoundPlan) -> list[tuple[str, str]]:
    households = call.last - call.first + 1
    checks = (
        ("site", not 0 <= call.site < len(plan.sites), f"must be from 0 to {len(plan.sites) - 1}"),
        ("people", call.people < 1, "must be at least 1"),
        ("last", not 1 <= households <= max(1, call.people),
         "must give from 1 household to one for each of its people"),
        ("minute", call.minute < 0, "must be at least 0"),
        ("walk", call.walk < 0, "must be at least 0"),
    )  # fmt: skip
    return [(field, mend) for field, wrong, mend in checks if wrong]


def table_numbers(plan: RoundPlan) -> list[int]:
    """The numbers of all tables, ascending."""
    return sorted(table.number for site in plan.sites for table in site.tables)


def tubes_of(people: int, size: int) -> int:
    """Tubes that `people` fill."""
    return ceil(people / size)
