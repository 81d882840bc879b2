"""The writes of `rosters`."""

from muster.apps.rosters.actions.attendance import (
    attendance_code,
    check_in,
    check_out,
    replace_no_show,
    take_attendance,
)
from muster.apps.rosters.actions.plans import (
    Proposed,
    move_person,
    propose_plan,
    publish_plan,
    remove_person,
)
from muster.apps.rosters.actions.posts import NewPost, NewShift, open_posts
from muster.apps.rosters.actions.roles import switch_role

__all__ = [
    "NewPost",
    "NewShift",
    "Proposed",
    "attendance_code",
    "check_in",
    "check_out",
    "move_person",
    "open_posts",
    "propose_plan",
    "publish_plan",
    "remove_person",
    "replace_no_show",
    "switch_role",
    "take_attendance",
]
