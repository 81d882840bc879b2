"""The code of a door: a signed link to the page on which its people report, without an account."""

from django.conf import settings
from django.core import signing

from muster import policies
from muster.apps.communities.queries.places import place_of
from muster.apps.kits.errors import HouseholdLinkSpent
from muster.apps.people.queries.access import require
from muster.protocols.access import Verb

LINK = signing.TimestampSigner(salt="kits")


def household_link(*, door: int) -> str:
    """The token of a door's page. Raises `PlaceNotFound`, `NotAllowed`."""
    place = place_of(door)
    require(Verb.RECORD_KIT_RESULT, place=place.area)
    return LINK.sign(f"{place.area}.{door}").replace(":", "~")


def read_household_link(token: str) -> tuple[int, int]:
    """Community and door of a token. Raises `HouseholdLinkSpent`."""
    days = policies.load(settings.MUSTER_POLICY).antigen.link_days
    try:
        value = LINK.unsign(token.replace("~", ":"), max_age=days * 86400)
    except signing.BadSignature as error:
        raise HouseholdLinkSpent(reason="") from error
    area, _, door = value.partition(".")
    return int(area), int(door)
