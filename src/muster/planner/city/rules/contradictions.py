"""Every reason why the rules of a city cannot all be kept, each with its mend."""

from collections.abc import Iterator
from itertools import pairwise

import numpy as np

from muster.planner.city.constraints import availability, radius, role, seal
from muster.planner.city.problem import OPEN, CityProblem
from muster.planner.city.rules.forbidden import forbids
from muster.planner.city.rules.model import ANY_SLOT, Rules


def contradictions(city: CityProblem, rules: Rules) -> Iterator[str]:
    """Indices first; what the rules say only when every index means something."""
    wrong = list(_indices(city, rules))
    yield from wrong or _meaning(city, rules)


def _indices(city: CityProblem, rules: Rules) -> Iterator[str]:
    high = np.array([city.people, city.lines, city.slots])
    for name, rows, least in (
        ("rule_pinned", rules.pinned, 0),
        ("rule_forbidden", rules.forbidden, ANY_SLOT),
    ):
        low = np.array([0, 0, least])
        for at in np.flatnonzero(((rows < low) | (rows >= high)).any(axis=1)).tolist():
            yield (
                f"{name}[{at}] is {rows[at].tolist()}; people run to {city.people - 1}, "
                f"lines to {city.lines - 1}, slots to {city.slots - 1}"
            )
    for at in np.flatnonzero(rules.person_team >= city.people).tolist():
        yield f"rule_person_team[{at}] is {rules.person_team[at]}; number teams from 0 without gaps"
    for at in np.flatnonzero(~(rules.person_max_hours >= 0)).tolist():
        yield f"rule_person_max_hours[{at}] is {rules.person_max_hours[at]}; give hours from 0"
    yield from _spots(city, rules)
    short = rules.line_suit_hours < city.slot_hours
    for at in np.flatnonzero(~(rules.line_suit_hours > 0)).tolist():
        yield f"rule_line_suit_hours[{at}] is {rules.line_suit_hours[at]}; give hours above 0"
    for at in np.flatnonzero(short & (city.required > 0).any(axis=1)).tolist():
        yield (
            f"rule_line_suit_hours[{at}] is {rules.line_suit_hours[at]:g}, but a shift lasts "
            f"{city.slot_hours} hours; plan shorter shifts"
        )


def _spots(city: CityProblem, rules: Rules) -> Iterator[str]:
    """Spots that are numbered without sense, or of two places."""
    most = city.lines + city.compounds
    for at in np.flatnonzero((rules.line_spot < -1) | (rules.line_spot >= most)).tolist():
        yield f"rule_line_spot[{at}] is {rules.line_spot[at]}; number spots from 0, or say -1"
    for spot in np.unique(rules.line_spot[rules.line_spot >= 0]).tolist():
        places = np.unique(city.line_place[rules.line_spot == spot])
        if len(places) > 1:
            yield f"spot {spot} is at places {places.tolist()}; a spot is at one place"


def _meaning(city: CityProblem, rules: Rules) -> Iterator[str]:
    for person, line, slot in rules.pinned.tolist():
        for why in barred(city, rules, person, line, slot):
            yield f"person {person} is pinned to line {line} in slot {slot}, but {why}"
    yield from _too_much(city, rules)
    yield from _nobody(rules)
    yield from _parted(city, rules)


def barred(city: CityProblem, rules: Rules, person: int, line: int, slot: int) -> Iterator[str]:
    """Why `person` may not serve on `line` in `slot`."""
    p, q, t = np.array([person]), np.array([line]), np.array([slot])
    for name, may in (
        ("is not available then", availability.allows(city, p, t)),
        ("does not hold its role", role.allows(city, p, q)),
        ("a sealed compound lies between", seal.allows(city, p, q)),
        ("it is beyond the role's radius", radius.allows(city, p, q)),
        ("that is forbidden", ~forbids(rules, p, q, t)),
        ("nobody is required there then", city.required[q, t] > 0),
    ):
        if not may[0]:
            yield name


def _too_much(city: CityProblem, rules: Rules) -> Iterator[str]:
    """Pins that no week, or no post, has room for."""
    for person in np.unique(rules.pinned[:, 0]).tolist():
        slots = sorted(rules.pinned[rules.pinned[:, 0] == person, 2].tolist())
        for one, two in pairwise(slots):
            if two - one <= city.rest_slots:
                yield f"person {person} is pinned in slots {one} and {two}, without rest between"
        most = int(np.bincount(np.array(slots) // city.week_slots).max())
        if most > city.max_shifts:
            yield f"person {person} is pinned {most} times; a week has {city.max_shifts}"
        if most * city.slot_hours > rules.person_max_hours[person]:
            yield (
                f"person {person} is pinned for {most * city.slot_hours} hours; "
                f"the limit is {rules.person_max_hours[person]:g}"
            )
    cells, many = np.unique(rules.pinned[:, 1:], axis=0, return_counts=True)
    for (line, slot), count in zip(cells.tolist(), many.tolist(), strict=True):
        if count > city.required[line, slot]:
            yield f"{count} are pinned to line {line} in slot {slot}; it requires fewer"


def _nobody(rules: Rules) -> Iterator[str]:
    """Tags that a line needs and nobody in the city has."""
    held = int(np.bitwise_or.reduce(rules.person_tags, initial=0))
    lacking = int(np.bitwise_or.reduce(rules.line_needs, initial=0)) & ~held
    for tag in range(lacking.bit_length()):
        if lacking >> tag & 1:
            lines = np.flatnonzero(rules.line_needs >> tag & 1)
            yield f"{len(lines)} lines need tag {tag} (the first is {lines[0]}); nobody has it"


def _parted(city: CityProblem, rules: Rules) -> Iterator[str]:
    """Teams whose members can never be at one place."""
    for team in np.unique(rules.person_team[rules.person_team >= 0]).tolist():
        homes = city.person_home[rules.person_team == team]
        shut = np.unique(homes[city.compound_status[homes] != OPEN])
        if len(shut) > 1:
            yield f"team {team} has members shut in at compounds {shut.tolist()}; part it"
