"""Accounts, grants, and passes for hands that are needed for one night."""

import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from uuid import UUID

from django.db.models import F

from muster.apps.audit.actions import act_as, current_actor, write_line
from muster.apps.people.errors import PassSpent
from muster.apps.people.models import Account, GrantRow, SurgePass
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.actors import Actor


def create_account(
    *,
    username: str,
    display_name: str,
    area: int,
    password: str | None = None,
    person: UUID | None = None,
    expires_at: datetime | None = None,
    persona: str = "",
) -> Account:
    """A log-in that belongs to a place. Without a password it is entered by pass or demo only."""
    require(Verb.MANAGE_ACCOUNTS, place=area)
    account = Account.objects.create_user(
        username=username,
        password=password,
        display_name=display_name,
        area=area,
        person_id=person,
        expires_at=expires_at,
        created_at=clock.now(),
        persona=persona,
    )
    write_line(action="account_created", area=area, subject=account.id)
    return account


def grant_role(
    *,
    account: UUID,
    role: str,
    places: tuple[int, int] | None = None,
    units: tuple[int, int] | None = None,
    until: datetime | None = None,
) -> GrantRow:
    """Give a role over a range of places or units (inclusive codes).

    Raises `NotAllowed`: nobody grants what lies outside his own reach.
    """
    to = Account.objects.get(id=account)
    if places is not None:
        for end in places:
            require(Verb.MANAGE_ACCOUNTS, place=end)
    else:
        require(Verb.MANAGE_ACCOUNTS, place=to.area)
    grant = GrantRow.objects.create(
        account=to,
        role=role,
        place_low=places and places[0],
        place_high=places and places[1],
        unit_low=units and units[0],
        unit_high=units and units[1],
        until=until,
        area=to.area,
    )
    write_line(action="role_granted", area=to.area, subject=to.id, role=role)
    return grant


def make_surge_pass(*, role: str, area: int, uses: int, valid: timedelta, hours: int = 12) -> str:
    """A token for a QR that opens `uses` short-lived accounts of `role` in one community."""
    require(Verb.MANAGE_ACCOUNTS, place=area)
    token = secrets.token_urlsafe(18)
    made = SurgePass.objects.create(
        token_hash=sha256(token.encode()).digest(),
        role=role,
        area=area,
        uses_left=uses,
        expires_at=clock.now() + valid,
        hours=hours,
        made_by=current_actor().name,
    )
    write_line(action="pass_made", area=area, subject=made.id, role=role, uses=uses)
    return token


def use_surge_pass(*, token: str, display_name: str) -> Account:
    """Open a short-lived account. Raises `PassSpent`: expired, used up, unknown."""
    with act_as(Actor.system("surge pass")):
        surge = (
            SurgePass.objects.select_for_update()
            .filter(
                token_hash=sha256(token.encode()).digest(),
                uses_left__gt=0,
                expires_at__gt=clock.now(),
            )
            .first()
        )
        if surge is None:
            raise PassSpent(reason="")
        SurgePass.objects.filter(id=surge.id).update(uses_left=F("uses_left") - 1)
        until = clock.now() + timedelta(hours=surge.hours)
        account = create_account(
            username=f"surge-{secrets.token_hex(5)}",
            display_name=display_name.strip()[:40],
            area=surge.area,
            expires_at=until,
        )
        grant_role(
            account=account.id, role=surge.role, places=(surge.area, surge.area), until=until
        )
        return account


def end_expired_accounts() -> int:
    """Close accounts whose time is over; how many."""
    return Account.objects.filter(is_active=True, expires_at__lte=clock.now()).update(
        is_active=False
    )
