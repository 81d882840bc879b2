"""A vaccination hub and a clinic of 2022: the published model the kernel is held against.

Hanly et al., BMC Health Services Research 2022 (doi 10.1186/s12913-022-08447-8) simulated days of
90 hubs and clinics and published each station's utilisation and mean queue. The facts of the model
are restated here; minutes throughout, time 0 is when preparation begins.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import ceil, sqrt

import numpy as np
from numpy.random import Generator

from muster.simulate.queueing import Times, serve

FIRST, LAST = 120.0, 590.0
"""Appointments from and to."""
BATCHES, BATCH_EVERY, SHARES = 8, 60.0, 8
OBSERVED, OBSERVED_SD, ILL, ILL_RATE = 20.0, 0.5, 0.01, 0.1


@dataclass(frozen=True, slots=True)
class Station:
    """Service is `least` + Exp(`rate`); who comes walks Exp(`walk`) first (0: no walk)."""

    name: str
    staff: str
    least: float
    rate: float
    walk: float = 0.0


PREPARATION = Station("Preparation", "nRsi", 1.0, 3.0)
VACCINATION = "Vaccination"
HUB = (
    Station("Entrance", "nEnt", 2.0, 1.0),
    Station("Registration", "nReg", 3.0, 0.7, 2.0),
    Station("Assessment", "nAss", 2.0, 1.0, 2.0),
    Station(VACCINATION, "nVac", 3.0, 1.0, 2.0),
)
CLINIC = (Station("Registration", "nReg", 3.0, 1.0), Station(VACCINATION, "nVac", 5.0, 0.5))
MODELS = {"mass_vaccination_hub": (HUB, 2.0), "gp_clinic": (CLINIC, 0.0)}
"""Stations in series, and the rate of the walk to observation."""


@dataclass(frozen=True, slots=True)
class Scenario:
    """A day: `people` appointments each `interval` minutes, lateness Normal(`late`, `late_sd`),
    the share that does not come, and who works at which station (staffing keys)."""

    model: str
    people: int
    interval: float
    late: float
    late_sd: float
    no_show: float
    staffing: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Passed:
    """A station's day. `utilisation` is service over servers times the last departure, `queue` the
    sum of waits over the last departure."""

    utilisation: float
    queue: float


@dataclass(frozen=True, slots=True)
class Day:
    """One day: its stations by name, how many left by the end of the eight hours, time in there."""

    stations: Mapping[str, Passed]
    treated: int
    minutes: Times


def appointments(scenario: Scenario) -> Times:
    """The times people are asked for, ascending."""
    slots = np.arange(FIRST, LAST + 1e-9, scenario.interval)
    return np.repeat(slots, scenario.people)


def day(scenario: Scenario, random: Generator) -> Day:
    """Simulate one day."""
    stations, last_walk = MODELS[scenario.model]
    asked = appointments(scenario)
    late = random.normal(scenario.late, scenario.late_sd, len(asked))
    comes = random.random(len(asked)) >= scenario.no_show
    came = np.sort(np.maximum(asked + late, FIRST)[comes])
    if not len(came):
        return Day({}, 0, came)
    passed: dict[str, Passed] = {}
    ready = _prepared(scenario, len(came), random, passed)
    now = came
    for station in stations:
        now = now + _walk(station.walk, len(now), random)
        if station.name == VACCINATION:
            now = _with_syringe(now, ready)
        now, passed[station.name] = _through(station, scenario, now, random)
    now = now + _walk(last_walk, len(now), random)
    left = now + _observed(len(now), random)
    return Day(passed, int((left <= FIRST + 480).sum()), left - came)


def _walk(rate: float, people: int, random: Generator) -> Times:
    return random.exponential(1 / rate, people) if rate else np.zeros(people)


def _through(
    station: Station, scenario: Scenario, came: Times, random: Generator
) -> tuple[Times, Passed]:
    servers = scenario.staffing[station.staff]
    services = station.least + random.exponential(1 / station.rate, len(came))
    starts = serve(came, services, servers)
    left = starts + services
    end = float(left.max())
    used = float(services.sum()) / (servers * end)
    return left, Passed(used, float((starts - came).sum()) / end)


def _prepared(
    scenario: Scenario, people: int, random: Generator, passed: dict[str, Passed]
) -> Times:
    """When each syringe is ready: an eighth of them is asked for at each full hour."""
    share = ceil(people / SHARES)
    counts = [min(share, max(0, people - share * batch)) for batch in range(BATCHES)]
    asked = np.repeat(np.arange(BATCHES) * BATCH_EVERY, counts)
    ready, passed[PREPARATION.name] = _through(PREPARATION, scenario, asked, random)
    return np.sort(ready)


def _with_syringe(came: Times, ready: Times) -> Times:
    """The k-th person to come waits for the k-th syringe, and only then stands in line."""
    place = np.argsort(np.argsort(came, kind="stable"), kind="stable")
    with_it: Times = np.maximum(came, ready[place])
    return with_it


def _observed(people: int, random: Generator) -> Times:
    usual = random.normal(OBSERVED, OBSERVED_SD, people)
    ill = OBSERVED + random.exponential(1 / ILL_RATE, people)
    stay: Times = np.where(random.random(people) < ILL, ill, usual)
    return stay


@dataclass(frozen=True, slots=True)
class Mean:
    """A mean over days and the standard deviation between days."""

    mean: float
    sd: float
    days: int

    @property
    def error(self) -> float:
        """The standard error of the mean."""
        return self.sd / sqrt(self.days)


@dataclass(frozen=True, slots=True)
class Figures:
    """What many days came to."""

    utilisation: Mapping[str, Mean]
    queue: Mapping[str, Mean]
    treated: Mean
    median_minutes: float


def simulate(scenario: Scenario, days: int, seed: int = 0) -> Figures:
    """`days` independent days of `scenario`."""
    random = np.random.default_rng(seed)
    lived = [day(scenario, random) for _ in range(days)]
    names = lived[0].stations
    return Figures(
        utilisation={n: _mean([d.stations[n].utilisation for d in lived]) for n in names},
        queue={n: _mean([d.stations[n].queue for d in lived]) for n in names},
        treated=_mean([float(d.treated) for d in lived]),
        median_minutes=float(np.median(np.concatenate([d.minutes for d in lived]))),
    )


def _mean(values: list[float]) -> Mean:
    return Mean(float(np.mean(values)), float(np.std(values, ddof=1)), len(values))
