"""The signing key is one and sealed; codes for a screen and for paper hold ids and no name."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import paper_codes, screen_code, signing_key
from muster.apps.screening.models import CodeKey
from muster.kernel import clock
from muster.protocols.codes import Kind, Verdict, read_code
from tests.support.city import SmallCity


def keys() -> dict[int, dict[str, str]]:
    return {k.number: k.public for k in CodeKey.objects.all()}


def test_there_is_one_key_and_its_private_half_is_sealed(city: SmallCity) -> None:
    assert signing_key() == signing_key()
    (kept,) = CodeKey.objects.all()
    assert b"0\x81\x87\x02\x01\x00" not in bytes(kept.private)  # no PKCS8 in the open
    assert set(kept.public) == {"kty", "crv", "x", "y"}


def test_a_screen_code_lasts_ten_minutes(city: SmallCity) -> None:
    text, expires = screen_code(persons=city.residents[:2])
    now = int(clock.now().timestamp())
    shown = read_code(text, keys=keys(), now=now)
    assert (shown.verdict, shown.kind) == (Verdict.OK, Kind.SCREEN)
    assert list(shown.persons) == city.residents[:2]
    assert expires - clock.now() <= timedelta(minutes=10)
    assert read_code(text, keys=keys(), now=now + 600).verdict is Verdict.EXPIRED


def test_paper_for_a_building_has_each_door_and_each_person(city: SmallCity) -> None:
    with act_as(city.secretary):
        cards = paper_codes(place=city.places["B11"])
    families = [c for c in cards if len(c.names) > 1]
    assert (len(cards), len(families)) == (18, 6)
    now = int(clock.now().timestamp())
    read = [read_code(c.text, keys=keys(), now=now + 179 * 86400) for c in cards]
    assert {r.verdict for r in read} == {Verdict.OK}
    assert {p for r in read for p in r.persons} == set(city.residents[:12])
    assert all(name.encode() not in c.text.encode() for c in cards for name in c.names)


def test_another_communitys_secretary_prints_nothing(city: SmallCity) -> None:
    with act_as(city.other_secretary), pytest.raises(NotAllowed):
        paper_codes(place=city.places["B11"])
