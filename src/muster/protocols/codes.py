"""A resident's code: signed by the city, believed by a phone without a server.

Text ``M1.<payload>.<signature>``, both base64url without padding; see docs/reference/sync.md. The
client decides the same in ``client/field/src/engine/codes.ts``; ``vectors/codes.json`` holds both.
"""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import (
    decode_dss_signature,
    encode_dss_signature,
)

MARK = "M1"
HEAD = 9
"""Bytes before the first person: kind, key number, expiry."""
LARGEST = 20
"""Persons in one code: as many as a tube may hold."""
_HASH = ec.ECDSA(hashes.SHA256())


class Kind(StrEnum):
    """Printed to last, or shown on a screen for some minutes."""

    PAPER = "paper"
    SCREEN = "screen"


class Verdict(StrEnum):
    """What became of a code that was shown. `ELSEWHERE`: signed with a key that is not ours."""

    OK = "ok"
    GARBLED = "garbled"
    ELSEWHERE = "elsewhere"
    FORGED = "forged"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class ShownCode:
    """A code as it was read. `persons` is empty unless the verdict is ok or expired."""

    verdict: Verdict
    kind: Kind = Kind.PAPER
    persons: tuple[UUID, ...] = ()
    expires: int = 0


def _pack(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _unpack(text: str) -> bytes:
    """Raises `ValueError`: not base64url, or written with stray bits."""
    raw = base64.b64decode(text + "=" * (-len(text) % 4), altchars=b"-_", validate=True)
    if _pack(raw) != text:
        raise ValueError("not canonical")
    return raw


def sign_code(
    private: ec.EllipticCurvePrivateKey,
    *,
    number: int,
    kind: Kind,
    expires: int,
    persons: Sequence[UUID],
) -> str:
    """The text of a code for `persons` (1-20), good until `expires` (seconds since 1970)."""
    head = bytes([kind is Kind.SCREEN]) + number.to_bytes(4, "big") + expires.to_bytes(4, "big")
    signed = f"{MARK}.{_pack(head + b''.join(p.bytes for p in persons))}"
    r, s = decode_dss_signature(private.sign(signed.encode(), _HASH))
    return f"{signed}.{_pack(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def read_code(text: str, *, keys: Mapping[int, Mapping[str, Any]], now: int) -> ShownCode:
    """Judge a code. keys: public JWKs by number; now: seconds since 1970. The order of blame:
    garbled, another city's key, forged, expired."""
    try:
        mark, payload, signature = text.strip().split(".")
        raw, signed = _unpack(payload), _unpack(signature)
    except (ValueError, binascii.Error):
        return ShownCode(Verdict.GARBLED)
    persons, rest = divmod(len(raw) - HEAD, 16)
    if mark != MARK or rest or not 1 <= persons <= LARGEST or raw[0] > 1 or len(signed) != 64:
        return ShownCode(Verdict.GARBLED)
    key = keys.get(int.from_bytes(raw[1:5], "big"))
    if key is None:
        return ShownCode(Verdict.ELSEWHERE)
    if not _signed_by(key, f"{mark}.{payload}", signed):
        return ShownCode(Verdict.FORGED)
    expires = int.from_bytes(raw[5:9], "big")
    return ShownCode(
        Verdict.OK if now < expires else Verdict.EXPIRED,
        Kind.SCREEN if raw[0] else Kind.PAPER,
        tuple(UUID(bytes=raw[i : i + 16]) for i in range(HEAD, len(raw), 16)),
        expires,
    )


def _signed_by(key: Mapping[str, Any], text: str, signature: bytes) -> bool:
    numbers = ec.EllipticCurvePublicNumbers(
        int.from_bytes(_unpack(key["x"]), "big"), int.from_bytes(_unpack(key["y"]), "big"),
        ec.SECP256R1(),
    )  # fmt: skip
    r, s = int.from_bytes(signature[:32], "big"), int.from_bytes(signature[32:], "big")
    try:
        numbers.public_key().verify(encode_dss_signature(r, s), text.encode(), _HASH)
    except InvalidSignature:
        return False
    return True


def public_jwk(private: ec.EllipticCurvePrivateKey) -> dict[str, str]:
    """The public half as a phone imports it."""
    numbers = private.public_key().public_numbers()
    x, y = (_pack(n.to_bytes(32, "big")) for n in (numbers.x, numbers.y))
    return {"kty": "EC", "crv": "P-256", "x": x, "y": y}
