"""What the generator gives out: plain fields, ids that count from 1 within their kind."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class InventedPlace:
    """A node of the place tree. `code` is the 12-digit code of the division itself or of the
    community it stands in; `grid` the grid that a building belongs to; coordinates are WGS 84."""

    id: int
    parent: int | None
    kind: str
    name: str
    code: int
    latitude: float
    longitude: float
    grid: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Who somebody is. `id_kind`: ``id_card``, ``passport``, ``hk_macao``, ``taiwan`` or ``none``;
    `id_number` is synthetic with a valid check digit, its serial in the rare 900s."""

    name: str
    sex: str
    born: date
    id_kind: str
    id_number: str | None
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Resident:
    """Somebody behind a door (`door` is a place). `relation` to the head of the household in the
    register's words; `registered` is the place of the 户籍, `floating` when that is elsewhere."""

    id: int
    door: int
    who: Identity
    relation: str
    tenant: bool
    floating: bool
    registered: str
    party_member: bool
    skills: tuple[str, ...]
    away: bool
    exemption: str | None


@dataclass(frozen=True, slots=True)
class Organisation:
    """A node of the organisation tree. `code`: 15 digits, three a level, zeros below."""

    id: int
    code: int
    parent: int | None
    kind: str
    name: str
    district: int
    headcount: int
    contact: str
    contact_phone: str


@dataclass(frozen=True, slots=True)
class Cadre:
    """Somebody who works in an organisation (`unit` is its code). `home` is a community's place id
    or, for who lives in the two estates, the door; then `resident` is the same person there."""

    id: int
    who: Identity
    unit: int
    home: int
    resident: int | None
    party_member: bool
    skills: tuple[str, ...]
    qualifications: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A resident of the two estates who signs up. `available`: ``all``, ``morning``, ``afternoon``
    or ``evening``."""

    resident: int
    cadre: int | None
    party_member: bool
    skills: tuple[str, ...]
    available: str


@dataclass(frozen=True, slots=True)
class Staff:
    """The community's own. `kind`: ``secretary``, ``community_worker``, ``grid_worker`` or
    ``social_worker``; `stays_in` is the estate that he was in when it was sealed and stays in."""

    id: int
    who: Identity
    kind: str
    stays_in: int
    grid: int | None
    party_member: bool


@dataclass(frozen=True, slots=True)
class DemoCity:
    """Everything invented, and the two estates that are sealed at dusk."""

    seed: int
    places: tuple[InventedPlace, ...]
    community: int
    estates: tuple[int, int]
    residents: tuple[Resident, ...]
    organisations: tuple[Organisation, ...]
    cadres: tuple[Cadre, ...]
    neighbours: tuple[Neighbour, ...]
    staff: tuple[Staff, ...]
