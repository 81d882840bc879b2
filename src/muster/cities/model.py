"""The shape of a city: divisions with their statistical codes down to the street level."""

from functools import cached_property

from msgspec import Struct

_STREET_STEP = 1_000


class Street(Struct, frozen=True, forbid_unknown_fields=True):
    """A street office, town or township: the three digits after the district's six. `kind` follows
    the code: 0xx ``street``, 1xx ``town``, 2xx-3xx ``township``, 4xx-5xx ``other``. `invented`
    marks a name or code that no source at hand confirmed."""

    code: int
    name: str
    invented: bool = False

    @property
    def kind(self) -> str:
        return ("street", "town", "township", "township", "other")[min(self.code // 100, 4)]


class District(Struct, frozen=True, forbid_unknown_fields=True):
    """A district or county with its six-digit code, residents and an approximate centre (WGS 84
    degrees)."""

    code: int
    name: str
    en: str
    population: int
    population_approximate: bool
    latitude: float
    longitude: float
    urban: bool
    streets: tuple[Street, ...]

    @property
    def place_code(self) -> int:
        """The twelve digits of the district."""
        return self.code * 1_000_000

    def street_place_code(self, street: Street) -> int:
        """The twelve digits of one of its streets."""
        return self.place_code + street.code * _STREET_STEP


class Household(Struct, frozen=True, forbid_unknown_fields=True):
    """Census figures; shares of the whole population."""

    people_per_household: float
    share_0_14: float
    share_60_up: float
    share_65_up: float


class City(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A city as data."""

    key: str
    code: int
    name: str
    en: str
    province: str
    time_zone: str
    phone_area: str
    population: int
    source: str
    household: Household
    districts: tuple[District, ...]

    @property
    def place_code(self) -> int:
        """The twelve digits of the city."""
        return self.code * 100_000_000

    def district(self, code: int) -> District:
        """The district with this six-digit code. Raises `KeyError`."""
        return self._districts[code]

    @cached_property
    def _districts(self) -> dict[int, District]:
        return {district.code: district for district in self.districts}
