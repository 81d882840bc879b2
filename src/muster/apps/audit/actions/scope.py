"""Begin a transaction as somebody."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from uuid import UUID

import psycopg
from django.db import connection, transaction
from psycopg.pq import TransactionStatus

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


@dataclass(slots=True)
class Lane:
    """A transaction that few round trips carry; `cursor` has the rows of its first query."""

    cursor: psycopg.Cursor
    end: str
    done: bool = False

    def last(self, query: str, values: Mapping[str, object]) -> psycopg.Cursor:
        """The last statement of the transaction and its end, in one round trip; the cursor has the
        statement's rows."""
        with self.cursor.connection.pipeline():
            self.cursor.execute(query, values, prepare=True)
            psycopg.Cursor(self.cursor.connection).execute(self.end)
        self.done = True
        return self.cursor


OWN = ("BEGIN", "COMMIT", "ROLLBACK")
INNER = ("SAVEPOINT fast_lane", "RELEASE SAVEPOINT fast_lane", "ROLLBACK TO SAVEPOINT fast_lane")
"""How a transaction begins, ends and is given up: one of its own, or within another."""


@contextmanager
def fast_lane(
    actor: Actor, first: str, values: Mapping[str, object], *, alone: UUID | None = None
) -> Iterator[Lane]:
    """`act_as` for the few places where every millisecond counts: the begin, the scope and the
    `first` query go out in one round trip, the `last` statement and the commit in another; the
    cursor keeps its statements prepared. Transactions that are `alone` for the same id wait for
    each other.

    Not for nesting, and Django's own transactions are not begun inside. Raises Django's database
    errors; then nothing of it is kept.
    """
    connection.ensure_connection()
    raw: psycopg.Connection = connection.connection
    begin, end, give_up = INNER if connection.in_atomic_block else OWN
    lane = Lane(psycopg.Cursor(raw), end)
    with connection.wrap_database_errors:
        spread = is_spread(raw)
        try:
            with raw.pipeline():
                psycopg.Cursor(raw).execute(begin)
                look = plans.renew(raw)
                set_scope(raw, scope_values(actor), spread=spread, alone=alone)
                lane.cursor.execute(first, values, prepare=True)
            plans.seen(look)
            yield lane
            if not lane.done:
                raw.execute(end)
        except BaseException:
            ended = lane.done or raw.closed or raw.info.transaction_status == TransactionStatus.IDLE
            if not ended:
                raw.execute(give_up)
            raise


def scope_values(actor: Actor) -> list[str]:
    """What `set_scope` sets."""
    return [
        multirange(actor.places),
        multirange(actor.units),
        str(actor.person or ""),
        str(actor.account or ""),
    ]
