"""SimPy, the reference that the compiled passes are held against."""

from collections.abc import Generator, Sequence
from typing import Any

import simpy


def starts(arrivals: Sequence[float], services: Sequence[float], servers: int) -> list[float]:
    """When each is begun at one station, first come, first served."""
    env = simpy.Environment()
    station = simpy.Resource(env, capacity=servers)
    begun = [0.0] * len(arrivals)

    def person(number: int) -> Generator[simpy.Event, Any]:
        yield env.timeout(arrivals[number])
        with station.request() as turn:
            yield turn
            begun[number] = env.now
            yield env.timeout(services[number])

    for number in sorted(range(len(arrivals)), key=lambda i: arrivals[i]):
        env.process(person(number))
    env.run()
    return begun
