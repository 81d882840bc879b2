"""A planner at work in a job: it tells how far it is, hears of a stop, and is taken for dead when
it has given no sign of life."""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from threading import Event, Thread
from uuid import UUID

from muster import planner
from muster.apps.audit.actions import as_system
from muster.apps.people.queries.access import account_of, actor_of
from muster.apps.rosters.errors import SearchUnderWay
from muster.apps.rosters.models import PlannerJob, Search, TeamSearch
from muster.kernel import clock
from muster.kernel.errors import MusterError
from muster.planner.city.incumbent import Incumbent
from muster.protocols.actors import Actor

OPEN = ("queued", "running", "stopping")
TELLS = 0.5
"""Seconds between two signs of life."""
SILENT = timedelta(minutes=2)
"""After so long without one, a search is taken for dead and may be begun again."""

type AnySearch = Search | TeamSearch


def watched[T](search: AnySearch, work: Callable[[planner.Watch], T]) -> T:
    """What `work` finds, done in a thread of its own, so that this one can tell of it and hear of a
    stop. Raises what `work` raises."""
    stop, latest, found = Event(), list[Incumbent](), list[T | BaseException]()
    watch = planner.Watch(report=latest.append, stop=stop)

    def run() -> None:
        try:
            found.append(work(watch))
        except BaseException as error:  # noqa: BLE001 -- raised again by the job's own thread
            found.append(error)

    worker = Thread(target=run, name="search", daemon=True)
    started = clock.now()
    worker.start()
    while worker.is_alive():
        worker.join(TELLS)
        if _tell(search, latest, (clock.now() - started).total_seconds()):
            stop.set()
    (result,) = found
    if isinstance(result, BaseException):
        raise result
    return result


def _tell(search: AnySearch, latest: list[Incumbent], spent: float) -> bool:
    """Write the sign of life. Whether the search is to stop."""
    last = latest[-1] if latest else None
    with as_system("search"):
        rows = type(search).objects.filter(id=search.id)
        rows.filter(state="queued").update(state="running")
        rows.update(
            spent=round(spent, 1), told_at=clock.now(), cost=last.cost if last else None,
            bound=last.bound if last and last.bound > 0 else None,
        )  # fmt: skip
        return not rows.filter(state="running").exists()


def concluded(search: AnySearch, work: Callable[[], None]) -> str:
    """Do the `work` of a job; the state it ends in. A refusal is kept for whoever asked; any other
    exception ends the search as failed, and is raised."""
    failed = PlannerJob.State.FAILED
    try:
        work()
    except MusterError as problem:
        _ended(search, state=failed, problem=problem.code)
        return failed.value
    except BaseException:
        with suppress(Exception):
            _ended(search, state=failed, problem="error")
        raise
    return PlannerJob.State.DONE.value


def _ended(search: AnySearch, **changed: object) -> None:
    """Note how a search ended."""
    with as_system("search"):
        type(search).objects.filter(id=search.id).update(told_at=clock.now(), **changed)


def sender_of(search: AnySearch) -> Actor:
    """Who set the planner to work, with what he may do now."""
    account = account_of(search.account) if search.account else None
    return actor_of(account) if account else Actor.nobody()


def refuse_overtaken(search: AnySearch) -> None:
    """Raises `SearchUnderWay`: it was taken for dead meanwhile, and may have been begun again."""
    if not type(search).objects.filter(id=search.id, state__in=OPEN).exists():
        raise SearchUnderWay(reason="")


def refuse_two(of: type[AnySearch], **about: UUID) -> None:
    """Raises `SearchUnderWay`; a search that has died is closed."""
    for search in of.objects.filter(state__in=OPEN, **about):
        if clock.now() - search.told_at < SILENT:
            raise SearchUnderWay(reason="")
        search.state = "failed"
        search.save(update_fields=["state"])
