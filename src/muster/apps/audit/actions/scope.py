"""Begin a transaction as somebody."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from uuid import UUID

import psycopg
from django.db import connection, transaction

from muster.apps.audit.actions.ageing import plans
from muster.apps.audit.actions.settings import is_spread, set_scope
from muster.apps.audit.errors import NoActor
from muster.protocols.actors import Actor, multirange

_actor: ContextVar[Actor | None] = ContextVar("muster_actor", default=None)


def current_actor() -> Actor:
    """Who acts in this transaction. Raises `NoActor` outside `act_as`."""
    actor = _actor.get()
    if actor is None:
        raise NoActor
    return actor


@contextmanager
def act_as(actor: Actor) -> Iterator[Actor]:
    """One transaction in which the database shows and takes only what `actor` reaches.

    Nests: the inner actor's reach holds inside, the outer one's again after.
    """
    outer = _actor.get()
    with transaction.atomic():
        _enter(actor)
        token = _actor.set(actor)
        try:
            yield actor
        finally:
            _actor.reset(token)
        if outer is not None:
            _enter(outer)


@contextmanager
def as_system(why: str) -> Iterator[Actor]:
    """`act_as` the program itself, for what no person's reach could do; `why` goes to the audit."""
    with act_as(Actor.system(why)) as actor:
        yield actor


def switch_actor(actor: Actor) -> None:
    """Go on in the running transaction as somebody else: the log-in has just become known."""
    _enter(actor)
    _actor.set(actor)


def _enter(actor: Actor) -> None:
    connection.ensure_connection()
    raw: psycopg.Connection = connection.connection
    set_scope(raw, scope_values(actor), spread=is_spread(raw))


@contextmanager
def fast_lane(
    actor: Actor, first: str, values: Mapping[str, object], *, alone: UUID | None = None
) -> Iterator[psycopg.Cursor]:
    """`act_as` for the few places where every millisecond counts: the scope and the `first` query
    go out in one round trip, on a cursor that keeps its statements prepared. Transactions that are
    `alone` for the same id wait for each other.

    Yields the cursor with the rows of `first`. Not for nesting.
    """
    with transaction.atomic():
        connection.ensure_connection()
        raw: psycopg.Connection = connection.connection
        cursor, spread = psycopg.Cursor(raw), is_spread(raw)
        with raw.pipeline():
            look = plans.renew(raw)
            set_scope(raw, scope_values(actor), spread=spread, alone=alone)
            cursor.execute(first, values, prepare=True)
        plans.seen(look)
        yield cursor


def scope_values(actor: Actor) -> list[str]:
    """What `set_scope` sets."""
    return [
        multirange(actor.places),
        multirange(actor.units),
        str(actor.person or ""),
        str(actor.account or ""),
    ]
