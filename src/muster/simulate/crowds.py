"""Who comes, when, and how long each takes: the chance of a round, one draw a run.

A household comes together: one lateness for all of it. Who is called and does not come is drawn
for each person. Who comes uncalled comes at any time of the calls, and is not on the roll.
"""

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator

from muster.simulate.lanes import Crowd
from muster.simulate.queueing import Places, Times
from muster.simulate.round import Manner, Round


@dataclass(frozen=True, slots=True)
class Called:
    """Everybody who is called to one site: when at the site by the call, household, tube alone."""

    due: Times
    household: Places
    alone: Places
    households: int


def called_to(round_: Round, site: int) -> Called:
    """Who is called to `site`; people are spread over the households of their call."""
    due, household, alone, first = [np.empty(0)], [np.empty(0, int)], [np.empty(0, int)], 0
    for call in round_.calls:
        if call.site != site or not call.people:
            continue
        mine = first + np.arange(call.people) * call.households // call.people
        due.append(np.full(call.people, call.minute + call.walk))
        household.append(mine)
        alone.append(np.full(call.people, int(call.alone)))
        first += call.households
    return Called(np.concatenate(due), np.concatenate(household), np.concatenate(alone), first)


def crowd_of(called: Called, manner: Manner, random: Generator) -> Crowd:
    """Who comes in one run, in order of coming."""
    late = random.normal(0.0, manner.late_spread, called.households)
    comes = random.random(len(called.due)) >= manner.no_show
    came = (called.due + late[called.household])[comes]
    strangers = int(random.binomial(max(1, len(called.due)), manner.walk_in))
    low, high = called.due.min(), called.due.max()
    came = np.maximum(0.0, np.concatenate([came, random.uniform(low, high, strangers)]))
    people = len(came)
    household = np.concatenate([called.household[comes], called.households + np.arange(strangers)])
    alone = np.concatenate([called.alone[comes], np.zeros(strangers, dtype=np.int64)])
    register = random.uniform(*manner.registration, people) / 60
    register[people - strangers :] += manner.unknown / 60
    order = np.lexsort((household, came))
    return Crowd(
        came[order], household[order].astype(np.int64), alone[order].astype(np.int64),
        register[order], swabs(manner, people, random),
    )  # fmt: skip


def swabs(manner: Manner, people: int, random: Generator) -> Times:
    """Minutes of each swab: gamma with the manner's mean and spread, and the time between two."""
    if not manner.swab_spread:
        return np.full(people, (manner.swab + manner.between) / 60)
    shape = 1 / manner.swab_spread**2
    drawn: Times = random.gamma(shape, manner.swab / shape, people)
    return (drawn + manner.between) / 60
