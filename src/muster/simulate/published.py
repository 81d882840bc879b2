"""The published days of hubs and clinics beside ours: how many rows agree."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from math import hypot
from pathlib import Path

from muster.simulate.hub import Figures, Mean, Scenario, simulate

ERRORS, SLACK = 2.0, 0.02
"""A figure agrees within two standard errors (theirs and ours together) and 2 per cent."""
DAYS = 400


@dataclass(frozen=True, slots=True)
class Published:
    """One row of the table: a station of a scenario, mean and deviation over its days."""

    scenario: Scenario
    size: int
    test: int
    level: int
    station: str
    utilisation: Mean
    queue: Mean


@dataclass(frozen=True, slots=True)
class Compared:
    """A published row and our figures for it."""

    published: Published
    utilisation: Mean
    queue: Mean

    @property
    def utilisation_agrees(self) -> bool:
        return agrees(self.utilisation, self.published.utilisation)

    @property
    def queue_agrees(self) -> bool:
        return agrees(self.queue, self.published.queue)

    @property
    def both(self) -> bool:
        return self.utilisation_agrees and self.queue_agrees


def agrees(ours: Mean, theirs: Mean) -> bool:
    """Whether two means differ by no more than chance and the slack allow."""
    chance = hypot(ours.error, theirs.error)
    return abs(ours.mean - theirs.mean) <= ERRORS * chance + SLACK * abs(theirs.mean)


def read(path: Path) -> list[Published]:
    """The rows of the published table. Raises `KeyError` and `ValueError` for another table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(row) for row in csv.DictReader(file)]


def _row(row: dict[str, str]) -> Published:
    args = next(value for key, value in row.items() if key.startswith("arrival_args"))
    interval, late, late_sd, no_show = map(float, args.split())
    staffing = dict(pair.split("=") for pair in row["staffing"].split())
    days = int(row["n"])
    return Published(
        scenario=Scenario(
            model=row["model"], people=int(row["arrivals_per_interval"]), interval=interval,
            late=late, late_sd=late_sd, no_show=no_show,
            staffing={key: int(count) for key, count in staffing.items()},
        ),
        size=int(float(row["size"])), test=int(float(row["test"])), level=int(float(row["level"])),
        station=row["station"],
        utilisation=Mean(float(row["util_mean"]), float(row["util_sd"]), days),
        queue=Mean(float(row["q_mean"]), float(row["q_sd"]), days),
    )  # fmt: skip


def _case(row: Published) -> tuple[str, int, int, int]:
    return row.scenario.model, row.size, row.test, row.level


def compare(rows: Sequence[Published], days: int = DAYS, seed: int = 0) -> list[Compared]:
    """Simulate each scenario of `rows` once and set every row beside it."""
    found = []
    for number, (_, group) in enumerate(groupby(sorted(rows, key=_case), key=_case)):
        mine = list(group)
        figures: Figures = simulate(mine[0].scenario, days, seed + number)
        found += [
            Compared(row, figures.utilisation[row.station], figures.queue[row.station])
            for row in mine
        ]
    return found


def share(compared: Sequence[Compared]) -> float:
    """The share of rows whose utilisation and queue both agree."""
    return sum(row.both for row in compared) / len(compared)
