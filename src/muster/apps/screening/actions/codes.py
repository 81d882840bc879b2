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
        private = ec.generate_private_key(ec.SECP256R1())
        der = private.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        fresh = CodeKey(
            number=secrets.randbits(32),
            private=keyring().seal_bytes(der),
            public=public_jwk(private),
            made_at=clock.now(),
        )
        CodeKey.objects.bulk_create([fresh], ignore_conflicts=True)
        found = CodeKey.objects.get(retired_at=None)
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
