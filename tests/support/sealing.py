"""Files of unsent records as a phone exports them."""

import base64
import json
from typing import Any

from cryptography.hazmat.primitives.asymmetric import rsa

from muster.apps.audit.actions import as_system
from muster.apps.screening.actions import sealing_key
from muster.protocols.sealing import seal_file
from tests.support.city import OpenRound


def seal(
    round_: OpenRound, body: object, *, public: rsa.RSAPublicKey | None = None
) -> dict[str, Any]:
    """A file under the round's public key, or under another's."""
    with as_system("test"):
        key = sealing_key(round_id=round_.id)
    n = int.from_bytes(base64.urlsafe_b64decode(key.public["n"] + "=="), "big")
    return seal_file(
        public or rsa.RSAPublicNumbers(65537, n).public_key(),
        sealing=str(key.id),
        device=str(round_.devices[0]),
        count=1,
        body=json.dumps(body).encode(),
    )
