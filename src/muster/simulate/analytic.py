"""Queues and pools that have an exact answer: Erlang B and C, Dorfman's two-stage pooling.

They are what the simulation is held against, and good enough alone for a first guess at the tables
a site needs. Sources: Erlang (1917) in the recursive form; Dorfman (1943).
"""

from dataclasses import dataclass
from math import exp


def erlang_b(servers: int, load: float) -> float:
    """The share turned away by `servers` without a line; `load` in erlangs."""
    blocked = 1.0
    for count in range(1, servers + 1):
        blocked = load * blocked / (count + load * blocked)
    return blocked


def servers_to_block(load: float, share: float) -> int:
    """The fewest servers without a line that turn away at most `share`."""
    servers = 1
    while erlang_b(servers, load) > share:
        servers += 1
    return servers


@dataclass(frozen=True, slots=True)
class Waiting:
    """M/M/c in its steady state. Waits are in mean service times."""

    servers: int
    load: float
    waits: float
    """The share that waits at all."""
    queue: float
    """Mean number in line."""
    wait: float
    """Mean wait of everybody."""

    @property
    def utilisation(self) -> float:
        return self.load / self.servers

    def served_within(self, time: float) -> float:
        """The share that is begun within `time` mean service times."""
        return 1 - self.waits * exp(-(self.servers - self.load) * time)


def erlang_c(servers: int, load: float) -> Waiting:
    """Servers with a line. Raises `ValueError` where the line grows without end."""
    if servers < 1 or not 0 <= load < servers:
        raise ValueError(f"{servers} servers cannot carry {load} erlangs")
    blocked = erlang_b(servers, load)
    busy = load / servers
    waits = blocked / (1 - busy * (1 - blocked))
    return Waiting(
        servers, load, waits, queue=waits * busy / (1 - busy), wait=waits / (servers - load)
    )


def servers_to_serve(
    load: float, within: float, share: float, max_occupancy: float = 1.0
) -> Waiting:
    """The fewest servers that begin `share` of people within `within` mean service times, none of
    them busy for more than `max_occupancy` of the time."""
    servers = int(load) + 1
    while True:
        found = erlang_c(servers, load)
        if found.served_within(within) >= share and found.utilisation <= max_occupancy:
            return found
        servers += 1


@dataclass(frozen=True, slots=True)
class Pooled:
    """Two-stage pooling of `size` people to a tube. `per_pool` and `per_person` are tests expected;
    the four shares are for one person: found when ill, cleared when well, ill when called positive,
    well when called negative."""

    size: int
    per_pool: float
    sensitivity: float
    specificity: float
    positive_value: float
    negative_value: float
    tube_positive: float

    @property
    def per_person(self) -> float:
        return self.per_pool / self.size


def dorfman(
    prevalence: float, size: int, *, sensitivity: float = 1.0, specificity: float = 1.0
) -> Pooled:
    """Tests of a tube of `size` (at least 2) and, where it is positive, of each of its people.

    Dilution is left aside: a tube with one ill person is found as surely as one with ten.
    """
    false_alarm = 1 - specificity
    well = (1 - prevalence) ** size
    positive = sensitivity * (1 - well) + false_alarm * well
    others_well = (1 - prevalence) ** (size - 1)
    tube_of_well = sensitivity * (1 - others_well) + false_alarm * others_well
    found = sensitivity * sensitivity
    cleared = 1 - false_alarm * tube_of_well
    called = prevalence * found + (1 - prevalence) * (1 - cleared)
    released = prevalence * (1 - found) + (1 - prevalence) * cleared
    return Pooled(
        size=size,
        per_pool=1 + size * positive,
        sensitivity=found,
        specificity=cleared,
        positive_value=prevalence * found / called if called else 0.0,
        negative_value=(1 - prevalence) * cleared / released if released else 0.0,
        tube_positive=positive,
    )


def best_pool(prevalence: float, largest: int = 200) -> Pooled:
    """The size from 2 to `largest` with the fewest tests a person, by a test without error."""
    return min(
        (dorfman(prevalence, size) for size in range(2, largest + 1)), key=lambda p: p.per_person
    )
