"""Call times: so many households every ten minutes that nobody queues.

What the tables of a site can do follows from the same figures as the rehearsal: the slower of
recorder and swab, less the share of time that somebody is on a pause. Only a part of that is
called, the rest takes up chance. Near buildings come first, so that no table waits for the first.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from muster.policies import Policy
from muster.rounds.area import Building
from muster.rounds.plan import PlannedCall
from muster.simulate.round import Manner

LEAST = 0.1
"""Of a call's size: fewer people than that are not called apart, they come with the next."""


@dataclass(frozen=True, slots=True)
class Sent:
    """A building that is sent to a site, and how long its people walk."""

    building: Building
    walk: float


def pause_share(manner: Manner) -> float:
    """The share of time that somebody without relief is away."""
    resting = manner.pause_minutes / (manner.pause_every * 60) if manner.pause_every else 0.0
    suit = manner.suit_hours * 60
    changing = manner.suit_minutes / (suit + manner.suit_minutes) if suit else 0.0
    return min(0.9, resting + changing)


def per_minute(manner: Manner, *, recorders: int = 1, samplers: int = 2) -> float:
    """People whom one table gets through in a minute."""
    register, swab = manner.per_person
    places = min(samplers, manner.at_once)
    away = pause_share(manner)
    swabbing = places * (1.0 if samplers > places else 1 - away)
    return min(recorders * (1 - away) / register, swabbing / swab)


def slot_size(policy: Policy, manner: Manner, tables: int) -> int:
    """How many people are called to a site of `tables` at once."""
    conduct = policy.screening.conduct
    able = per_minute(manner) * tables * conduct.call_every_minutes
    return max(1, int(able * conduct.call_load))


def calls(
    sent: Sequence[Sent], site: int, size: int, opens: int, every: int
) -> Iterator[PlannedCall]:
    """Calls to one site: each `every` minutes as many whole households as come to `size` people,
    building after building, the nearest first."""
    minute, room = opens, float(size)
    for each in sorted(sent, key=lambda s: (s.walk, s.building.key)):
        building, told, first = each.building, 0, 1
        if building.coming < 1:
            continue
        households = min(building.households, building.coming)
        per_home = building.coming / households
        while first <= households:
            if room < max(per_home / 2, size * LEAST):
                minute, room = minute + every, room + size
                continue
            last = min(households, first + max(1, int(room / per_home + 0.5)) - 1)
            people = round(last * per_home) - told
            yield PlannedCall(
                building.key, building.name, site, minute, first, last, people,
                round(each.walk, 1), building.sealed,
            )  # fmt: skip
            told, first, room = told + people, last + 1, room - people


def minute_of_doors(doors: Sequence[str], ranges: Sequence[tuple[int, str, str]]) -> dict[str, int]:
    """At which minute of the round each door of one building was called. `doors`: labels in the
    order of the building; `ranges`: minute, first and last door of each call. A door that no range
    holds (people moved in since) was called with the last of them; without calls the answer is
    empty."""
    if not ranges:
        return {}
    place = {label: n for n, label in enumerate(doors)}
    minutes = dict.fromkeys(doors, max(minute for minute, _, _ in ranges))
    for minute, first, last in ranges:
        for label in doors[place.get(first, 0) : place.get(last, -1) + 1]:
            minutes[label] = min(minutes[label], minute)
    return minutes
