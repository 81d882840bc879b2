"""A testing round as the rehearsal sees it: sites, tables, calls, how people work and come.

Minutes count from the start of the round; seconds where a name says so. Every figure comes from a
policy (`manner_of`) or from whoever rehearses; none stands here.
"""

from dataclasses import dataclass

from muster.policies import Policy


@dataclass(frozen=True, slots=True)
class Table:
    """A sampling table and who is at it; `opens` in minutes."""

    number: int
    recorders: int
    samplers: int
    opens: float = 0.0


@dataclass(frozen=True, slots=True)
class Site:
    """Tables that share those who come: who is sent there goes to the shortest line."""

    name: str
    tables: tuple[Table, ...]


@dataclass(frozen=True, slots=True)
class Call:
    """`people` of so many `households` are called down at `minute`, walk `walk` minutes to site
    number `site`; `alone` where each household has a tube of its own."""

    site: int
    minute: float
    people: int
    households: int
    walk: float = 0.0
    alone: bool = False


@dataclass(frozen=True, slots=True)
class Manner:
    """How a table works and how people come. `pause_every` (hours) and `suit_hours` may be 0:
    none. `late_spread` is a standard deviation in minutes, `swab_spread` one for the mean."""

    registration: tuple[float, float]
    """Seconds, from and to, all equally likely."""
    swab: float
    swab_spread: float
    between: float
    at_once: int
    tube_size: int
    tube_open: float
    tube_close: float
    no_show: float
    walk_in: float
    unknown: float
    late_spread: float
    pause_every: float
    pause_minutes: float
    suit_hours: float
    suit_minutes: float
    rain_factor: float
    failure_minutes: float
    queue_space: int

    @property
    def per_person(self) -> tuple[float, float]:
        """Mean minutes of one recorder and of one place to swab for one person of full tubes."""
        register = sum(self.registration) / 2 + self.tube_open / self.tube_size
        swab = self.swab + self.between + self.tube_close / self.tube_size
        return register / 60, swab / 60


def manner_of(policy: Policy, tube_size: int | None = None) -> Manner:
    """How a table works by `policy`; `tube_size` for another than its usual."""
    norm, conduct = policy.screening.site, policy.screening.conduct
    return Manner(
        registration=(norm.registration_seconds_min, norm.registration_seconds_max),
        swab=norm.swab_seconds,
        swab_spread=conduct.swab_spread,
        between=conduct.between_seconds,
        at_once=conduct.swabbing_at_once,
        tube_size=tube_size or policy.screening.tube.default_size,
        tube_open=conduct.tube_open_seconds,
        tube_close=conduct.tube_close_seconds,
        no_show=conduct.no_show,
        walk_in=conduct.walk_in,
        unknown=conduct.unknown_seconds,
        late_spread=conduct.late_spread_minutes,
        pause_every=conduct.break_every_hours,
        pause_minutes=conduct.break_minutes,
        suit_hours=policy.rest.suit_hours,
        suit_minutes=conduct.suit_change_minutes,
        rain_factor=conduct.rain_factor,
        failure_minutes=conduct.failure_minutes,
        queue_space=norm.queue_space,
    )


@dataclass(frozen=True, slots=True)
class Trouble:
    """What goes wrong: tables that fail (number, minute), rain (from, until)."""

    fails: tuple[tuple[int, float], ...] = ()
    rain: tuple[float, float] | None = None


@dataclass(frozen=True, slots=True)
class Round:
    """All of it. Raises `ValueError` for a call to no site, a table that nobody serves, nobody."""

    sites: tuple[Site, ...]
    calls: tuple[Call, ...]
    manner: Manner
    trouble: Trouble = Trouble()

    def __post_init__(self) -> None:
        if not any(call.people for call in self.calls):
            raise ValueError("a round calls at least one person")
        if any(not 0 <= call.site < len(self.sites) for call in self.calls):
            raise ValueError("a call leads to no site")
        if any(not 1 <= call.households <= max(1, call.people) for call in self.calls):
            raise ValueError("a call has from one household to one for each of its people")
        if any(not site.tables for site in self.sites):
            raise ValueError("a site has no table")
        if any(t.recorders < 1 or t.samplers < 1 for site in self.sites for t in site.tables):
            raise ValueError("a table needs a recorder and a sampler")
        numbers = [table.number for site in self.sites for table in site.tables]
        if len(set(numbers)) < len(numbers):
            raise ValueError("two tables have the same number")

    @property
    def tables(self) -> tuple[Table, ...]:
        """Every table of every site, in order."""
        return tuple(table for site in self.sites for table in site.tables)

    @property
    def people(self) -> int:
        """Everybody who is called."""
        return sum(call.people for call in self.calls)
