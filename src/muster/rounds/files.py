"""Areas and plans as JSON: what does not fit is named by its field, with the mend."""

import re

import msgspec

from muster import policies
from muster.policies.errors import UnknownPolicy
from muster.rounds.area import Area, faults_of
from muster.rounds.errors import BadArea, BadRoundPlan
from muster.rounds.plan import RoundPlan
from muster.rounds.plan import faults_of as faults_of_plan

_WHERE = re.compile(r"^(.*) - at `\$\.?(.*)`$", re.S)


def read_area(text: str | bytes) -> Area:
    """An area from JSON. Raises `BadArea`."""
    area = _decode(text, Area, BadArea)
    try:
        policy = policies.load(area.policy)
    except UnknownPolicy as unknown:
        raise BadArea(field="policy", reason=str(unknown)) from unknown
    roles = {role.key: bool(role.qualification) for role in policy.roles}
    for field, mend in faults_of(area, roles):
        raise BadArea(field=field, reason=mend)
    return area


def read_plan(text: str | bytes) -> RoundPlan:
    """A plan from JSON. Raises `BadRoundPlan`."""
    plan = _decode(text, RoundPlan, BadRoundPlan)
    if plan.policy not in policies.names():
        known = ", ".join(policies.names())
        raise BadRoundPlan(field="policy", reason=f"no such policy; known are {known}")
    for field, mend in faults_of_plan(plan):
        raise BadRoundPlan(field=field, reason=mend)
    return plan


def write_plan(plan: RoundPlan) -> str:
    """The plan as JSON, indented, as `read_plan` takes it."""
    return msgspec.json.format(msgspec.json.encode(plan), indent=1).decode()


def _decode[T](text: str | bytes, kind: type[T], error: type[BadArea | BadRoundPlan]) -> T:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as problem:
        found = _WHERE.match(str(problem))
        field, reason = (found[2], found[1]) if found else ("the file", str(problem))
        raise error(field=field or "the file", reason=reason) from problem
    except (msgspec.DecodeError, UnicodeDecodeError) as problem:
        raise error(field="the file", reason=f"is not JSON: {problem}") from problem
