"""Residents' codes: the key that signs them, a code on a screen, the sheets for a building."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_der_private_key,
)

from muster.apps.audit.actions import write_line
from muster.apps.communities.queries.doors import Resident, residents_of
from muster.apps.communities.queries.places import place_of
from muster.apps.people.actions.identity import keyring
from muster.apps.people.queries.access import require
from muster.apps.screening.errors import KeyNotRetired, KeyUntilTooLate
from muster.apps.screening.models import CodeKey
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.codes import LARGEST, Kind, public_jwk, sign_code

SCREEN = timedelta(minutes=10)
PAPER = timedelta(days=180)


@dataclass(frozen=True, slots=True)
class PaperCode:
    """A code on paper: one person, or the family behind a door."""

    label: str
    names: tuple[str, ...]
    text: str
    expires: datetime


def signing_key() -> CodeKey:
    """The key that signs now; made at the first need."""
    found = CodeKey.objects.filter(retired_at=None).first()
    if found is None:
        CodeKey.objects.bulk_create([_fresh_key()], ignore_conflicts=True)
        found = CodeKey.objects.get(retired_at=None)
    return found


def _fresh_key() -> CodeKey:
    private = ec.generate_private_key(ec.SECP256R1())
    der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    return CodeKey(
        number=secrets.randbits(32),
        private=keyring().seal_bytes(der),
        public=public_jwk(private),
        made_at=clock.now(),
    )


def rotate_key(*, believed_until: datetime) -> CodeKey:
    """A new key signs from now on. Codes of the one before are believed until then: for as long as
    its paper lasts, or not at all where it has been stolen (a moment that has passed). The
    program's own work. Raises `KeyUntilTooLate` where no code of it lasts that long."""
    now = clock.now()
    if believed_until > now + PAPER:
        raise KeyUntilTooLate(days=PAPER.days, reason="")
    old = CodeKey.objects.select_for_update().filter(retired_at=None).first()
    if old is not None:
        old.retired_at, old.believed_until = now, believed_until
        old.save(update_fields=["retired_at", "believed_until"])
    fresh = _fresh_key()
    fresh.save(force_insert=True)
    write_line(
        action="code_key_rotated", area=0, subject=fresh.number, stream="keys",
        until=believed_until.isoformat(),
    )  # fmt: skip
    return fresh


def disbelieve_key(*, number: int) -> CodeKey:
    """Codes of a retired key are not believed any more. Raises `KeyNotRetired`."""
    found = CodeKey.objects.select_for_update().filter(number=number).first()
    if found is None or found.retired_at is None:
        raise KeyNotRetired(reason="")
    found.believed_until = clock.now()
    found.save(update_fields=["believed_until"])
    write_line(action="code_key_disbelieved", area=0, subject=number, stream="keys")
    return found


def _sign(kind: Kind, groups: Iterable[Sequence[UUID]], valid: timedelta) -> list[str]:
    key = signing_key()
    private = load_der_private_key(keyring().open_bytes(bytes(key.private)), None)
    if not isinstance(private, ec.EllipticCurvePrivateKey):
        raise TypeError("the signing key is not of P-256")
    expires = int((clock.now() + valid).timestamp())
    return [
        sign_code(private, number=key.number, kind=kind, expires=expires, persons=group)
        for group in groups
    ]


def screen_code(*, persons: Sequence[UUID]) -> tuple[str, datetime]:
    """A code to show on a screen, and when it runs out: a photograph of it is soon worth nothing.
    Whoever calls has made sure who asks."""
    (text,) = _sign(Kind.SCREEN, [persons[:LARGEST]], SCREEN)
    return text, clock.now() + SCREEN


def paper_codes(*, place: int) -> list[PaperCode]:
    """Codes to print for everybody below a place, door by door: the family's where more than one
    live there, then each one's own. Raises `NotAllowed`, `PlaceNotFound`."""
    at = place_of(place)
    require(Verb.VIEW_PEOPLE, place=at.area)
    cards: list[tuple[str, list[Resident]]] = []
    for label, behind in groupby(residents_of(at.area, within=at.id), lambda r: (r.place, r.label)):
        family = list(behind)
        if 1 < len(family) <= LARGEST:
            cards.append((label[1], family))
        cards += [(label[1], [one]) for one in family]
    texts = _sign(Kind.PAPER, [[r.person for r in who] for _, who in cards], PAPER)
    write_line(action="codes_printed", area=at.area, subject=at.id, codes=len(cards))
    expires = clock.now() + PAPER
    return [
        PaperCode(label, tuple(r.name for r in who), text, expires)
        for (label, who), text in zip(cards, texts, strict=True)
    ]
