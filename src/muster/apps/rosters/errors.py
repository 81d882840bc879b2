"""What can go wrong with posts, plans and rosters."""

from muster.kernel.errors import Conflict, Invalid, NotFound


class PlanNotFound(NotFound):
    """There is no such plan within your reach."""

    code = "plan_not_found"


class PlanNotDraft(Conflict):
    """This plan has been published or replaced. Make a new one."""

    code = "plan_not_draft"


class NothingToPlan(Invalid):
    """There are no open shifts in this time. Derive posts from a round, or add one by hand."""

    code = "nothing_to_plan"


class PostNotFound(NotFound):
    """There is no such post within your reach."""

    code = "post_not_found"


class BodiesMalformed(Invalid):
    """A joint post names {least} bodies at least and {most} at most."""

    code = "bodies_malformed"


class BodiesNested(Invalid):
    """{inner} is a part of {outer}: name one of them."""

    code = "bodies_nested"


class SeatsTooFew(Invalid):
    """A shift of this post wants {required} people: it cannot have one of each of {many} bodies."""

    code = "seats_too_few"


class TooManyBodies(Invalid):
    """The joint posts of this plan name {many} bodies, {most} at most: plan a smaller part."""

    code = "too_many_bodies"


class JointPostsIncomplete(Conflict):
    """{many} shifts of joint posts lack a body, the first: {post} {when}. The page of the plan
    lists them: confirm there that it is published so."""

    code = "joint_posts_incomplete"


class BanNotFound(NotFound):
    """This is not forbidden any more, or out of your reach."""

    code = "ban_not_found"


class HoursNotFound(NotFound):
    """These hours hold no more, or are out of your reach."""

    code = "hours_not_found"


class HoursMalformed(Invalid):
    """Own hours need a day of the week, and end after they begin, within a day."""

    code = "hours_malformed"


class AssignmentNotFound(NotFound):
    """There is no such assignment within your reach."""

    code = "assignment_not_found"


class CodeStale(Invalid):
    """This code has expired. Scan the one that is on the screen now."""

    code = "attendance_code_stale"


class NotOnRoster(NotFound):
    """You are not on the roster of this post. Ask the leader at the table."""

    code = "not_on_roster"


class ReserveEmpty(NotFound):
    """Nobody in the reserve can take this shift: {reason}"""

    code = "reserve_empty"


class RoleRefused(Invalid):
    """This person cannot take the role {role}: {reason}"""

    code = "role_refused"


class ShiftMalformed(Invalid):
    """A shift ends after it starts and needs at least as many as its minimum."""

    code = "shift_malformed"


class EditRefused(Invalid):
    """This breaks a rule: {reason}"""

    code = "edit_refused"


class NothingToUndo(Conflict):
    """There is nothing left to take back, or it has changed since."""

    code = "nothing_to_undo"


class SearchUnderWay(Conflict):
    """The planner is at work on this. Wait, or stop it."""

    code = "search_under_way"


class RepairStale(Conflict):
    """The roster has changed since this was proposed. Ask for a new proposal."""

    code = "repair_stale"


class NothingToRepair(Invalid):
    """Nothing to mend: nobody is missing, or nobody can come."""

    code = "nothing_to_repair"


class SplitNotFound(NotFound):
    """There are no such teams within your reach."""

    code = "split_not_found"


class SplitAccepted(Conflict):
    """These teams have been accepted. Make a new proposal."""

    code = "split_accepted"


class SplitRefused(Invalid):
    """The group cannot be split so: {reason}"""

    code = "split_refused"


class MoveRefused(Invalid):
    """This breaks a rule of the teams: {reason}"""

    code = "team_move_refused"


class GroupTooLarge(Invalid):
    """{people} people in {teams} teams: at the desk at most {most_people} in {most_teams}."""

    code = "group_too_large"
