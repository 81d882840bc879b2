"""A sealed file of unsent records: made by a phone, passed on by anybody, opened by the server.

AES-256-GCM over gzip of JSON; the AES key under the round's public key (RSA-OAEP, SHA-256). See
docs/reference/sync.md.
"""

import base64
import binascii
import gzip
import os
import zlib
from collections.abc import Mapping
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import padding, rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from muster.kernel.errors import Invalid

KIND = "muster-unsent"
BITS = 2048
UNPACKED_LIMIT = 20_000_000
"""Bytes inside one file: a phone that has been without network for days."""
_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), None)


class SealedUnreadable(Invalid):
    """This file cannot be opened: {reason}. Export it again on the phone that made it."""

    code = "sealed_unreadable"


def seal_file(
    public: rsa.RSAPublicKey, *, sealing: str, device: str, count: int, body: bytes
) -> dict[str, Any]:
    """A file as a phone makes it (the phone's own is ``engine/sealing.ts``)."""
    key, iv = AESGCM.generate_key(256), os.urandom(12)
    parts = {
        "key": public.encrypt(key, _OAEP),
        "iv": iv,
        "data": AESGCM(key).encrypt(iv, gzip.compress(body), None),
    }
    head = {"v": 1, "kind": KIND, "sealing": sealing, "device": device, "count": count}
    return head | {name: base64.b64encode(raw).decode() for name, raw in parts.items()}


def open_file(private: rsa.RSAPrivateKey, file: Mapping[str, Any]) -> bytes:
    """The JSON inside. Raises `SealedUnreadable`."""
    try:
        wrapped, iv, data = (
            base64.b64decode(file[k], validate=True) for k in ("key", "iv", "data")
        )
        key = private.decrypt(wrapped, _OAEP)
        return _inflate(AESGCM(key).decrypt(iv, data, None))
    except (KeyError, TypeError, binascii.Error) as error:
        raise SealedUnreadable(reason="it is not whole") from error
    except (ValueError, InvalidTag, zlib.error, EOFError) as error:
        raise SealedUnreadable(reason="it was changed or cut off on the way") from error


def _inflate(packed: bytes) -> bytes:
    unpacked = zlib.decompressobj(wbits=31)
    text = unpacked.decompress(packed, UNPACKED_LIMIT)
    if unpacked.unconsumed_tail or not unpacked.eof:
        raise EOFError
    return text


def new_private_key() -> rsa.RSAPrivateKey:
    """The private half of a new key pair."""
    return rsa.generate_private_key(public_exponent=65537, key_size=BITS)


def pack_private(private: rsa.RSAPrivateKey) -> bytes:
    """The private half as it is kept, to be sealed."""
    return private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())


def read_private(kept: bytes) -> rsa.RSAPrivateKey:
    """The inverse of `pack_private`."""
    private = load_der_private_key(kept, None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("the sealing key is not RSA")
    return private


def public_jwk(private: rsa.RSAPrivateKey) -> dict[str, str]:
    """The public half as a phone imports it."""
    n = private.public_key().public_numbers().n
    raw = n.to_bytes((n.bit_length() + 7) // 8, "big")
    packed = base64.urlsafe_b64encode(raw).rstrip(b"=").decode()
    return {"kty": "RSA", "alg": "RSA-OAEP-256", "n": packed, "e": "AQAB"}
