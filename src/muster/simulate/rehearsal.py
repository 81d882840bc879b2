"""Many runs of a round: when it ends, who waits how long, where it chokes.

Each run draws who comes anew. Figures are quantiles over the runs; a curve holds, for each ten
minutes, the people in the lines of a table (before the recorder and before the sampler) as median
and as 95th percentile over the runs.
"""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from muster.simulate.queueing import Places
from muster.simulate.round import Round
from muster.simulate.tallies import REGISTRATION, SWABBING, Tally

STEP = 10.0
"""Minutes between two points of a curve."""


@dataclass(frozen=True, slots=True)
class Quantiles:
    """Over the runs: 5th, 50th and 95th percentile."""

    low: float
    median: float
    high: float

    @classmethod
    def of(cls, values: ArrayLike) -> "Quantiles":
        """The quantiles of one value a run."""
        low, median, high = np.quantile(np.asarray(values, dtype=float), (0.05, 0.5, 0.95))
        return cls(float(low), float(median), float(high))


@dataclass(frozen=True, slots=True)
class TableRun:
    """One table over the runs. `people` swabbed; `wait` the mean wait in minutes before the
    recorder and before the sampler; the shares are of the time from opening to its last swab."""

    number: int
    site: str
    people: Quantiles
    finish: Quantiles
    recorder_busy: Quantiles
    sampler_busy: Quantiles
    wait_to_register: Quantiles
    wait_to_swab: Quantiles
    longest_line: Quantiles
    line: tuple[float, ...]
    line_high: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Choke:
    """Where people wait longest: the stage, its table, how busy that is and the mean wait there."""

    stage: str
    table: int
    busy: float
    minutes: float


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What the runs came to; minutes. `wait` is everybody's mean, `wait_high` the wait that nine
    in ten do not exceed, `longest` the longest. `times` are the minutes of the curves."""

    runs: int
    seed: int
    people: Quantiles
    finish: Quantiles
    wait: Quantiles
    wait_high: Quantiles
    longest: Quantiles
    tubes: Quantiles
    short_tubes: Quantiles
    moved: Quantiles
    choke: Choke
    crowded: tuple[str, ...]
    """Sites where in one run of twenty more stand in line than they have space for."""
    times: tuple[float, ...]
    tables: tuple[TableRun, ...]

    def to_json(self) -> dict[str, Any]:
        """The figures as plain data."""
        return asdict(self)


def rehearse(round_: Round, runs: int = 200, seed: int = 0) -> Rehearsed:
    """Let the round run `runs` times. Raises `ValueError` for fewer than one."""
    if runs < 1:
        raise ValueError("a rehearsal needs at least one run")
    random = np.random.default_rng(seed)
    tallies = [Tally(round_, index) for index in range(len(round_.sites))]
    tallies = [tally for tally in tallies if tally.called.households]
    for _ in range(runs):
        for tally in tallies:
            tally.add(random)
    finishes = np.max([tally.finishes() for tally in tallies], axis=0)
    times = np.arange(0.0, np.quantile(finishes, 0.95) + STEP, STEP)
    lines = [tally.lines(times) for tally in tallies]
    tables = tuple(
        one for tally, mine in zip(tallies, lines, strict=True) for one in _tables(tally, mine)
    )
    waits = [np.concatenate([tally.waits(run) for tally in tallies]) for run in range(runs)]
    return Rehearsed(
        runs=runs,
        seed=seed,
        people=Quantiles.of([len(each) for each in waits]),
        finish=Quantiles.of(finishes),
        wait=Quantiles.of([each.mean() for each in waits]),
        wait_high=Quantiles.of([np.quantile(each, 0.9) for each in waits]),
        longest=Quantiles.of([each.max() for each in waits]),
        tubes=Quantiles.of(np.sum([tally.tubes() for tally in tallies], axis=0)),
        short_tubes=Quantiles.of(np.sum([tally.short_tubes() for tally in tallies], axis=0)),
        moved=Quantiles.of(np.sum([tally.moved() for tally in tallies], axis=0)),
        choke=choke_of(tables),
        crowded=tuple(
            tally.site.name for tally, mine in zip(tallies, lines, strict=True)
            if (np.quantile(mine.sum(axis=1), 0.95, axis=0) > round_.manner.queue_space).any()
        ),
        times=tuple(float(t) for t in times),
        tables=tables,
    )  # fmt: skip


def _tables(tally: Tally, lines: Places) -> list[TableRun]:
    """Each table of a site over its runs; `lines` (runs, tables, moments)."""
    found = []
    figures = tally.figures()
    for index, table in enumerate(tally.site.tables):
        mine = lines[:, index]
        people, finish, recorder, sampler, before, behind = figures[:, index].T
        found.append(
            TableRun(
                number=table.number,
                site=tally.site.name,
                people=Quantiles.of(people),
                finish=Quantiles.of(finish),
                recorder_busy=Quantiles.of(recorder),
                sampler_busy=Quantiles.of(sampler),
                wait_to_register=Quantiles.of(before),
                wait_to_swab=Quantiles.of(behind),
                longest_line=Quantiles.of(mine.max(axis=1)),
                line=tuple(float(v) for v in np.median(mine, axis=0)),
                line_high=tuple(float(v) for v in np.quantile(mine, 0.95, axis=0)),
            )
        )
    return found


def choke_of(tables: Sequence[TableRun]) -> Choke:
    """The stage that costs people most time over all tables, at the table where it costs most."""
    stages = (
        [
            Choke(REGISTRATION, t.number, t.recorder_busy.median, t.wait_to_register.median)
            for t in tables
        ],
        [Choke(SWABBING, t.number, t.sampler_busy.median, t.wait_to_swab.median) for t in tables],
    )
    people = [t.people.median for t in tables]

    def cost(stage: Iterable[Choke]) -> float:
        return sum(n * each.minutes for n, each in zip(people, stage, strict=True))

    return max(max(stages, key=cost), key=lambda choke: (choke.minutes, choke.busy))
