"""SimPy, the reference that the compiled passes are held against."""

from collections.abc import Generator, Sequence
from typing import Any

import numpy as np
import simpy

from muster.simulate.lanes import MOVE_MINUTES, Crowd, Desks, Rules


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


class Table:
    """One table of a site as SimPy processes: a line, recorders, a second line, samplers."""

    def __init__(self, site: "SiteReference", number: int) -> None:
        self.site, self.number = site, number
        self.line, self.second = simpy.Store(site.env), simpy.Store(site.env)
        self.present = self.in_tube = self.in_own = 0
        self.household = -1
        self.joined = 0
        desks = site.desks
        for server in range(int(desks.recorders[number])):
            rows = site.pauses(desks.recorder_at, number, server)
            site.env.process(self.work(self.line, rows, self.register))
        for server in range(int(desks.places[number])):
            rows = site.pauses(desks.sampler_at, number, server)
            site.env.process(self.work(self.second, rows, self.swab))

    def work(self, line: simpy.Store, rows: Sequence[Any], serve: Any) -> Generator[Any, Any]:
        """A server who begins nobody before the table opens and during a pause."""
        env = self.site.env
        yield env.timeout(float(self.site.desks.opens[self.number]))
        while True:
            for start, end in rows:
                if start <= env.now < end:
                    yield env.timeout(end - env.now)
            asked = line.get()
            later = [start - env.now for start, _ in rows if start > env.now]
            pause = env.timeout(min(later)) if later else env.event()
            yield asked | pause
            if not asked.triggered:
                asked.cancel()
                continue
            person = yield asked
            yield from serve(person)

    def tube(self, person: int) -> tuple[bool, bool]:
        """Whether this person opens a tube, and closes one."""
        size, crowd = self.site.rules.tube_size, self.site.crowd
        if crowd.alone[person]:
            opens = crowd.household[person] != self.household or self.in_own >= size
            self.household = int(crowd.household[person])
            self.in_own = 1 if opens else self.in_own + 1
            return opens, opens
        self.in_tube = self.in_tube % size + 1
        return self.in_tube == 1, self.in_tube == size

    def register(self, person: int) -> Generator[Any, Any]:
        site = self.site
        opens, closes = self.tube(person)
        takes = site.crowd.register[person] + (site.rules.tube_open if opens else 0.0)
        site.passed[person, 0] = site.env.now
        yield site.env.timeout(takes * site.weather())
        site.passed[person, 1] = site.env.now
        site.closes[person] = closes
        yield self.second.put(person)

    def swab(self, person: int) -> Generator[Any, Any]:
        site = self.site
        self.present -= 1
        takes = site.crowd.swab[person] + (site.rules.tube_close if site.closes[person] else 0.0)
        site.passed[person, 2] = site.env.now
        yield site.env.timeout(takes * site.weather())
        site.passed[person, 3] = site.env.now

    def fail(self) -> Generator[Any, Any]:
        """At the moment of failure whoever still waits goes to another table."""
        env = self.site.env
        yield env.timeout(float(self.site.desks.fails[self.number, 0]))
        waiting = list(self.line.items)
        self.line.items.clear()
        self.present -= len(waiting)
        yield env.timeout(MOVE_MINUTES)
        for person in waiting:
            self.site.choose(person).take(person)

    def take(self, person: int) -> None:
        self.present += 1
        self.joined += 1
        self.site.where[person] = self.number
        self.line.put(person)


class SiteReference:
    """A whole site; `passed` are the four moments of everybody, as the compiled pass gives them."""

    def __init__(self, crowd: Crowd, desks: Desks, rules: Rules) -> None:
        self.env = simpy.Environment()
        self.crowd, self.desks, self.rules = crowd, desks, rules
        self.passed = np.zeros((len(crowd.came), 4))
        self.where = np.full(len(crowd.came), -1)
        self.closes: dict[int, bool] = {}
        self.tables = [Table(self, number) for number in range(len(desks.recorders))]
        self.env.process(self.come())
        for table in self.tables:
            if len(self.tables) > 1 and np.isfinite(desks.fails[table.number, 0]):
                self.env.process(table.fail())
        self.env.run()

    def pauses(self, at: Any, table: int, server: int) -> list[Any]:
        return list(self.desks.pauses[at[table, server] : at[table, server + 1]])

    def weather(self) -> float:
        rainy = self.rules.rain_from <= self.env.now < self.rules.rain_until
        return self.rules.rain_factor if rainy else 1.0

    def wait_at(self, table: Table) -> float:
        now, number = self.env.now, table.number
        failed, back = self.desks.fails[number]
        shut = max(self.desks.opens[number], back if failed <= now < back else 0.0)
        standing = table.present * self.rules.pace / self.desks.places[number]
        return float(standing + max(0.0, shut - now))

    def choose(self, person: int) -> Table:
        return min(self.tables, key=lambda t: (self.wait_at(t), t.joined))

    def come(self) -> Generator[Any, Any]:
        last, table = -1, self.tables[0]
        for person, time in enumerate(self.crowd.came):
            yield self.env.timeout(max(0.0, float(time) - self.env.now))
            if self.crowd.household[person] != last:
                table = self.choose(person)
            last = int(self.crowd.household[person])
            table.take(person)
