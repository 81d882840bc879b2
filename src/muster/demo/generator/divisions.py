"""Communities and estates below the real streets; two estates of one community to the doors."""

from dataclasses import dataclass, field
from itertools import pairwise
from random import Random

from muster.cities import City
from muster.cities.model import District, Street
from muster.demo.generator.model import InventedPlace

COMMUNITIES = 540
SEALED_STREET = 140105007000  # 龙城街道: the report's street, an invented community
COMMUNITY, ESTATES = "澄园社区", ("澄园雅居", "澄园北苑")
_BUILDINGS, _STAIRS, _FLOORS, _DOORS = (14, 9), 2, 18, 4
_GRIDS = 9
_HEAD = "安宁和顺永康祥瑞锦绣金桥东华南明西汾北辰滨河文源长风新晋学府光华建业富力丽华玉门后铁"
_TAIL = "园苑庭里坊湾府城居台"
_ESTATE_TAILS = ("小区", "花园", "家园", "新村", "公寓")


@dataclass(slots=True)
class Ground:
    """The place tree while it grows."""

    places: list[InventedPlace] = field(default_factory=list)
    communities: list[int] = field(default_factory=list)
    estates: list[int] = field(default_factory=list)
    doors: list[int] = field(default_factory=list)
    grids: list[int] = field(default_factory=list)
    sealed_community: int = 0

    def add(
        self,
        parent: int | None,
        kind: str,
        name: str,
        *,
        code: int,
        at: tuple[float, float],
        grid: int | None = None,
    ) -> int:
        """A new place; returns its id."""
        id_ = len(self.places) + 1
        self.places.append(InventedPlace(id_, parent, kind, name, code, *at, grid))
        return id_

    def place(self, id_: int) -> InventedPlace:
        return self.places[id_ - 1]


def lay_out(city: City, rng: Random) -> Ground:
    """The whole tree: city, districts, streets (real), communities and estates (invented)."""
    ground = Ground()
    at = (37.87, 112.55)
    root = ground.add(None, "city", city.name, code=city.place_code, at=at)
    shares = _shares([d.population for d in city.districts], COMMUNITIES)
    for district, share in zip(city.districts, shares, strict=True):
        _district(ground, root, district, share, rng)
    return ground


def _shares(weights: list[int], total: int) -> list[int]:
    """`total` split by weight, summing exactly to it."""
    whole, edges, run = sum(weights), [0], 0
    for weight in weights:
        run += weight
        edges.append(round(total * run / whole))
    return [after - before for before, after in pairwise(edges)]


def _district(ground: Ground, root: int, district: District, share: int, rng: Random) -> None:
    centre = (district.latitude, district.longitude)
    id_ = ground.add(root, "district", district.name, code=district.place_code, at=centre)
    taken: set[str] = {COMMUNITY}
    counts = _shares([1] * len(district.streets), max(share, len(district.streets)))
    for street, count in zip(district.streets, counts, strict=True):
        _street(ground, id_, district, street, count=count, taken=taken, rng=rng)


def _street(
    ground: Ground,
    parent: int,
    district: District,
    street: Street,
    *,
    count: int,
    taken: set[str],
    rng: Random,
) -> None:
    code = district.street_place_code(street)
    centre = _near((district.latitude, district.longitude), 0.03, rng)
    id_ = ground.add(parent, "street", street.name, code=code, at=centre)
    for number in range(1, count + 1):
        sealed = code == SEALED_STREET and number == 1
        name = COMMUNITY if sealed else _unused(taken, rng, "社区")
        at = _near(centre, 0.01, rng)
        community = ground.add(id_, "community", name, code=code + number, at=at)
        ground.communities.append(community)
        if sealed:
            _sealed(ground, community, rng)
            continue
        for _ in range(rng.randrange(1, 4)):
            estate = _unused(taken, rng, rng.choice(_ESTATE_TAILS))
            ground.add(community, "estate", estate, code=code + number, at=_near(at, 0.003, rng))


def _near(centre: tuple[float, float], spread: float, rng: Random) -> tuple[float, float]:
    return (
        round(centre[0] + rng.gauss(0, spread), 5),
        round(centre[1] + rng.gauss(0, spread), 5),
    )


def _unused(taken: set[str], rng: Random, ending: str) -> str:
    while True:
        name = rng.choice(_HEAD) + rng.choice(_HEAD) + rng.choice(_TAIL) + ending
        if name not in taken:
            taken.add(name)
            return name


def _sealed(ground: Ground, community: int, rng: Random) -> None:
    """The community of the first night: nine grids, two estates, 3,312 doors."""
    ground.sealed_community = community
    here = ground.place(community)
    at, code = (here.latitude, here.longitude), here.code
    ground.grids = [
        ground.add(community, "grid", f"第{number}网格", code=code, at=at)
        for number in range(1, _GRIDS + 1)
    ]
    built = 0
    for name, buildings in zip(ESTATES, _BUILDINGS, strict=True):
        centre = _near(at, 0.002, rng)
        estate = ground.add(community, "estate", name, code=code, at=centre)
        ground.estates.append(estate)
        for number in range(1, buildings + 1):
            grid = ground.grids[built * _GRIDS // sum(_BUILDINGS)]
            built += 1
            place = _near(centre, 0.0006, rng)
            building = ground.add(
                estate, "building", f"{number}号楼", code=code, at=place, grid=grid
            )
            floors = _FLOORS + (0 if number == buildings and buildings % 2 else (-1) ** number)
            _stairs(ground, building, floors)


def _stairs(ground: Ground, building: int, floors: int) -> None:
    here = ground.place(building)
    at = (here.latitude, here.longitude)
    for stair in range(1, _STAIRS + 1):
        unit = ground.add(building, "unit", f"{stair}单元", code=here.code, at=at, grid=here.grid)
        ground.doors += [
            ground.add(unit, "door", str(floor * 100 + door), code=here.code, at=at, grid=here.grid)
            for floor in range(1, floors + 1)
            for door in range(1, _DOORS + 1)
        ]
