"""When each community starts, so that a city's sites do not all open in the same minute.

The systems of 2022 fell over when districts began together: what counts is the number of people
whose first call falls into one step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass


def stagger(people: Mapping[str, int], every: int, steps: int) -> dict[str, int]:
    """The minute at which each community starts, a multiple of `every` below `every * steps`: the
    largest first, each into the step with fewest people. One community starts at once."""
    load = [0] * max(1, min(steps, len(people)))
    starts = {}
    for name in sorted(people, key=lambda each: (-people[each], each)):
        step = load.index(min(load))
        load[step] += people[name]
        starts[name] = step * every
    return starts


@dataclass(frozen=True, slots=True)
class NightRound:
    """A round of one night: it gives `tubes` evenly over `minutes`; `wished` is the minute of the
    night at which it would start, and before which it does not. `fixed`: it is opened already."""

    key: str
    tubes: int
    minutes: int
    wished: int = 0
    fixed: bool = False


def stagger_night(
    rounds: Sequence[NightRound], *, an_hour: float, every: int, steps: int
) -> dict[str, int]:
    """The minute of the night at which each round starts, so that the tubes of all keep within
    `an_hour`, what laboratories and couriers take. A fixed round starts as wished; of the others
    the largest first, each at its wish or a multiple of `every` (minutes) later, within the first
    `steps` of the night: where least goes beyond, then where the worst stretch is least, then the
    earliest. Equals by key. All start as wished where nothing better is found; what it answers,
    wished for again, stays.
    """
    wished = {r.key: r.wished for r in rounds}
    starts = {r.key: r.wished for r in rounds if r.fixed}
    load = night_load([r for r in rounds if r.fixed], starts, every=every)
    limit = an_hour * every / 60
    for each in sorted((r for r in rounds if not r.fixed), key=lambda r: (-r.tubes, r.key)):
        later = range(each.wished + every, every * steps, every)
        tried = [
            (_strain(_with(load, each, minute, every), limit), minute)
            for minute in (each.wished, *later)
        ]
        _, starts[each.key] = min(tried)
        load = _with(load, each, starts[each.key], every)
    as_wished = _strain(night_load(rounds, wished, every=every), limit)
    return starts if _strain(load, limit) < as_wished else wished


def night_load(
    rounds: Sequence[NightRound], starts: Mapping[str, int], *, every: int
) -> list[float]:
    """Tubes that come in each `every` minutes of the night, when the rounds start as `starts` says
    (minutes by key)."""
    load: list[float] = []
    for each in rounds:
        load = _with(load, each, starts[each.key], every)
    return load


def _with(load: Sequence[float], each: NightRound, start: int, every: int) -> list[float]:
    length = max(1, each.minutes)
    until = start + length
    grown = [*load, *[0.0] * max(0, -(-until // every) - len(load))]
    for bin_ in range(start // every, -(-until // every)):
        inside = min(until, (bin_ + 1) * every) - max(start, bin_ * every)
        grown[bin_] += each.tubes * inside / length
    return grown


def _strain(load: Sequence[float], limit: float) -> tuple[float, float]:
    """How much goes beyond the limit, and the worst stretch; rounded, so that equals are equal."""
    beyond = sum(max(0.0, tubes - limit) for tubes in load)
    return round(beyond, 6), round(max(load, default=0.0), 6)
