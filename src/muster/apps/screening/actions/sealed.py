"""Sealed files of unsent records: the key pair of a round, and opening what comes back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import rsa

from muster.apps.kits.actions import kit_private_key
from muster.apps.people.actions.identity import keyring
from muster.apps.screening.errors import SealedUnreadable
from muster.apps.screening.models import Round, SealingKey
from muster.kernel import clock
from muster.protocols.sealing import (
    KIND,
    new_private_key,
    open_file,
    pack_private,
    public_jwk,
    read_private,
)

UNKNOWN = "it belongs to no round and no series of kits of this city"


def sealing_key(*, round_id: UUID) -> SealingKey:
    """The key pair of a round, made when its first phone asks for the slice."""
    found = SealingKey.objects.filter(round=round_id).first()
    if found is None:
        at = Round.objects.get(id=round_id)
        private = new_private_key()
        fresh = SealingKey(
            round=at,
            area=at.area,
            private=keyring().seal_bytes(pack_private(private)),
            public=public_jwk(private),
            made_at=clock.now(),
        )
        SealingKey.objects.bulk_create([fresh], ignore_conflicts=True)
        found = SealingKey.objects.get(round=round_id)
    return found


def open_sealed(*, file: Mapping[str, Any]) -> bytes:
    """The JSON inside a file: the token of the phone that made it, and what it had not sent.

    Whoever brings it reads nothing; the token inside says whose records they are. Raises
    `SealedUnreadable`.
    """
    if file.get("v") != 1 or file.get("kind") != KIND:
        raise SealedUnreadable(reason="it is not a file of unsent records")
    try:
        sealing = UUID(str(file.get("sealing")))
    except ValueError:
        raise SealedUnreadable(reason=UNKNOWN) from None
    return open_file(_private(sealing), file)


def _private(sealing: UUID) -> rsa.RSAPrivateKey:
    key = SealingKey.objects.filter(id=sealing).first()
    if key is None:
        other = kit_private_key(sealing=sealing)
        if other is None:
            raise SealedUnreadable(reason=UNKNOWN)
        return other
    return read_private(keyring().open_bytes(bytes(key.private)))
