"""Identity numbers: sealed at rest, found by a keyed hash, shown masked."""

import hmac
import secrets
import unicodedata
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from muster.kernel.errors import MusterError


class Unsealable(MusterError):
    """An identity number was sealed with a key that is no longer in MUSTER_KEYS."""

    code = "id_unsealable"


def normal(number: str) -> str:
    """The form that is sealed and compared: NFKC, upper case, no spaces."""
    return "".join(unicodedata.normalize("NFKC", number).upper().split())


def masked(tail: str) -> str:
    """What the screen shows of a number: its last four."""
    return f"••••••••••{tail}" if tail else "—"


@dataclass(frozen=True, slots=True)
class Sealed:
    """cipher: key number, nonce and AES-256-GCM text. index: HMAC-SHA-256, the same for the same
    number. tail: last four characters."""

    cipher: bytes
    index: bytes
    tail: str


class Keyring:
    """Seals with the newest key, opens with any. The index key is derived from the *oldest*, so
    that adding a key does not lose what was sealed before.

    keys: 32-byte keys, newest first.
    """

    def __init__(self, keys: tuple[bytes, ...]) -> None:
        if not keys or any(len(k) != 32 for k in keys):
            raise ValueError("MUSTER_KEYS holds base64 of 32 bytes each, newest first")
        self._boxes = {sha256(b"name" + k).digest()[:4]: AESGCM(k) for k in keys}
        self._newest = sha256(b"name" + keys[0]).digest()[:4]
        self._index_key = sha256(b"index" + keys[-1]).digest()

    def index(self, number: str) -> bytes:
        """The blind index of a number."""
        return hmac.new(self._index_key, normal(number).encode(), sha256).digest()

    def seal(self, number: str) -> Sealed:
        """Seal a number for storing."""
        plain = normal(number)
        nonce = secrets.token_bytes(12)
        text = self._boxes[self._newest].encrypt(nonce, plain.encode(), None)
        return Sealed(self._newest + nonce + text, self.index(plain), plain[-4:])

    def seal_bytes(self, data: bytes) -> bytes:
        """Seal a file or a form that holds numbers."""
        nonce = secrets.token_bytes(12)
        return self._newest + nonce + self._boxes[self._newest].encrypt(nonce, data, None)

    def open(self, cipher: bytes) -> str:
        """The number again. Raises `Unsealable` if its key is gone or the bytes were changed."""
        return self.open_bytes(cipher).decode()

    def open_bytes(self, cipher: bytes) -> bytes:
        """What `seal_bytes` has sealed. Raises `Unsealable` like `open`."""
        box = self._boxes.get(cipher[:4])
        if box is None:
            raise Unsealable
        try:
            return box.decrypt(cipher[4:16], cipher[16:], None)
        except InvalidTag as error:
            raise Unsealable from error
