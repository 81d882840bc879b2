"""The writes of `rosters`."""

from muster.apps.rosters.actions.attendance import (
    attendance_code,
    check_in,
    check_out,
    replace_no_show,
    take_attendance,
)
from muster.apps.rosters.actions.bans import forbid_post, lift_ban
from muster.apps.rosters.actions.edits import (
    add_person,
    exchange_person,
    move_person,
    pin_person,
    remove_person,
    undo_edit,
)
from muster.apps.rosters.actions.experience import mark_experience
from muster.apps.rosters.actions.hours import lift_hours, set_hours
from muster.apps.rosters.actions.plans import Proposed, propose_plan, publish_plan
from muster.apps.rosters.actions.posts import (
    NewPost,
    NewShift,
    mark_joint,
    mark_led,
    mark_vanguard,
    open_posts,
)
from muster.apps.rosters.actions.repairs import accept_repair, dismiss_repair, propose_repair
from muster.apps.rosters.actions.roles import switch_role
from muster.apps.rosters.actions.searches import (
    replan,
    restart_search,
    run_search,
    start_plan,
    stop_search,
)
from muster.apps.rosters.actions.watching import SILENT

__all__ = [
    "SILENT",
    "NewPost",
    "NewShift",
    "Proposed",
    "accept_repair",
    "add_person",
    "attendance_code",
    "check_in",
    "check_out",
    "dismiss_repair",
    "exchange_person",
    "forbid_post",
    "lift_ban",
    "lift_hours",
    "mark_experience",
    "mark_joint",
    "mark_led",
    "mark_vanguard",
    "move_person",
    "open_posts",
    "pin_person",
    "propose_plan",
    "propose_repair",
    "publish_plan",
    "remove_person",
    "replace_no_show",
    "replan",
    "restart_search",
    "run_search",
    "set_hours",
    "start_plan",
    "stop_search",
    "switch_role",
    "take_attendance",
    "undo_edit",
]
