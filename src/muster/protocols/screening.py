"""Testing rounds: who is needed, what a tube holds, what becomes of a record and of a result."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from math import ceil

from muster.policies import Policy

# --- people and tables --------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class RoleDemand:
    """How many of a role are wanted, how many the tables cannot open without, and how many there
    are. `short` counts against `required`, `short_of_minimum` against `minimum`."""

    role: str
    required: int
    minimum: int
    available: int

    @property
    def short(self) -> int:
        return max(0, self.required - self.available)

    @property
    def short_of_minimum(self) -> int:
        return max(0, self.minimum - self.available)


@dataclass(frozen=True, slots=True)
class SiteDemand:
    """What a round asks for. `tables_norm` is the national norm as a range; `hours` how long the
    swabbing takes at the policy's (fast, slow) pace."""

    residents: int
    sites: int
    tables: int
    tables_norm: tuple[int, int]
    posts: tuple[RoleDemand, ...]
    hours: tuple[float, float]

    @property
    def shortage(self) -> tuple[RoleDemand, ...]:
        """The roles that are short, the worst first: the first thing to say."""
        short = [post for post in self.posts if post.short]
        return tuple(sorted(short, key=lambda p: (-p.short_of_minimum, -p.short, p.role)))

    def post(self, role: str) -> RoleDemand:
        """The demand for `role`. Raises `KeyError`."""
        return {post.role: post for post in self.posts}[role]


def site_demand(
    residents: int,
    tables: int | None,
    policy: Policy,
    *,
    sites: int | None = None,
    available: Mapping[str, int] | None = None,
) -> SiteDemand:
    """Sites, tables and posts for `residents` people.

    Args:
        residents: people to test, at least 1.
        tables: tables that were ordered; ``None`` takes the policy's rule of the night.
        policy: whose ratios count.
        sites: sites that were ordered; ``None`` takes the largest site the norm allows.
        available: people there are, by role.

    Raises:
        ValueError: no residents, no table or no site.
    """
    norm = policy.screening.site
    if residents < 1 or (tables is not None and tables < 1) or (sites is not None and sites < 1):
        raise ValueError("a round needs at least one resident, one table and one site")
    tables = tables or max(1, round(residents / norm.residents_per_table_tonight))
    sites = min(sites or ceil(residents / norm.people_max), tables)
    have = available or {}
    groups = {"table": tables, "site": sites}
    posts = []
    for crew in policy.screening.crew:
        units = ceil(groups[crew.per] / crew.every)
        required, minimum = units * crew.count, units * crew.minimum
        if crew.role == "sampler":
            minimum = max(minimum, min(ceil(residents / norm.people_per_sampler), required))
        posts.append(RoleDemand(crew.role, required, minimum, have.get(crew.role, 0)))
    pace = (norm.people_per_hour_max, norm.people_per_hour_min)
    return SiteDemand(
        residents=residents,
        sites=sites,
        tables=tables,
        tables_norm=(
            ceil(residents / norm.people_per_table_max),
            ceil(residents / norm.people_per_table_min),
        ),
        posts=tuple(posts),
        hours=(residents / tables / pace[0], residents / tables / pace[1]),
    )


# --- tubes --------------------------------------------------------------------------------------


def code_fits(code: str, policy: Policy) -> bool:
    """Whether a tube's code has the configured pattern; it means nothing beyond that."""
    return policy.screening.tube.code.fullmatch(code) is not None


@dataclass(frozen=True, slots=True)
class TubeState:
    """How a tube stands: `held` swabs of `size`; `households` when it may hold one only."""

    size: int
    held: int

    @property
    def full(self) -> bool:
        """Time to close it: nobody else goes in."""
        return self.held >= self.size

    @property
    def left(self) -> int:
        return max(0, self.size - self.held)

    @property
    def underfilled(self) -> bool:
        """To be marked and recorded when it is closed like this (10-in-1 specification)."""
        return 0 < self.held < self.size


def tube_size(
    policy: Policy,
    level: str | None,
    *,
    at_home: bool = False,
    retest: bool = False,
    first_round: bool = False,
) -> int:
    """How many people share a tube: single at home and for a re-test; one household a tube where
    the level says so (0: as many as the household has), but not in a first round, which may be all
    ten in one (first edition of the guide); otherwise the policy's usual size."""
    if at_home or retest:
        return 1
    if not first_round and level is not None and policy.level(level).household_tube:
        return 0
    return policy.screening.tube.default_size


# --- a record from a device ---------------------------------------------------------------------


class Outcome(StrEnum):
    """A held record is kept and waits for a person; nothing is thrown away."""

    ACCEPTED = "accepted"
    HELD = "held"


class Code(StrEnum):
    """Why a record is held, or that it is not."""

    OK = "ok"
    DEVICE_UNKNOWN = "device_unknown"
    DEVICE_REVOKED = "device_revoked"
    ROUND_UNKNOWN = "round_unknown"
    ROUND_NOT_OPEN = "round_not_open"
    ROUND_CLOSED = "round_closed"
    ROUND_OTHER_COMMUNITY = "round_other_community"
    TUBE_CODE_MALFORMED = "tube_code_malformed"
    TUBE_OTHER_ROUND = "tube_other_round"
    TUBE_OTHER_TABLE = "tube_other_table"
    TUBE_CLOSED = "tube_closed"
    TUBE_FULL = "tube_full"
    TUBE_SIZE_UNKNOWN = "tube_size_unknown"
    TUBE_OTHER_HOUSEHOLD = "tube_other_household"
    PERSON_UNKNOWN = "person_unknown"
    PERSON_OTHER_COMMUNITY = "person_other_community"
    PERSON_ALREADY_RECORDED = "person_already_recorded"
    PERSON_EXEMPT = "person_exempt"


@dataclass(frozen=True, slots=True)
class DeviceFact:
    """The sending phone: `community` is the 12-digit code that it was enrolled for."""

    known: bool = True
    revoked: bool = False
    community: int = 0
    table: int | None = None


@dataclass(frozen=True, slots=True)
class RoundFact:
    """The round the record names."""

    known: bool = True
    opened: bool = True
    closed: bool = False
    community: int = 0


@dataclass(frozen=True, slots=True)
class TubeFact:
    """The tube as the server knows it; a code seen for the first time is all defaults. `table` is
    where it was opened, `household` whose it is when one tube is one household's."""

    code: str
    size: int = 10
    held: int = 0
    closed: bool = False
    in_this_round: bool = True
    table: int | None = None
    household: int | None = None


@dataclass(frozen=True, slots=True)
class PersonFact:
    """The person as the server knows him. `recorded_at_table` is set when this round has him."""

    known: bool = True
    community: int = 0
    household: int | None = None
    exempt: str | None = None
    recorded_at_table: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What becomes of a record. `code` is the first reason that holds it; an accepted record may
    still carry `notes` (an exempt person came all the same)."""

    outcome: Outcome
    code: Code
    detail: str = ""
    notes: tuple[Code, ...] = ()

    @property
    def accepted(self) -> bool:
        return self.outcome is Outcome.ACCEPTED


ACCEPTED = Judgement(Outcome.ACCEPTED, Code.OK)
ACCEPTED_EXEMPT = Judgement(Outcome.ACCEPTED, Code.OK, notes=(Code.PERSON_EXEMPT,))


def judge_record(
    policy: Policy,
    *,
    device: DeviceFact,
    round_: RoundFact,
    tube: TubeFact,
    person: PersonFact,
    table: int,
) -> Judgement:
    """Decide one specimen record at the moment of sync, `table` being the table it was made at.

    The order of the checks is the order of blame: device, round, tube, person. The swab exists, so
    no answer is a refusal: what cannot be accepted is held with its code for a person to settle.
    """
    found = (
        _device_code(device)
        or _round_code(round_, device)
        or _tube_code(policy, tube, table)
        or _person_code(person, device)
        or _sharing_code(tube, person)
    )
    if found is not None:
        return Judgement(Outcome.HELD, found, _detail(found, tube, person))
    return ACCEPTED_EXEMPT if person.exempt else ACCEPTED


def _device_code(device: DeviceFact) -> Code | None:
    if not device.known:
        return Code.DEVICE_UNKNOWN
    return Code.DEVICE_REVOKED if device.revoked else None


def _round_code(round_: RoundFact, device: DeviceFact) -> Code | None:
    if not round_.known:
        return Code.ROUND_UNKNOWN
    if round_.community != device.community:
        return Code.ROUND_OTHER_COMMUNITY
    if round_.closed:
        return Code.ROUND_CLOSED
    return None if round_.opened else Code.ROUND_NOT_OPEN


def _tube_code(policy: Policy, tube: TubeFact, table: int) -> Code | None:
    if not code_fits(tube.code, policy):
        return Code.TUBE_CODE_MALFORMED
    if not tube.in_this_round:
        return Code.TUBE_OTHER_ROUND
    if tube.table not in {None, table}:
        return Code.TUBE_OTHER_TABLE
    if tube.closed:
        return Code.TUBE_CLOSED
    return Code.TUBE_FULL if tube.size and tube.held >= tube.size else None


def _person_code(person: PersonFact, device: DeviceFact) -> Code | None:
    if not person.known:
        return Code.PERSON_UNKNOWN
    if person.community != device.community:
        return Code.PERSON_OTHER_COMMUNITY
    return None if person.recorded_at_table is None else Code.PERSON_ALREADY_RECORDED


def _sharing_code(tube: TubeFact, person: PersonFact) -> Code | None:
    shared = tube.household is None or tube.household == person.household
    return None if shared else Code.TUBE_OTHER_HOUSEHOLD


def _detail(code: Code, tube: TubeFact, person: PersonFact) -> str:
    match code:
        case Code.PERSON_ALREADY_RECORDED:
            return str(person.recorded_at_table)
        case Code.TUBE_OTHER_TABLE:
            return str(tube.table)
        case Code.TUBE_FULL:
            return str(tube.size)
        case _:
            return ""


# --- results ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FollowUp:
    """What a pool's result asks for, for each of its people: `hold` where they are, `recall` to the
    list, `retest` how (``home_single``, ``table_single`` or nothing) and by when."""

    recall: bool
    hold: bool
    releases: bool
    retest: str
    deadline_minutes: int

    @property
    def tasks(self) -> tuple[str, ...]:
        """The kinds of task to open a person, in the order they are done."""
        wanted = (("hold", self.hold), ("recall", self.recall), ("retest", bool(self.retest)))
        return tuple(kind for kind, needed in wanted if needed)


def pool_follow_up(policy: Policy, result: str) -> FollowUp:
    """What `result` of a tube asks for. Raises `KeyError` for a kind the policy does not know."""
    kind = policy.result(result)
    return FollowUp(kind.recall, kind.hold, kind.releases, kind.retest, kind.deadline_minutes)
