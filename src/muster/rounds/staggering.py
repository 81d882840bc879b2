"""When each community starts, so that a city's sites do not all open in the same minute.

The systems of 2022 fell over when districts began together: what counts is the number of people
whose first call falls into one step.
"""

from collections.abc import Mapping


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
