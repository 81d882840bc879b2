"""How far somebody reaches."""

from uuid import uuid4

import pytest

from muster.protocols.access import AccessRole, Grant
from muster.protocols.actors import EVERY_UNIT, EVERYWHERE, Actor, multirange

PLACES = ((140105007001, 140105007001),)
UNITS = ((1_001_000_000_000, 1_001_999_999_999),)


@pytest.mark.parametrize(
    ("ranges", "text"),
    [((), "{}"), (((5, 9), (1, 2)), "{[1,2],[5,9]}"), (((1, 2), (1, 2)), "{[1,2]}")],
)
def test_ranges_as_postgresql_reads_them(ranges: tuple[tuple[int, int], ...], text: str) -> None:
    assert multirange(ranges) == text


@pytest.mark.parametrize(
    ("role", "places", "units"),
    [
        (AccessRole.COMMUNITY_SECRETARY, PLACES, ()),
        (AccessRole.ORG_CONTACT, (), UNITS),
        (AccessRole.CITY_HQ, PLACES, UNITS),
        (AccessRole.VOLUNTEER, (), ()),
        (AccessRole.RESIDENT, (), ()),
        (AccessRole.AUDITOR, PLACES, UNITS),
    ],
)
def test_a_role_reaches_only_by_what_it_may_do(
    role: AccessRole, places: tuple[tuple[int, int], ...], units: tuple[tuple[int, int], ...]
) -> None:
    actor = Actor.of_grants("x", (Grant(role, PLACES, UNITS),), account=uuid4(), person=None)
    assert (actor.places, actor.units) == (places, units)


def test_who_acts_without_an_account() -> None:
    assert Actor.system("job").is_system
    assert (Actor.system("job").places, Actor.system("job").units) == (EVERYWHERE, EVERY_UNIT)
    assert (Actor.public("page", 5).places, Actor.public("page", 5).units) == (((5, 5),), ())
    device = uuid4()
    assert Actor.device(device, 5).name == f"device:{device}"
    assert Actor.nobody().places == ()
    assert not Actor.nobody().is_system
