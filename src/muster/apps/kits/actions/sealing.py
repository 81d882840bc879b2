"""Sealed files of what phones have not sent: the key pair of a series."""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from muster.apps.kits.models import KitSealingKey
from muster.apps.people.actions import keyring
from muster.kernel import clock
from muster.protocols.sealing import public_jwk

BITS = 2048


def kit_sealing_key(*, series: UUID) -> KitSealingKey:
    """The key pair of a series, made when its first phone asks for its doors."""
    found = KitSealingKey.objects.filter(series=series).first()
    if found is None:
        private = rsa.generate_private_key(public_exponent=65537, key_size=BITS)
        der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        fresh = KitSealingKey(
            series_id=series,
            private=keyring().seal_bytes(der),
            public=public_jwk(private),
            made_at=clock.now(),
        )
        KitSealingKey.objects.bulk_create([fresh], ignore_conflicts=True)
        found = KitSealingKey.objects.get(series=series)
    return found


def kit_private_key(*, sealing: UUID) -> rsa.RSAPrivateKey | None:
    """What opens the files under a key; None where it is no series' key."""
    found = KitSealingKey.objects.filter(id=sealing).first()
    if found is None:
        return None
    private = load_der_private_key(keyring().open_bytes(bytes(found.private)), None)
    if not isinstance(private, rsa.RSAPrivateKey):
        raise TypeError("the sealing key is not RSA")
    return private
