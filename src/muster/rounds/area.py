"""What a round is planned from: buildings, who lives there, who is there to help, and when."""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import datetime

import msgspec

LARGEST = 3_000
"""Buildings of one community that are sited at once; a community has a few hundred at most."""
ANY = "any"
"""People who may take any role that asks for no qualification."""


class Building(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A building or stair. `x` east and `y` north in metres from anywhere, both or neither.
    `at_home`: the old, the immobile, recalls, who are sampled at their door. `sealed`: nobody
    mixes, a tube holds one household."""

    key: str
    name: str
    residents: int
    households: int
    x: float | None = None
    y: float | None = None
    sealed: bool = False
    at_home: int = 0
    community: str = ""
    site_possible: bool = True

    @property
    def coming(self) -> int:
        """Who comes down to a table."""
        return self.residents - self.at_home


class Area(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What is to be tested, from `starts_at` for `hours`. `staff` and `neighbours` count people by
    role, or under ``any``. `tables` and `sites`, if given, were ordered."""

    name: str
    starts_at: datetime
    hours: float
    buildings: tuple[Building, ...]
    policy: str = "2022-04"
    tables: int | None = None
    sites: int | None = None
    tube_size: int | None = None
    staff: dict[str, int] = msgspec.field(default_factory=dict)
    neighbours: dict[str, int] = msgspec.field(default_factory=dict)


def faults_of(area: Area, roles: Mapping[str, bool]) -> Iterator[tuple[str, str]]:
    """(field, what is wrong and what to do) for whatever does not hold together."""
    checks = (
        ("buildings", not area.buildings, "name at least one building"),
        ("buildings", not any(building.coming > 0 for building in area.buildings),
         "nobody would come to a table; check residents and at_home"),
        ("hours", area.hours <= 0, "must be more than 0"),
        *((name, count is not None and count < 1, "must be at least 1, or left out")
          for name, count in _ordered(area).items()),
    )  # fmt: skip
    yield from ((name, mend) for name, wrong, mend in checks if wrong)
    for community, count in Counter(b.community for b in area.buildings).items():
        if count > LARGEST:
            mend = f"{count:,} are of community {community!r}; name the community of each"
            yield "buildings", mend
    yield from _of_buildings(area)
    yield from _of_hands("staff", area.staff, roles)
    yield from _of_hands("neighbours", area.neighbours, roles)


def _ordered(area: Area) -> dict[str, int | None]:
    return {"tables": area.tables, "sites": area.sites, "tube_size": area.tube_size}


def _of_hands(
    name: str, people: Mapping[str, int], roles: Mapping[str, bool]
) -> Iterator[tuple[str, str]]:
    for role, count in people.items():
        if role != ANY and role not in roles:
            yield f"{name}.{role}", f"no such role; known are {ANY}, {', '.join(roles)}"
        elif count < 0:
            yield f"{name}.{role}", "must be at least 0"


def _of_buildings(area: Area) -> Iterator[tuple[str, str]]:
    seen: dict[str, int] = {}
    for number, building in enumerate(area.buildings):
        here = f"buildings[{number}]"
        if building.key in seen:
            yield f"{here}.key", f"is also that of buildings[{seen[building.key]}]; give it its own"
        seen.setdefault(building.key, number)
        checks = (
            ("residents", building.residents < 0, "must be at least 0"),
            ("at_home", not 0 <= building.at_home <= max(0, building.residents),
             "must be from 0 to the residents"),
            ("households", not _households_fit(building),
             "must be from 1 to the residents (0 for an empty building)"),
            ("x", (building.x is None) != (building.y is None), "give x and y, or neither"),
        )  # fmt: skip
        for name, wrong, mend in checks:
            if wrong:
                yield f"{here}.{name}", mend


def _households_fit(building: Building) -> bool:
    if not building.residents:
        return building.households == 0
    return 1 <= building.households <= building.residents
