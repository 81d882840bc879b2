"""A round has one key pair; a file is opened by the server and only if it is whole."""

import json
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa

from muster.apps.audit.actions import act_as
from muster.apps.screening.actions import open_sealed, sealing_key
from muster.apps.screening.errors import SealedUnreadable
from muster.apps.screening.models import SealingKey
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_
from tests.support.sealing import seal

__all__ = ["round_"]


def test_a_round_has_one_key_whose_private_half_is_sealed(
    city: SmallCity, round_: OpenRound
) -> None:
    with act_as(city.secretary):
        assert sealing_key(round_id=round_.id) == sealing_key(round_id=round_.id)
    (kept,) = SealingKey.objects.all()
    assert b"\x02\x82\x01\x01" not in bytes(kept.private)  # no PKCS8 in the open
    assert kept.public["alg"] == "RSA-OAEP-256"


def test_what_a_phone_sealed_is_opened(city: SmallCity, round_: OpenRound) -> None:
    file = seal(round_, {"token": "t", "records": []})
    assert json.loads(open_sealed(file=file)) == {"token": "t", "records": []}


@pytest.mark.parametrize(
    "changed",
    [
        {"v": 2},
        {"kind": "something"},
        {"sealing": "no id"},
        {"sealing": "01960000-0000-7000-8000-000000000000"},
        {"sealing": None},
        {"data": "AAAA"},
        {"key": 7},
    ],
    ids=str,
)
def test_anything_else_is_refused(round_: OpenRound, changed: dict[str, Any]) -> None:
    with pytest.raises(SealedUnreadable):
        open_sealed(file=seal(round_, {"token": "t"}) | changed)


def test_a_file_under_another_key_is_refused(round_: OpenRound) -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048).public_key()
    with pytest.raises(SealedUnreadable):
        open_sealed(file=seal(round_, {"token": "t"}, public=other))
