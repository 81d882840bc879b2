"""The code of a door: a signed link to the page on which its people report, without an account."""

from django.conf import settings
from django.core import signing

from muster import policies
from muster.apps.audit.actions import write_line
from muster.apps.communities.queries.places import place_of
from muster.apps.kits.errors import HouseholdLinkSpent
from muster.apps.kits.models import DoorCode
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb

LINK = signing.TimestampSigner(salt="kits")


def household_link(*, door: int) -> str:
    """The token of a door's page. Raises `PlaceNotFound`, `NotAllowed`."""
    place = place_of(door)
    require(Verb.RECORD_KIT_RESULT, place=place.area)
    return LINK.sign(f"{place.area}.{door}.{_version(door)}").replace(":", "~")


def read_household_link(token: str) -> tuple[int, int]:
    """Community and door of a token. Raises `HouseholdLinkSpent`: too old, revoked, not ours."""
    days = policies.load(settings.MUSTER_POLICY).antigen.link_days
    try:
        value = LINK.unsign(token.replace("~", ":"), max_age=days * 86400)
    except signing.BadSignature as error:
        raise HouseholdLinkSpent(reason="") from error
    # Papers from before codes had versions have none: they are the first.
    area, door, version = (*map(int, value.split(".")), 0)[:3]
    if version != _version(door):
        raise HouseholdLinkSpent(reason="")
    return area, door


def revoke_household_link(*, door: int) -> int:
    """Every paper of this door that is out is refused from now on; the version that is believed.

    Raises `PlaceNotFound`, `NotAllowed`.
    """
    place = place_of(door)
    require(Verb.RECORD_KIT_RESULT, place=place.area)
    code, fresh = DoorCode.objects.select_for_update().get_or_create(
        door=place, defaults={"version": 1, "at": clock.now()}
    )
    if not fresh:
        code.version, code.at = code.version + 1, clock.now()
        code.save(update_fields=["version", "at"])
    write_line(action="kit_code_revoked", area=place.area, subject=door, version=code.version)
    return code.version


def _version(door: int) -> int:
    return DoorCode.objects.filter(door=door).values_list("version", flat=True).first() or 0
