"""Who may do what, where: one table of roles, verbs and scope.

A cell says how far a role's verb reaches: ``PLACE`` within the grant's places, ``UNIT`` within its
units, ``OWN`` the actor's own record only (the action compares the person), ``ALL`` everywhere. An
empty cell is a no. PostgreSQL's row-level security repeats the scope from `reach`.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from muster.protocols.decisions import Decision, allow, refuse

CodeRange = tuple[int, int]
PLACE_DIGITS = 12
UNIT_DIGITS = 15
_UNIT_STEP = 3


class AccessRole(StrEnum):
    """What somebody is in Muster (the front-line roles of a roster are data of the policy)."""

    PLATFORM_ADMIN = "platform_admin"
    CITY_HQ = "city_hq"
    DISTRICT_HQ = "district_hq"
    STREET_OFFICE = "street_office"
    COMMUNITY_SECRETARY = "community_secretary"
    GRID_WORKER = "grid_worker"
    BUILDING_HEAD = "building_head"
    RECORDER = "recorder"
    SUPPLIES_COORDINATOR = "supplies_coordinator"
    CHECKPOINT_LEADER = "checkpoint_leader"
    ORG_CONTACT = "org_contact"
    VOLUNTEER = "volunteer"
    RESIDENT = "resident"
    AUDITOR = "auditor"
    LABORATORY = "laboratory"


class Verb(StrEnum):
    """Everything that is asked for before it is done or shown."""

    VIEW_PEOPLE = "view_people"
    REVEAL_ID_NUMBER = "reveal_id_number"
    EDIT_PEOPLE = "edit_people"
    IMPORT_PEOPLE = "import_people"
    SETTLE_DOUBTS = "settle_doubts"
    VIEW_ZONES = "view_zones"
    SEAL_ZONE = "seal_zone"
    LIFT_ZONE = "lift_zone"
    ISSUE_CALL = "issue_call"
    VIEW_CALL = "view_call"
    ACKNOWLEDGE_CALL = "acknowledge_call"
    OFFER_PEOPLE = "offer_people"
    SIGN_UP = "sign_up"
    VIEW_SIGN_UPS = "view_sign_ups"
    REPORT_IN = "report_in"
    CONFIRM_REPORT_IN = "confirm_report_in"
    SWITCH_ROLE = "switch_role"
    VIEW_ROSTER = "view_roster"
    PLAN_ROSTER = "plan_roster"
    PUBLISH_ROSTER = "publish_roster"
    CHECK_IN = "check_in"
    TAKE_ATTENDANCE = "take_attendance"
    REPLACE_NO_SHOW = "replace_no_show"
    OPEN_ROUND = "open_round"
    RECORD_SPECIMEN = "record_specimen"
    SETTLE_SPECIMENS = "settle_specimens"
    ENROL_DEVICE = "enrol_device"
    VIEW_COVERAGE = "view_coverage"
    RECORD_DOOR_VISIT = "record_door_visit"
    CARRY_TUBES = "carry_tubes"
    IMPORT_RESULTS = "import_results"
    VIEW_RESULTS = "view_results"
    RECALL = "recall"
    MANAGE_SUPPLIES = "manage_supplies"
    ISSUE_KITS = "issue_kits"
    RECORD_KIT_RESULT = "record_kit_result"
    RECORD_PASSAGE = "record_passage"
    ISSUE_BULLETIN = "issue_bulletin"
    VIEW_BULLETIN = "view_bulletin"
    MANAGE_BODIES = "manage_bodies"
    FORM_TEAMS = "form_teams"
    MANAGE_ACCOUNTS = "manage_accounts"
    VIEW_AUDIT = "view_audit"
    EXPORT = "export"


class Scope(StrEnum):
    """How far a cell of the table reaches."""

    PLACE = "place"
    UNIT = "unit"
    OWN = "own"
    ALL = "all"


_R, _V = AccessRole, Verb

_ANYBODY = {_V.VIEW_ZONES: Scope.ALL, _V.VIEW_BULLETIN: Scope.ALL, _V.SIGN_UP: Scope.OWN}
_SERVING = {
    **_ANYBODY,
    _V.REPORT_IN: Scope.OWN,
    _V.SWITCH_ROLE: Scope.OWN,
    _V.VIEW_ROSTER: Scope.OWN,
    _V.CHECK_IN: Scope.OWN,
}


def _at(scope: Scope, *verbs: Verb) -> dict[Verb, Scope]:
    return dict.fromkeys(verbs, scope)


_OVERSIGHT = _at(
    Scope.PLACE,
    *(_V.VIEW_PEOPLE, _V.VIEW_SIGN_UPS, _V.VIEW_ROSTER, _V.VIEW_COVERAGE, _V.VIEW_RESULTS),
    *(_V.ISSUE_BULLETIN, _V.EXPORT, _V.MANAGE_BODIES, _V.FORM_TEAMS),
)
_RUNNING = _at(
    Scope.PLACE,
    *(_V.EDIT_PEOPLE, _V.IMPORT_PEOPLE, _V.SETTLE_DOUBTS, _V.REVEAL_ID_NUMBER),
    *(_V.CONFIRM_REPORT_IN, _V.PLAN_ROSTER, _V.PUBLISH_ROSTER, _V.TAKE_ATTENDANCE),
    *(_V.REPLACE_NO_SHOW, _V.OPEN_ROUND, _V.RECORD_SPECIMEN, _V.SETTLE_SPECIMENS),
    *(_V.ENROL_DEVICE, _V.RECORD_DOOR_VISIT, _V.RECALL, _V.MANAGE_SUPPLIES, _V.MANAGE_ACCOUNTS),
    *(_V.CARRY_TUBES, _V.ISSUE_KITS, _V.RECORD_KIT_RESULT),
)
_CALLING = {_V.ISSUE_CALL: Scope.UNIT, _V.VIEW_CALL: Scope.UNIT}
_SEALING = _at(Scope.PLACE, _V.SEAL_ZONE, _V.LIFT_ZONE)
_RESULTS = _at(Scope.PLACE, _V.IMPORT_RESULTS, _V.RECALL, _V.CARRY_TUBES)
_HEADQUARTERS = {**_SERVING, **_OVERSIGHT, **_CALLING, **_SEALING, **_RESULTS}

TABLE: Mapping[AccessRole, Mapping[Verb, Scope]] = MappingProxyType(
    {
        # Runs the machine, reads nobody's data.
        _R.PLATFORM_ADMIN: {**_ANYBODY, **_at(Scope.ALL, _V.MANAGE_ACCOUNTS, _V.VIEW_AUDIT)},
        _R.CITY_HQ: {
            **_HEADQUARTERS,
            **_at(Scope.PLACE, _V.PLAN_ROSTER, _V.OPEN_ROUND, _V.MANAGE_ACCOUNTS),
        },
        _R.DISTRICT_HQ: {
            **_HEADQUARTERS,
            **_at(Scope.PLACE, _V.PLAN_ROSTER, _V.OPEN_ROUND, _V.MANAGE_ACCOUNTS),
        },
        _R.STREET_OFFICE: {**_SERVING, **_OVERSIGHT, **_RUNNING, _V.VIEW_CALL: Scope.UNIT},
        _R.COMMUNITY_SECRETARY: {**_SERVING, **_OVERSIGHT, **_RUNNING},
        _R.GRID_WORKER: {
            **_SERVING,
            **_at(
                Scope.PLACE,
                *(_V.VIEW_PEOPLE, _V.EDIT_PEOPLE, _V.IMPORT_PEOPLE, _V.SETTLE_DOUBTS),
                *(_V.VIEW_SIGN_UPS, _V.VIEW_ROSTER, _V.TAKE_ATTENDANCE, _V.REPLACE_NO_SHOW),
                *(_V.RECORD_SPECIMEN, _V.CARRY_TUBES, _V.VIEW_COVERAGE, _V.RECORD_DOOR_VISIT),
                *(_V.ISSUE_KITS, _V.RECORD_KIT_RESULT),
            ),
        },
        _R.BUILDING_HEAD: {
            **_SERVING,
            **_at(
                Scope.PLACE,
                *(_V.VIEW_PEOPLE, _V.VIEW_COVERAGE, _V.RECORD_DOOR_VISIT),
                *(_V.ISSUE_KITS, _V.RECORD_KIT_RESULT),
            ),
        },
        _R.RECORDER: {
            **_SERVING,
            **_at(Scope.PLACE, _V.RECORD_SPECIMEN, _V.RECORD_KIT_RESULT),
        },
        _R.SUPPLIES_COORDINATOR: {**_SERVING, _V.MANAGE_SUPPLIES: Scope.PLACE},
        _R.CHECKPOINT_LEADER: {
            **_SERVING,
            **_at(Scope.PLACE, _V.RECORD_PASSAGE, _V.VIEW_ROSTER, _V.TAKE_ATTENDANCE),
        },
        _R.ORG_CONTACT: {
            **_SERVING,
            **_at(
                Scope.UNIT,
                *(_V.VIEW_PEOPLE, _V.VIEW_CALL, _V.ACKNOWLEDGE_CALL, _V.OFFER_PEOPLE),
                *(_V.VIEW_SIGN_UPS, _V.CONFIRM_REPORT_IN, _V.VIEW_ROSTER),
                *(_V.FORM_TEAMS, _V.EXPORT),
            ),
        },
        _R.VOLUNTEER: _SERVING,
        _R.RESIDENT: _ANYBODY,
        # Sends results; reads nothing back but what became of each.
        _R.LABORATORY: _at(Scope.PLACE, _V.IMPORT_RESULTS),
        # Reads the trail, writes nothing.
        _R.AUDITOR: {**_at(Scope.ALL, _V.VIEW_ZONES, _V.VIEW_BULLETIN, _V.VIEW_AUDIT)},
    }
)


@dataclass(frozen=True, slots=True)
class Grant:
    """A role held over ranges of place codes and of unit codes, both ends inside; `until` is the
    first moment it no longer holds (``None`` = until taken back)."""

    role: AccessRole
    places: tuple[CodeRange, ...] = ()
    units: tuple[CodeRange, ...] = ()
    until: datetime | None = None


def place_range(code: int, digits: int) -> CodeRange:
    """The 12-digit codes below a division: ``place_range(140105, 6)`` is
    ``(140105000000, 140105999999)``. `code` has `digits` digits or all twelve.

    Raises `ValueError` when `code` has neither length.
    """
    length = len(str(code))
    if length not in {digits, PLACE_DIGITS} or not 0 < digits <= PLACE_DIGITS:
        raise ValueError(f"{code} has {length} digits, neither {digits} nor {PLACE_DIGITS}")
    step = int(10 ** (PLACE_DIGITS - digits))
    head = code if length == digits else code // step
    return head * step, head * step + step - 1


def unit_range(code: int) -> CodeRange:
    """The 15-digit organisation codes at and below `code`: three digits a level, zeros below.

    Raises `ValueError` when `code` is not 1 to 15 digits.
    """
    if not 0 < code < 10**UNIT_DIGITS:
        raise ValueError(f"{code} is not an organisation code of up to {UNIT_DIGITS} digits")
    step, level = 1, int(10**_UNIT_STEP)
    while code % (step * level) == 0:
        step *= level
    return code, code + step - 1


def allows(
    grants: Iterable[Grant],
    verb: Verb,
    *,
    place_code: int | None = None,
    unit_code: int | None = None,
    at: datetime,
) -> Decision:
    """Whether any grant that still holds at `at` reaches `verb` there.

    The refusal says the nearest miss: ``no_grant``, ``grant_ended``, ``verb_not_in_role``,
    ``scope_not_given`` (a place or unit is needed and was not named), ``outside_scope``.
    """
    misses = []
    for grant in grants:
        decision = _grant_allows(grant, verb, place_code, unit_code, at)
        if decision:
            return decision
        misses.append(decision)
    if not misses:
        return refuse("no_grant", verb=verb.value)
    return max(misses, key=lambda miss: _NEARNESS.index(miss.reason_code))


_NEARNESS = ("grant_ended", "verb_not_in_role", "scope_not_given", "outside_scope")


def _grant_allows(
    grant: Grant, verb: Verb, place_code: int | None, unit_code: int | None, at: datetime
) -> Decision:
    if grant.until is not None and at >= grant.until:
        return refuse("grant_ended", verb=verb.value, role=grant.role.value)
    scope = TABLE[grant.role].get(verb)
    if scope is None:
        return refuse("verb_not_in_role", verb=verb.value, role=grant.role.value)
    if scope in {Scope.ALL, Scope.OWN}:
        return allow(f"allowed_{scope.value}", role=grant.role.value)
    code, ranges = (place_code, grant.places) if scope is Scope.PLACE else (unit_code, grant.units)
    if code is None:
        return refuse("scope_not_given", verb=verb.value, scope=scope.value)
    if any(low <= code <= high for low, high in ranges):
        return allow(f"allowed_{scope.value}", role=grant.role.value)
    return refuse("outside_scope", verb=verb.value, scope=scope.value)


@dataclass(frozen=True, slots=True)
class Reach:
    """Where a verb reaches: sorted code ranges, or everywhere."""

    everywhere: bool
    places: tuple[CodeRange, ...]
    units: tuple[CodeRange, ...]

    def __bool__(self) -> bool:
        return self.everywhere or bool(self.places or self.units)


def reach(grants: Iterable[Grant], verb: Verb, *, at: datetime) -> Reach:
    """The ranges in which `verb` is allowed at `at`: what a list page may show and what row-level
    security is set to. ``OWN`` reaches no range."""
    everywhere = False
    places: set[CodeRange] = set()
    units: set[CodeRange] = set()
    for grant in grants:
        if grant.until is not None and at >= grant.until:
            continue
        scope = TABLE[grant.role].get(verb)
        everywhere |= scope is Scope.ALL
        places |= set(grant.places) if scope is Scope.PLACE else set()
        units |= set(grant.units) if scope is Scope.UNIT else set()
    return Reach(everywhere, tuple(sorted(places)), tuple(sorted(units)))


def matrix() -> str:
    """The whole table as text, a line a verb, for the reference page and its snapshot."""
    width = max(len(verb.value) for verb in Verb)
    roles = list(AccessRole)
    lines = [" " * width + " " + " ".join(role.value for role in roles)]
    for verb in Verb:
        cells = [TABLE[role].get(verb) for role in roles]
        shown = [
            (cell.value if cell else "·").ljust(len(role.value))
            for cell, role in zip(cells, roles, strict=True)
        ]
        lines.append(f"{verb.value.ljust(width)} {' '.join(shown)}".rstrip())
    return "\n".join(lines) + "\n"
