"""muster.apps.kits.actions.sealing: what a phone of a series sealed, the server alone opens."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import kit_private_key, kit_sealing_key
from muster.apps.kits.models import KitIssue, KitSealingKey
from muster.apps.screening.actions import open_sealed
from muster.kernel.ids import new_id
from muster.protocols.sealing import seal_file
from muster.web.sync.sealed import take_file
from tests.support.city import SmallCity
from tests.support.kit_words import Pair, pair, sent
from tests.support.kits import kits

__all__ = ["kits", "pair"]


def sealed(pair: Pair, body: object) -> dict[str, Any]:
    with as_system("test"):
        key = kit_sealing_key(series=pair.kits.series.id)
    n = int.from_bytes(base64.urlsafe_b64decode(key.public["n"] + "=="), "big")
    return seal_file(
        rsa.RSAPublicNumbers(65537, n).public_key(),
        sealing=str(key.id), device=str(pair.phone), count=1, body=json.dumps(body).encode(),
    )  # fmt: skip


def test_one_key_a_series(pair: Pair) -> None:
    with as_system("test"):
        first = kit_sealing_key(series=pair.kits.series.id)
        assert kit_sealing_key(series=pair.kits.series.id).id == first.id
        assert KitSealingKey.objects.count() == 1
        assert kit_private_key(sealing=new_id()) is None


def test_a_file_is_opened(pair: Pair) -> None:
    assert json.loads(open_sealed(file=sealed(pair, {"token": "t"}))) == {"token": "t"}


def test_a_file_of_another_phone_is_passed_on_once(city: SmallCity, pair: Pair) -> None:
    words = [sent(pair.issue(city.places["D1111"]))]
    file = json.dumps(sealed(pair, {"token": pair.token, "kits": words})).encode()
    assert [r.state for r in take_file(file)] == ["accepted"]
    assert [r.state for r in take_file(file)] == ["accepted"]
    with act_as(city.secretary):
        assert KitIssue.objects.count() == 1
