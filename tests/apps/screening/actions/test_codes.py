"""The signing key is one and sealed; codes for a screen and for paper hold ids and no name."""

from datetime import timedelta

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.audit.queries import lines_about
from muster.apps.people.errors import NotAllowed
from muster.apps.screening.actions import (
    disbelieve_key,
    paper_codes,
    rotate_key,
    screen_code,
    signing_key,
)
from muster.apps.screening.errors import KeyNotRetired, KeyUntilTooLate
from muster.apps.screening.models import CodeKey
from muster.apps.screening.queries.keys import keys as all_keys
from muster.apps.screening.queries.lane import _code_keys
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


def test_a_new_key_signs_and_the_old_one_is_believed_until_its_day(city: SmallCity) -> None:
    with as_system("test"):
        old = signing_key()
        fresh = rotate_key(believed_until=clock.now() + timedelta(days=30))
        assert signing_key().number == fresh.number != old.number
        assert [line.action for line in lines_about(fresh.number)] == ["code_key_rotated"]
        assert believed() == {old.number, fresh.number}
        with clock.travel(clock.now() + timedelta(days=31)):
            assert believed() == {fresh.number}


def test_a_stolen_key_is_believed_no_longer(city: SmallCity) -> None:
    with as_system("test"):
        old = signing_key()
        fresh = rotate_key(believed_until=clock.now())
        assert believed() == {fresh.number}
        later = rotate_key(believed_until=clock.now() + timedelta(days=1))
        assert believed() == {fresh.number, later.number}
        disbelieve_key(number=fresh.number)
        assert believed() == {later.number}
        for number in (later.number, 1):  # the one that signs; none
            with pytest.raises(KeyNotRetired):
                disbelieve_key(number=number)
        assert [k.state for k in all_keys()] == ["signs", "refused", "refused"]
        assert str(old.number) in all_keys()[-1].line


def test_no_key_is_believed_longer_than_its_paper(city: SmallCity) -> None:
    with as_system("test"), pytest.raises(KeyUntilTooLate):
        rotate_key(believed_until=clock.now() + timedelta(days=181))


def believed() -> set[int]:
    """What a phone is told to believe."""
    return {key["id"] for key in _code_keys()}
