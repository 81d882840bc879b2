"""Sealed files of what phones have not sent: the key pair of a series."""

from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import rsa

from muster.apps.kits.models import KitSealingKey
from muster.apps.people.actions import keyring
from muster.kernel import clock
from muster.protocols.sealing import new_private_key, pack_private, public_jwk, read_private


def kit_sealing_key(*, series: UUID) -> KitSealingKey:
    """The key pair of a series, made when its first phone asks for its doors."""
    found = KitSealingKey.objects.filter(series=series).first()
    if found is None:
        private = new_private_key()
        fresh = KitSealingKey(
            series_id=series,
            private=keyring().seal_bytes(pack_private(private)),
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
    return read_private(keyring().open_bytes(bytes(found.private)))
