"""The shape of a policy. Every figure a city may want to change is a field here, none is in code.

Units stand in the field names (hours, days, seconds). Sources and what is UNCONFIRMED stand beside
the figures in the TOML files.
"""

import re
from datetime import date
from enum import StrEnum
from functools import cached_property
from typing import Literal

from msgspec import Struct


class Forbidden(StrEnum):
    """What a zone level may forbid."""

    LEAVE_HOME = "leave_home"
    LEAVE_AREA = "leave_area"
    ENTER_AREA = "enter_area"
    GATHER = "gather"


class LiftCondition(Struct, frozen=True, forbid_unknown_fields=True):
    """One of the conditions that must all hold before a level is lifted; `days` is its clock."""

    key: Literal["no_new_case", "contacts_clear", "clean_round", "zones_lifted"]
    zh: str
    en: str
    days: int = 0


class ZoneLevel(Struct, frozen=True, forbid_unknown_fields=True):
    """One level of zone. A higher `rank` is stricter."""

    key: str
    zh: str
    en: str
    rank: int
    forbids: tuple[Forbidden, ...]
    serve_inside_only: bool
    closed_to_outside: bool
    isolation_days: int
    monitoring_days: int
    test_days: tuple[int, ...]
    test_every_days: int = 0
    antigen_days: tuple[int, ...] = ()
    household_tube: bool = False
    upgrade_on_positive: str | None = None
    lift: tuple[LiftCondition, ...] = ()


class SiteNorm(Struct, frozen=True, forbid_unknown_fields=True):
    """People per site and per table: the norm as a range, and the rule of the night."""

    people_min: int
    people_max: int
    people_per_table_min: int
    people_per_table_max: int
    residents_per_table_tonight: int
    people_per_sampler: int
    swab_seconds: int
    registration_seconds_min: int
    registration_seconds_max: int
    people_per_hour_min: int
    people_per_hour_max: int
    queue_space: int


class Crew(Struct, frozen=True, forbid_unknown_fields=True):
    """Who stands at a table or a site: `count` people of `role` for each `every` tables or sites;
    `minimum` is what it cannot open without."""

    role: str
    per: Literal["table", "site"]
    count: int
    minimum: int
    every: int = 1


class Conduct(Struct, frozen=True, forbid_unknown_fields=True):
    """How a table works and how people come. `late_spread_minutes` is a standard deviation,
    `swab_spread` a coefficient of variation; `call_load` the share of capacity that is called."""

    between_seconds: float
    swab_spread: float
    swabbing_at_once: int
    tube_open_seconds: float
    tube_close_seconds: float
    no_show: float
    walk_in: float
    unknown_seconds: float
    late_spread_minutes: float
    walk_metres_per_minute: float
    break_every_hours: float
    break_minutes: float
    suit_change_minutes: float
    rain_factor: float
    failure_minutes: float
    call_every_minutes: int
    stagger_steps: int
    call_load: float


class HomeTeam(Struct, frozen=True, forbid_unknown_fields=True):
    """Who goes from door to door, how many people they sample in an hour, and from which age on
    somebody is sampled at home."""

    age_from: int
    people_per_team_hour: float
    samplers: int
    recorders: int


class RoundSupplies(Struct, frozen=True, forbid_unknown_fields=True):
    """What a round uses up: the share above the count, and who wears a suit."""

    spare: float
    suited_roles: tuple[str, ...]


class TubeRule(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """Sizes of pools and the pattern of a tube's code, which is opaque otherwise."""

    sizes: tuple[int, ...]
    default_size: int
    code_pattern: str
    households_per_tube: int

    @cached_property
    def code(self) -> re.Pattern[str]:
        """The compiled pattern; match the whole code with it."""
        return re.compile(self.code_pattern)


class Custody(Struct, frozen=True, forbid_unknown_fields=True):
    """Boxes of tubes, and by when each stretch of a tube's way must be over, in minutes after its
    first swab."""

    tubes_per_box: int
    pack_minutes: int
    deliver_minutes: int
    result_minutes: int


class Desk(Struct, frozen=True, forbid_unknown_fields=True):
    """What is left to people at the desk. `change_waits_hours`: a change whose record has not come
    is shown after so long. `second_call_minutes`: a door is called again so long after its call.
    `rooms_in_group_text`: whether text for a group may name rooms."""

    change_waits_hours: float
    second_call_minutes: int
    rooms_in_group_text: bool


class Night(Struct, frozen=True, forbid_unknown_fields=True):
    """Rounds of several communities in one night: the steps in which they start, and what
    laboratories and couriers take in an hour."""

    start_every_minutes: int
    start_steps: int
    laboratory_tubes_an_hour: int
    courier_boxes_an_hour: int


class ResultKind(Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of pool result and what follows for the people of the tube."""

    key: str
    zh: str
    en: str
    releases: bool
    recall: bool
    hold: bool
    retest: Literal["", "home_single", "table_single"] = ""
    deadline_minutes: int = 0


class Exemption(Struct, frozen=True, forbid_unknown_fields=True):
    """Who need not be tested in a round, for `hours` from when it began (0 = no limit)."""

    key: str
    zh: str
    en: str
    hours: int = 0


class Screening(Struct, frozen=True, forbid_unknown_fields=True):
    """Testing rounds."""

    site: SiteNorm
    crew: tuple[Crew, ...]
    conduct: Conduct
    home: HomeTeam
    supplies: RoundSupplies
    tube: TubeRule
    custody: Custody
    desk: Desk
    night: Night
    results: tuple[ResultKind, ...]
    exemptions: tuple[Exemption, ...]


class AntigenSeries(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of series: on which days after its start everybody tests, with so many kits a person
    and day. `daily`: kits are issued day by day; otherwise all at once."""

    key: str
    zh: str
    en: str
    days: tuple[int, ...]
    kits_per_person: int
    daily: bool


class Antigen(Struct, frozen=True, forbid_unknown_fields=True):
    """Antigen kits at home. `late_hour`: local hour by which the day's result is due;
    `undo_minutes`: how long an issue can be taken back."""

    late_hour: int
    undo_minutes: int
    link_days: int
    photo_bytes: int
    series: tuple[AntigenSeries, ...]
    results: tuple[ResultKind, ...]


class RhythmStep(Struct, frozen=True, forbid_unknown_fields=True):
    """How often an area is tested while a condition holds: a case within so many rounds, or within
    so many days; 0: no such condition. The first step that holds counts."""

    key: str
    zh: str
    en: str
    every_days: int
    case_within_rounds: int = 0
    case_within_days: int = 0


class RhythmEnding(Struct, frozen=True, forbid_unknown_fields=True):
    """When it stops: not before `rounds_at_least`; after `clean_rounds` in a row one more round,
    `then_after_days` later. 0 clean rounds: never by itself."""

    rounds_at_least: int
    clean_rounds: int
    then_after_days: int


class Rhythm(Struct, frozen=True, forbid_unknown_fields=True):
    """Rounds of a whole area, beside the test days of its zones."""

    steps: tuple[RhythmStep, ...]
    ending: RhythmEnding


class Knowledge(Struct, frozen=True, forbid_unknown_fields=True):
    """One line of what a role must know before the first shift."""

    key: str
    zh: str
    en: str


class Role(Struct, frozen=True, forbid_unknown_fields=True):
    """A front-line role. `bit` is its place in a bit mask and never changes; `reach_km` is how far
    from home somebody is sent for it."""

    key: str
    bit: int
    zh: str
    en: str
    duties_zh: str
    duties_en: str
    named: bool
    reach_km: float
    needs: tuple[str, ...]
    checklist: tuple[Knowledge, ...]
    qualification: str = ""
    in_suit: bool = False
    enters_sealed: bool = False


class Rest(Struct, frozen=True, forbid_unknown_fields=True):
    """Limits that protect the people who serve (hours, shifts a week of seven days)."""

    rest_hours: float
    max_shifts_week: int
    max_daily_hours: float
    suit_hours: float
    suit_hours_stop: float
    max_nights_in_a_row: int


class Planning(Struct, frozen=True, forbid_unknown_fields=True):
    """What a plan is weighed by; a kilometre costs 1. `load`: cost of a week with 0, 1, 2, ...
    shifts. Weights are those of priority 5 and grow by `priority_factor` with each step."""

    weight_minimum: float
    weight_required: float
    priority_factor: float
    load: tuple[float, ...]
    change: float
    base_travel_km: float
    charge: float


class Newcomers(Struct, frozen=True, forbid_unknown_fields=True):
    """Who is not left alone at a place: whoever has served fewer than `shifts`."""

    shifts: int


class Teams(Struct, frozen=True, forbid_unknown_fields=True):
    """How a group becomes teams, branches and vanguard posts. `branch_members`: party members in a
    team with a branch of its own; `post_members`: at each post; `together_most`: people in a team
    that the planner keeps together; the rest bounds what the desk may ask for, and how long the
    search takes (seconds)."""

    branch_members: int
    post_members: int
    team_people: int
    most_teams: int
    most_people: int
    together_most: int
    seconds: float


class Retention(Struct, frozen=True, forbid_unknown_fields=True):
    """How long a dataset is kept after the emergency ends, by which right and for what."""

    dataset: str
    days: int
    basis: str
    purpose: str


class Policy(Struct, frozen=True, forbid_unknown_fields=True, dict=True):
    """A version of the rules. Two may be in force in two cities at once."""

    name: str
    zh: str
    en: str
    in_force_from: date
    source: str
    levels: tuple[ZoneLevel, ...]
    screening: Screening
    antigen: Antigen
    rhythm: Rhythm
    roles: tuple[Role, ...]
    rest: Rest
    planning: Planning
    teams: Teams
    newcomers: Newcomers
    retention: tuple[Retention, ...]

    def level(self, key: str) -> ZoneLevel:
        """The level called `key`. Raises `KeyError`."""
        return self._levels[key]

    def role(self, key: str) -> Role:
        """The role called `key`. Raises `KeyError`."""
        return self._roles[key]

    def result(self, key: str) -> ResultKind:
        """The kind of result called `key`. Raises `KeyError`."""
        return self._results[key]

    def antigen_series(self, key: str) -> AntigenSeries:
        """The kind of antigen series called `key`. Raises `KeyError`."""
        return self._antigen_series[key]

    def antigen_result(self, key: str) -> ResultKind:
        """The kind of antigen result called `key`. Raises `KeyError`."""
        return self._antigen_results[key]

    @cached_property
    def _antigen_series(self) -> dict[str, AntigenSeries]:
        return {series.key: series for series in self.antigen.series}

    @cached_property
    def _antigen_results(self) -> dict[str, ResultKind]:
        return {kind.key: kind for kind in self.antigen.results}

    @cached_property
    def _levels(self) -> dict[str, ZoneLevel]:
        return {level.key: level for level in self.levels}

    @cached_property
    def _roles(self) -> dict[str, Role]:
        return {role.key: role for role in self.roles}

    @cached_property
    def _results(self) -> dict[str, ResultKind]:
        return {kind.key: kind for kind in self.screening.results}
