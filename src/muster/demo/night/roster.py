"""Who stands where: planned, published, told; who came; who did not, replaced with one tap."""

from datetime import timedelta

from muster.apps.audit.actions import act_as, as_system
from muster.apps.notices.actions import deliver
from muster.apps.notices.queries import notice_about
from muster.apps.rosters.actions import (
    attendance_code,
    check_in,
    propose_plan,
    publish_plan,
    replace_no_show,
    take_attendance,
)
from muster.apps.rosters.errors import ReserveEmpty
from muster.apps.rosters.queries.rosters import assignments_of, gaps_of
from muster.demo.night.stage import Stage
from muster.kernel import clock
from muster.protocols.actors import Actor

NO_SHOW_EVERY = 30


def publish(stage: Stage) -> None:
    """Propose, look at the gaps, publish."""
    start = stage.at(1.5)
    with clock.travel(stage.at(1.2)), act_as(stage.actors["secretary"]):
        proposed = propose_plan(
            area=stage.community, title="第一夜排班", starts_at=start,
            ends_at=start + timedelta(hours=8),
        )  # fmt: skip
        publish_plan(plan=proposed.plan.id)
        gaps = gaps_of(proposed.plan.id)
        notice = notice_about(proposed.plan.id)
    if notice is not None:
        deliver(notice_id=notice.id)
    stage.plan = proposed.plan.id
    stage.note(wanted=proposed.wanted, placed=proposed.placed, short=proposed.short)
    stage.promise(proposed.placed + proposed.short == proposed.wanted, "seats do not add up")
    stage.promise(all(g.reason for g in gaps), "a gap without a reason")


def attend(stage: Stage) -> None:
    """Most scan the code at the post; a few do not come and are replaced."""
    came = replaced = 0
    with as_system("demo attendance"):
        rows = list(assignments_of(stage.plan))  # type: ignore[arg-type]
    for i, row in enumerate(rows):
        at = row.shift.starts_at + timedelta(minutes=i % 9 - 10)
        with clock.travel(at):
            if i % NO_SHOW_EVERY == NO_SHOW_EVERY - 1:
                replaced += _replace(stage, row.id)
                continue
            with act_as(stage.actors["secretary"]):
                code = attendance_code(post=row.shift.post_id)
            with act_as(Actor(f"person:{row.person_id}", person=row.person_id)):
                check_in(person=row.person_id, code=code)
                came += 1
    stage.note(came=came, replaced=replaced)
    stage.promise(came + len(rows) // NO_SHOW_EVERY == len(rows), "an attendance was lost")


def _replace(stage: Stage, assignment: object) -> bool:
    with act_as(stage.actors["secretary"]):
        take_attendance(assignment=assignment, present=False)  # type: ignore[arg-type]
    try:
        with act_as(stage.actors["secretary"]):
            stand_in = replace_no_show(assignment=assignment)  # type: ignore[arg-type]
            take_attendance(assignment=stand_in.id, present=True)
    except ReserveEmpty:
        return False
    return True
