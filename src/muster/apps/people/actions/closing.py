"""Close an account, end a temporary body."""

from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.people.errors import OrganisationNotFound, PersonNotFound
from muster.apps.people.models import Account, Membership, Organisation
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb


def close_account(*, account: UUID) -> Account:
    """Nobody enters with it from now on. Raises `PersonNotFound`, `NotAllowed`."""
    found = Account.objects.select_for_update().filter(id=account).first()
    if found is None:
        raise PersonNotFound
    require(Verb.MANAGE_ACCOUNTS, place=found.area)
    found.is_active = False
    found.save(update_fields=["is_active"])
    write_line(action="account_closed", area=found.area, subject=found.id)
    return found


def end_body(*, body: UUID) -> Organisation:
    """A temporary body has done its work; its memberships end with it.

    Raises `OrganisationNotFound` (also for a standing body), `NotAllowed`.
    """
    found = Organisation.objects.select_for_update().filter(id=body).first()
    if found is None or found.starts_at is None:
        raise OrganisationNotFound
    require(Verb.MANAGE_BODIES, place=found.area)
    now = clock.now()
    found.ends_at = now
    found.save(update_fields=["ends_at"])
    Membership.objects.filter(organisation=found, until=None).update(until=now)
    write_line(action="body_ended", area=found.area, subject=found.id)
    return found
