"""What the runs of one site leave behind: moments of people, counts of tables, lines over time."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.random import Generator

from muster.simulate.crowds import called_to, crowd_of
from muster.simulate.lanes import (
    IN_TUBE,
    MOVE_MINUTES,
    REGISTER,
    REGISTERED,
    SWAB,
    SWABBED,
    TUBES,
    Rules,
    through_site,
)
from muster.simulate.pauses import desks_of, working
from muster.simulate.queueing import Places, Times, people_waiting
from muster.simulate.round import Round

REGISTRATION, SWABBING = "registration", "swab"
"""The two stages of a table."""
DRY = -1.0
"""Rain that ends before the round begins."""


def rules_of(round_: Round) -> Rules:
    """The rules of tubes and weather for the kernel."""
    manner = round_.manner
    rain = round_.trouble.rain or (DRY, DRY)
    return Rules(
        manner.tube_size, manner.tube_open / 60, manner.tube_close / 60, *rain,
        manner.rain_factor, max(manner.per_person),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class SiteRun:
    """One run at one site: when each came, the table and the four moments of each, the counts of
    each table, and which table sent them on (-1: none)."""

    came: Times
    where: Places
    passed: Times
    counts: Places
    sent_by: Places


class Tally:
    """One site over the runs."""

    def __init__(self, round_: Round, index: int) -> None:
        self.site, self.manner = round_.sites[index], round_.manner
        self.desks = desks_of(self.site, self.manner, round_.trouble)
        self.rules = rules_of(round_)
        self.called = called_to(round_, index)
        self.runs: list[SiteRun] = []

    def add(self, random: Generator) -> None:
        """One more run."""
        crowd = crowd_of(self.called, self.manner, random)
        state, sent_by = through_site(crowd, self.desks, self.rules)
        self.runs.append(SiteRun(crowd.came, state.where, state.passed, state.counts, sent_by))

    def finishes(self) -> Times:
        """When the last person of each run was swabbed."""
        return np.array([run.passed[:, SWABBED].max(initial=0.0) for run in self.runs])

    def waits(self, run: int) -> Times:
        """Everybody's wait in one run: from coming to the swab, less the registration."""
        one = self.runs[run]
        taken = one.passed[:, REGISTERED] - one.passed[:, REGISTER]
        waited: Times = one.passed[:, SWAB] - one.came - taken
        return waited

    def tubes(self) -> Times:
        """Tubes of each run."""
        return np.array([float(run.counts[:, TUBES].sum()) for run in self.runs])

    def short_tubes(self) -> Times:
        """Tubes of each run that end with fewer than they hold, households' own left aside."""
        return np.array([float((run.counts[:, IN_TUBE] > 0).sum()) for run in self.runs])

    def moved(self) -> Times:
        """How many of each run changed tables because theirs failed."""
        return np.array([float((run.sent_by >= 0).sum()) for run in self.runs])

    def figures(self) -> Times:
        """For each run and table: people, last swab, share of time that recorders and samplers
        are busy, mean wait before the one and before the other."""
        return np.array([self._figures(run) for run in self.runs])

    def _figures(self, run: SiteRun) -> Times:
        tables = len(self.site.tables)

        def summed(values: Times) -> Times:
            return np.bincount(run.where, values, minlength=tables)

        start, registered, swab, swabbed = run.passed.T
        people = np.bincount(run.where, minlength=tables).astype(float)
        finish = np.zeros(tables)
        np.maximum.at(finish, run.where, swabbed)
        spans = np.array(
            [working(t, self.manner, f) for t, f in zip(self.site.tables, finish, strict=True)]
        )
        figures = [people, finish]
        for busy, span in ((registered - start, spans[:, 0]), (swabbed - swab, spans[:, 1])):
            figures.append(_ratio(summed(busy), span))
        waits = (start - run.came, swab - registered)
        figures += [_ratio(summed(wait), people) for wait in waits]
        return np.array(figures).T

    def lines(self, times: Times) -> Places:
        """For each run, table and moment: how many stand before the recorder or the sampler."""
        return np.array([self._lines(run, times) for run in self.runs])

    def _lines(self, run: SiteRun, times: Times) -> Places:
        start, registered, swab, _ = run.passed.T
        sent = run.sent_by >= 0
        by, left = run.sent_by[sent], self.desks.fails[run.sent_by, 0]
        joined = np.where(sent, left + MOVE_MINUTES, run.came)
        tables = len(self.site.tables)
        return (
            people_waiting(run.where, joined, start, times, tables)
            + people_waiting(run.where, registered, swab, times, tables)
            + people_waiting(by, run.came[sent], left[sent], times, tables)
        )


def _ratio(part: Any, whole: Times) -> Times:
    shares: Times = np.divide(part, whole, out=np.zeros(len(whole)), where=whole > 0)
    return shares
