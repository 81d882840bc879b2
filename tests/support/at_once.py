"""Two at the same moment, on two connections."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event

from django.db import connections, transaction

SOON = 0.5
"""Seconds for which the first leaves its transaction open, if the second does not end before. The
second is at the lock by then; on a slow machine it comes after the first, which is right too."""


def meanwhile(first: Callable[[], object], second: Callable[[], object]) -> list[object]:
    """What both return; `second` begins while the transaction of `first` is open."""
    begun, done = Event(), Event()

    def open_for_long() -> object:
        try:
            with transaction.atomic():
                found = first()
                begun.set()
                done.wait(SOON)
                return found
        finally:
            begun.set()
            connections.close_all()

    def beside() -> object:
        begun.wait(60)
        try:
            return second()
        finally:
            done.set()
            connections.close_all()

    with ThreadPoolExecutor(2) as pool:
        return [each.result(60) for each in (pool.submit(open_for_long), pool.submit(beside))]


def together[T](*acts: Callable[[], T]) -> list[T]:
    """What each returns; all begin at the same moment."""
    ready = Barrier(len(acts))

    def begin(act: Callable[[], T]) -> T:
        ready.wait(30)
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(begin, acts))
