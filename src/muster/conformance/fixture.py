"""What a server under test must have: phones, residents, a stranger."""

from pathlib import Path
from uuid import UUID

import msgspec

from muster.conformance.cases import doors_needed, load_cases, people_needed
from muster.kernel.errors import Invalid


class BadFixture(Invalid):
    """The fixture cannot be used: {reason}"""

    code = "fixture_unusable"


class KitFixture(msgspec.Struct, forbid_unknown_fields=True):
    """A series of antigen kits that is open.

    day: a day of it that has come. covers: what an issue on it covers, 0 the whole series. store:
    where kits are. doors: of the series, where nobody has been yet, each with two people who live
    there; all due `kits` each.
    """

    day: int
    covers: int
    kits: int
    store: UUID
    doors: list[tuple[int, UUID, UUID]]


class Fixture(msgspec.Struct, forbid_unknown_fields=True):
    """A round that is open, and who may send; a series of kits, and who may hand them out.

    devices: name to token. ``a`` and ``b`` stand at two tables of the round; ``revoked`` was
    enrolled and revoked. people: residents of the round's community whom nobody has recorded yet,
    none of the household. household: two who share a door. stranger: of another community. tube:
    the first letters of a tube's code, filled up with digits to `length`; no such tube is in the
    round yet. kits: None where the server knows no kits; the cases about them are then left out.
    Their devices are ``ka`` and ``kb``, two phones of one place, and ``krevoked``.
    """

    devices: dict[str, str]
    people: list[UUID]
    household: tuple[UUID, UUID]
    stranger: UUID
    tube: str = "LC"
    length: int = 12
    kits: KitFixture | None = None


def load_fixture(path: Path) -> Fixture:
    """Read a fixture. Raises `BadFixture`, which names the field."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Fixture)
    except (msgspec.MsgspecError, OSError) as error:
        raise BadFixture(reason=str(error)) from error
    wanted = {"a", "b", "revoked"} | ({"ka", "kb", "krevoked"} if found.kits else set())
    if missing := wanted - found.devices.keys():
        raise BadFixture(reason=f"devices: {', '.join(sorted(missing))} not there")
    cases = load_cases()
    _enough("people", people_needed(cases), len(found.people))
    if found.kits is not None:
        _enough("kits.doors", doors_needed(cases), len(found.kits.doors))
    return found


def _enough(what: str, needed: int, there: int) -> None:
    if there < needed:
        raise BadFixture(reason=f"{what}: {needed} are needed, {there} are there")
