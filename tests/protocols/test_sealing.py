"""Sealed files: opened whole or not at all."""

import base64
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from muster.protocols.sealing import (
    SealedUnreadable,
    new_private_key,
    open_file,
    pack_private,
    public_jwk,
    read_private,
    seal_file,
)

PRIVATE = rsa.generate_private_key(public_exponent=65537, key_size=2048)
BODY = b'{"token": "t", "records": []}'


def sealed(**changed: Any) -> dict[str, Any]:
    file = seal_file(PRIVATE.public_key(), sealing="s", device="d", count=1, body=BODY)
    return file | changed


def test_what_was_sealed_is_opened() -> None:
    file = sealed()
    assert open_file(PRIVATE, file) == BODY
    assert b"token" not in base64.b64decode(file["data"])


@pytest.mark.parametrize("field", ["key", "iv", "data"])
def test_a_changed_or_missing_part_is_refused(field: str) -> None:
    raw = bytearray(base64.b64decode(sealed()[field]))
    raw[-1] ^= 1
    changed = [
        base64.b64encode(bytes(raw)).decode(),
        base64.b64encode(raw[:-2]).decode(),
        "",
        "%",
        7,
    ]
    for value in changed:
        with pytest.raises(SealedUnreadable):
            open_file(PRIVATE, sealed(**{field: value}))


def test_another_rounds_key_opens_nothing() -> None:
    other = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    with pytest.raises(SealedUnreadable):
        open_file(other, sealed())


def test_a_file_that_blows_up_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("muster.protocols.sealing.UNPACKED_LIMIT", 10)
    with pytest.raises(SealedUnreadable):
        open_file(PRIVATE, sealed())


def test_the_public_half_is_what_a_browser_imports() -> None:
    jwk = public_jwk(PRIVATE)
    assert (jwk["kty"], jwk["alg"], jwk["e"]) == ("RSA", "RSA-OAEP-256", "AQAB")
    n = int.from_bytes(base64.urlsafe_b64decode(jwk["n"] + "=="), "big")
    assert n == PRIVATE.public_key().public_numbers().n


def test_a_private_half_that_was_kept_opens_as_before() -> None:
    private = new_private_key()
    again = read_private(pack_private(private))
    assert again.private_numbers() == private.private_numbers()
    other = ec.generate_private_key(ec.SECP256R1())
    packed = other.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    with pytest.raises(TypeError):
        read_private(packed)
