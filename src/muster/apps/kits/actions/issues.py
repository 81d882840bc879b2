"""Kits handed out at a door: once a door and day, whoever is faster; taken back while fresh."""

from dataclasses import dataclass
from typing import NoReturn
from uuid import UUID

from django.db import IntegrityError, transaction

from muster.apps.audit.actions import current_actor, take_turns, write_line
from muster.apps.kits.actions.stock import hand_out, take_back
from muster.apps.kits.errors import (
    AlreadyIssued,
    IssueNotFound,
    KitsUsed,
    NobodyLivesHere,
    SeriesClosed,
    UndoTooLate,
)
from muster.apps.kits.models import KitIssue, KitResult, KitWord, Series
from muster.apps.kits.queries.doors import residents_behind
from muster.apps.kits.queries.phones import names_of_senders
from muster.apps.kits.queries.series import facts_of, rule_of, series_of
from muster.apps.people.queries.access import require
from muster.kernel import clock
from muster.protocols.access import Verb
from muster.protocols.decisions import Decision
from muster.protocols.kit_words import Kind
from muster.protocols.kits import WHOLE, Given, issue_decision, undo_decision


@dataclass(frozen=True, slots=True)
class Handed:
    """What became of an issue; `short`: how many kits were not there by the ledger."""

    issue: KitIssue
    short: int


def issue_kits(*, key: UUID, series: UUID, door: int, day: int, store: UUID) -> Handed:
    """Hand a door what it is due. The same `key` again is the same issue, also when it was taken
    back since. Of two at the same moment one wins; the other is told who and when.

    Raises `AlreadyIssued`, `SeriesClosed`, `NobodyLivesHere`, `NothingInStore`, `StoreNotFound`,
    `SeriesNotFound`, `NotAllowed`.
    """
    of = series_of(series)
    require(Verb.ISSUE_KITS, place=of.area)
    take_turns("kit issue", key)
    known = KitIssue.objects.filter(id=key).first()
    if known is not None:
        return Handed(known, 0)
    facts = facts_of(of)
    for_day = facts.issue_day(day if day in facts.days else facts.days[0])
    people = len(residents_behind(of, door))
    given = given_at(of, door, for_day)
    decision = issue_decision(facts, residents=people, given=given)
    if not decision:
        _refuse(decision)
    kits = dict(decision.data)["kits"]
    made = insert_issue(key, of, door, for_day, people=people, kits=kits)
    short = hand_out(made, store)
    write_line(
        action="kits_issued", area=of.area, subject=made.id, kits=made.kits, people=people,
        short=short,
    )  # fmt: skip
    return Handed(made, short)


def insert_issue(
    key: UUID, series: Series, door: int, day: int, *, people: int, kits: int, by: str = ""
) -> KitIssue:
    """The row, `by` whoever acts, or `AlreadyIssued` by whoever was faster: the constraint
    decides."""
    try:
        with transaction.atomic():
            return KitIssue.objects.create(
                id=key,
                series=series,
                area=series.area,
                door_id=door,
                day=day,
                residents=people,
                kits=kits,
                at=clock.now(),
                by=by or current_actor().name,
            )
    except IntegrityError:
        _refuse(issue_decision(facts_of(series), residents=1, given=given_at(series, door, day)))


def standing_issue(series: Series, door: int, day: int) -> KitIssue | None:
    """The issue that stands for this day; one for the whole series stands for every day."""
    return series.issues.filter(door=door, day__in={day, WHOLE}, returned_at=None).first()


def given_at(series: Series, door: int, day: int) -> Given | None:
    """Who handed out the issue that stands, and when."""
    found = standing_issue(series, door, day)
    return Given(found.by, found.at) if found else None


def _refuse(decision: Decision) -> NoReturn:
    data = dict(decision.data)
    if decision.reason_code == "already_issued":
        by = names_of_senders([data["by"]]).get(data["by"], "—")
        raise AlreadyIssued(by=by, at=clock.local(data["at"], "%m-%d %H:%M"), reason="")
    if decision.reason_code == "series_closed":
        raise SeriesClosed(reason="")
    raise NobodyLivesHere(reason="")


def undo_issue(*, issue: UUID) -> KitIssue:
    """The kits are back: a return in the ledger, and the door may be given some again. Where a
    second pair left some too, theirs is the issue from now on.

    Raises `IssueNotFound`, `UndoTooLate`, `KitsUsed`, `NotAllowed`.
    """
    found = KitIssue.objects.select_for_update().filter(id=issue).first()
    if found is None:
        raise IssueNotFound
    require(Verb.ISSUE_KITS, place=found.area)
    return bring_back(found)


def bring_back(found: KitIssue) -> KitIssue:
    """As `undo_issue`, of a locked issue, without asking who may."""
    if found.returned_at is not None:
        return found
    since = KitResult.objects.filter(series=found.series_id, door=found.door_id, at__gte=found.at)
    if found.day != WHOLE:
        since = since.filter(day=found.day)
    decision = undo_decision(
        rule_of(found.series), issued_at=found.at, now=clock.now(), results=since.count()
    )
    if decision.reason_code == "kits_used":
        raise KitsUsed(reason="")
    if not decision:
        raise UndoTooLate(reason="", **dict(decision.data))
    found.returned_at, found.returned_by = clock.now(), current_actor().name
    found.save(update_fields=["returned_at", "returned_by"])
    take_back(found.id)
    write_line(action="kits_taken_back", area=found.area, subject=found.id, kits=found.kits)
    _next_stands(found)
    return found


def _next_stands(gone: KitIssue) -> None:
    """Kits that a second pair left at the same door are its issue, now that the first is gone."""
    word = (
        KitWord.objects.select_for_update()
        .filter(
            series=gone.series_id,
            door=gone.door_id,
            day=gone.day,
            kind=Kind.ISSUE,
            code=AlreadyIssued.code,
            taken_back_at=None,
        )
        .order_by("received_at", "id")
        .first()
    )
    if word is None:
        return
    insert_issue(
        word.id, gone.series, gone.door_id, gone.day,
        people=gone.residents, kits=word.kits or 0, by=word.by,
    )  # fmt: skip
    word.state, word.code, word.data = KitWord.State.ACCEPTED, "", {}
    word.save(update_fields=["state", "code", "data"])
