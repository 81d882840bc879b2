"""The tables of `rosters`."""

from muster.apps.rosters.models.experience import Experience
from muster.apps.rosters.models.hours import OwnHours
from muster.apps.rosters.models.jobs import PlannerJob
from muster.apps.rosters.models.plans import KM, Assignment, Edit, Gap, Plan, Search
from muster.apps.rosters.models.posts import Ban, Post, Shift
from muster.apps.rosters.models.repairs import Change, Repair
from muster.apps.rosters.models.roles import RoleSwitch
from muster.apps.rosters.models.teams import TeamEdit, TeamPair, TeamSearch, TeamSeat, TeamSplit

__all__ = [
    "KM",
    "Assignment",
    "Ban",
    "Change",
    "Edit",
    "Experience",
    "Gap",
    "OwnHours",
    "Plan",
    "PlannerJob",
    "Post",
    "Repair",
    "RoleSwitch",
    "Search",
    "Shift",
    "TeamEdit",
    "TeamPair",
    "TeamSearch",
    "TeamSeat",
    "TeamSplit",
]
