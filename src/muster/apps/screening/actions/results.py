"""Results by file: each row to its tube, each tube to its people; a positive pool at once to ten
recalls."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.audit.actions import current_actor, write_line
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.people.queries.access import require
from muster.apps.screening.errors import RecallNotFound, RecallOutOfOrder
from muster.apps.screening.models import Recall, Result, Round, Tube, log_key
from muster.apps.screening.queries.rounds import members_of, round_of
from muster.kernel import clock
from muster.kernel.ids import new_id
from muster.protocols.access import Verb
from muster.protocols.recalls import may_become
from muster.protocols.screening import FollowUp, pool_follow_up


@dataclass(frozen=True, slots=True)
class ResultRow:
    """A tube and what the laboratory found, from row `row` of the file. `at`: when, as the
    laboratory says; `doubt`: what could not be read beside the result."""

    row: int
    tube: str
    value: str
    at: datetime | None = None
    doubt: str = ""


@dataclass(frozen=True, slots=True)
class ResultsReport:
    """What became of a file: rows applied, rows that wait with a code, recalls opened."""

    batch: UUID
    applied: int
    waiting: int
    recalls: int
    rows: tuple[Result, ...] = ()


def import_results(
    *, round_id: UUID, rows: Sequence[ResultRow], laboratory: UUID | None = None
) -> ResultsReport:
    """Take results row by row; what does not fit waits: ``tube_unknown``, ``result_unknown``,
    ``result_differs`` (a tube twice with different results; the graver stands).

    Raises `RoundNotFound`, `NotAllowed`.
    """
    round_ = round_of(round_id)
    require(Verb.IMPORT_RESULTS, place=round_.area)
    kinds = {kind.key for kind in policies.load(settings.MUSTER_POLICY).screening.results}
    key = log_key(round_.area, round_id)
    rows_of = Tube.objects.select_for_update().filter(**key, area=round_.area)
    tubes = {t.code: t for t in rows_of.order_by("code")}
    batch, now = new_id(), clock.now()
    kept, opened = [], 0
    applied: dict[str, Tube] = {}
    for row in rows:
        code = _judge(row, tubes, kinds)
        kept.append(
            Result(
                round=round_,
                area=round_.area,
                batch=batch,
                row=row.row,
                tube=row.tube[:64],
                value=row.value[:10],
                state=Result.State.WAITING if code else Result.State.APPLIED,
                code=code or row.doubt,
                laboratory=laboratory,
                reported_at=row.at,
                received_at=now,
            )
        )
        tube = tubes.get(row.tube)
        if tube is not None and code != "result_unknown" and _graver(row.value, tube.result):
            tube.result, tube.resulted_at = row.value, now
            applied[tube.code] = tube
    Result.objects.bulk_create(kept, batch_size=2000)
    for value in {t.result for t in applied.values()}:
        codes = [t.code for t in applied.values() if t.result == value]
        Tube.objects.filter(**key, code__in=codes).update(result=value, resulted_at=now)
    for tube in applied.values():
        opened += follow_up(round_, tube)
    waiting = sum(1 for r in kept if r.state == Result.State.WAITING)
    write_line(
        action="results_imported", area=round_.area, subject=round_id, rows=len(kept),
        waiting=waiting, recalls=opened,
    )  # fmt: skip
    return ResultsReport(batch, len(kept) - waiting, waiting, opened, tuple(kept))


def _judge(row: ResultRow, tubes: dict[str, Tube], kinds: set[str]) -> str:
    if row.value not in kinds:
        return "result_unknown"
    tube = tubes.get(row.tube)
    if tube is None:
        return "tube_unknown"
    return "result_differs" if tube.result and tube.result != row.value else ""


def _graver(new: str, old: str) -> bool:
    """Whether a result asks for more than the one that a tube has: then it stands."""
    if not old:
        return True
    policy = policies.load(settings.MUSTER_POLICY)
    asked, had = pool_follow_up(policy, new), pool_follow_up(policy, old)
    return (asked.recall, asked.hold) > (had.recall, had.hold)


def follow_tubes(round_id: UUID, codes: Collection[str]) -> None:
    """Whoever came into one of these tubes, which have their result, hears what others heard."""
    if not codes:
        return
    round_ = round_of(round_id)
    for tube in Tube.objects.filter(**log_key(round_.area, round_id), code__in=codes):
        follow_up(round_, tube, newcomers=True)


def follow_up(round_: Round, tube: Tube, *, newcomers: bool = False) -> int:
    """Open what a tube's result asks for and tell its people (of `newcomers`, only those who were
    not recalled by it before); how many. Nobody's name leaves the database."""
    follow = pool_follow_up(policies.load(settings.MUSTER_POLICY), tube.result)
    if not follow.recall:
        return 0
    people = {m.person for m in members_of(round_.id, tube.code) if m.person}
    if newcomers:
        known = Recall.objects.filter(round=round_, tube=tube.code)
        people -= set(known.values_list("person_id", flat=True))
    if not people:
        return 0
    now = clock.now()
    Recall.objects.bulk_create(
        [
            Recall(
                round=round_,
                tube=tube.code,
                person_id=person,
                area=round_.area,
                because=tube.result,
                opened_at=now,
                due_at=now + timedelta(minutes=follow.deadline_minutes),
            )
            for person in sorted(people)
        ],
        ignore_conflicts=True,
    )
    _tell(round_, people, follow)
    return len(people)


def _tell(round_: Round, people: set[UUID], follow: FollowUp) -> None:
    stay = "请留在家中，医护人员将上门复采。" if follow.hold else "请按通知到采样点复采。"
    notice = create_notice(
        kind="recall",
        title="复采通知 · Re-test",
        body=f"{stay} Please stay at home; a team will come to you.",
        area=round_.area,
        about=round_.id,
    )
    address_persons(notice=notice, persons={p: {} for p in people})
    enqueue_delivery(notice=notice.id)


def settle_recall(*, recall: UUID, state: str) -> Recall:
    """The single re-test: sampled, then released (negative) or positive.

    Raises `RecallNotFound`, `RecallOutOfOrder`, `NotAllowed`.
    """
    found = Recall.objects.select_for_update().filter(id=recall).first()
    if found is None:
        raise RecallNotFound
    require(Verb.RECALL, place=found.area)
    if not may_become(found.state, state):
        raise RecallOutOfOrder(reason="")
    found.state = Recall.State(state)
    if found.state in (Recall.State.RELEASED, Recall.State.POSITIVE):
        found.closed_at, found.closed_by = clock.now(), current_actor().name
    found.save(update_fields=["state", "closed_at", "closed_by"])
    write_line(action="recall_settled", area=found.area, subject=recall, state=state)
    return found
