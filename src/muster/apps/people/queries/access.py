"""What the acting account may do; asked by every action before it writes."""

from uuid import UUID

from muster.apps.audit.actions import current_actor
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Account, GrantRow
from muster.kernel import clock
from muster.protocols.access import AccessRole, CodeRange, Grant, Verb, allows
from muster.protocols.actors import Actor


def may(verb: Verb, *, place: int | None = None, unit: int | None = None) -> bool:
    """Whether the acting account may do this there."""
    actor = current_actor()
    if actor.is_system:
        return True
    return bool(allows(actor.grants, verb, place_code=place, unit_code=unit, at=clock.now()))


def require(verb: Verb, *, place: int | None = None, unit: int | None = None) -> None:
    """Raises `NotAllowed` unless the acting account may do this there."""
    if not may(verb, place=place, unit=unit):
        raise NotAllowed(verb=verb.value)


def require_for(person: UUID, own: Verb, other: Verb, *, place: int) -> None:
    """Raises `NotAllowed` unless somebody does this for himself (`own`), or may do it for others
    there (`other`)."""
    if current_actor().person == person and may(own):
        return
    require(other, place=place)


def actor_of(account: Account) -> Actor:
    """The actor of a log-in: its grants that have not run out, and the person it belongs to."""
    grants = tuple(_grant(g) for g in GrantRow.objects.filter(account=account))
    now = clock.now()
    return Actor.of_grants(
        f"account:{account.id}",
        tuple(g for g in grants if g.until is None or g.until > now),
        account=account.id,
        person=account.person_id,
    )


def _grant(row: GrantRow) -> Grant:
    return Grant(
        role=AccessRole(row.role),
        places=_range(row.place_low, row.place_high),
        units=_range(row.unit_low, row.unit_high),
        until=row.until,
    )


def person_actor(person: UUID) -> Actor:
    """Somebody with a personal link and no account: his own rows, nothing else."""
    return Actor(name=f"person:{person}", person=person, grants=(Grant(role=AccessRole.VOLUNTEER),))


def _range(low: int | None, high: int | None) -> tuple[CodeRange, ...]:
    return () if low is None or high is None else ((low, high),)


def account_of(account_id: UUID) -> Account | None:
    """The account, if it is active and has not run out."""
    account = Account.objects.filter(id=account_id, is_active=True).first()
    if account is None or (account.expires_at is not None and account.expires_at <= clock.now()):
        return None
    return account


def count_accounts() -> int:
    """How many accounts there are within reach."""
    return Account.objects.filter(is_active=True).count()


def demo_account(persona: str) -> Account | None:
    """The demo's account of a persona."""
    return Account.objects.filter(persona=persona, is_active=True).order_by("created_at").first()


def demo_accounts() -> list[Account]:
    """All personas of the demo, in the order in which they were made."""
    return list(Account.objects.exclude(persona="").order_by("created_at"))
