"""What a server under test must have: phones, residents, a stranger."""

from pathlib import Path
from uuid import UUID

import msgspec

from muster.conformance.cases import load_cases, people_needed
from muster.kernel.errors import Invalid


class BadFixture(Invalid):
    """The fixture cannot be used: {reason}"""

    code = "fixture_unusable"


class Fixture(msgspec.Struct, forbid_unknown_fields=True):
    """A round that is open, and who may send.

    devices: name to token. ``a`` and ``b`` stand at two tables of the round; ``revoked`` was
    enrolled and revoked. people: residents of the round's community whom nobody has recorded yet,
    none of the household. household: two who share a door. stranger: of another community. tube:
    the first letters of a tube's code, filled up with digits to `length`; no such tube is in the
    round yet.
    """

    devices: dict[str, str]
    people: list[UUID]
    household: tuple[UUID, UUID]
    stranger: UUID
    tube: str = "LC"
    length: int = 12


def load_fixture(path: Path) -> Fixture:
    """Read a fixture. Raises `BadFixture`, which names the field."""
    try:
        found = msgspec.json.decode(path.read_bytes(), type=Fixture)
    except (msgspec.MsgspecError, OSError) as error:
        raise BadFixture(reason=str(error)) from error
    if missing := {"a", "b", "revoked"} - found.devices.keys():
        raise BadFixture(reason=f"devices: {', '.join(sorted(missing))} not there")
    needed = people_needed(load_cases())
    if len(found.people) < needed:
        raise BadFixture(reason=f"people: {needed} are needed, {len(found.people)} are there")
    return found
