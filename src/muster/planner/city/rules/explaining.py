"""Why a post is short and why somebody was sent where, with the rules beside the public format."""

import numpy as np

from muster.planner.city.constraints import capacity
from muster.planner.city.explain import (
    Beside,
    PostExplained,
    Remedy,
    ShiftExplained,
    explain_person,
    explain_post,
    holders,
)
from muster.planner.city.finding import duties
from muster.planner.city.problem import FREE, CityProblem, Flags, Lines, Whole
from muster.planner.city.rules import newcomers, suit
from muster.planner.city.rules.encoding import near_pins
from muster.planner.city.rules.forbidden import forbids
from muster.planner.city.rules.judging import judge_with
from muster.planner.city.rules.model import ANY_SLOT, Rules

LIFTED = {"forbidden": "forbidden", "own_hours": "hours", "suit": "suit"}
"""The bars that one change would lift, and the rule that the plan then breaks; a leader or somebody
experienced is somebody else, a pin or a team is a plan of its own."""
FORMAT = {"home_sealed": "seal", "place_sealed": "seal", "out_of_reach": "radius",
          "unavailable": "availability"}  # fmt: skip
"""The same of the public format."""


def explain_post_with(
    city: CityProblem, rules: Rules, assignment: Lines, line: int, slot: int
) -> PostExplained:
    """Why (`line`, `slot`) has no more people than it has, the rules among the bars: ``forbidden``,
    ``pinned`` (here or too near), ``team`` (it serves as a whole), ``own_hours``, ``suit``,
    ``newcomer`` (nobody experienced would be there), ``unled`` (a tag that the post needs would be
    missing). What one change would fill keeps the rules.

    Raises:
        NotInProblem: there is no such line or slot, or nobody is wanted there.
    """
    people = holders(city, line, slot)
    bars = _bars(city, rules, assignment, people, (line, slot))
    before = _broken(city, rules, assignment)

    def works(remedy: Remedy) -> bool:
        after = assignment.copy()
        if remedy.gives_up is not None:
            after[remedy.person, remedy.gives_up[1]] = FREE
        after[remedy.person, slot] = line
        # A full post is asked about too.
        lifted = {LIFTED.get(remedy.change), FORMAT.get(remedy.change), capacity.NAME}
        return _broken(city, rules, after) <= before | lifted

    return explain_post(city, assignment, line, slot, Beside(bars, frozenset(LIFTED), works))


def beside_of(city: CityProblem, rules: Rules, assignment: Lines, line: int, slot: int) -> Beside:
    """The rules for `explain_post`, and remedies asked only what their one shift given up would
    break: a pin, newcomers left alone, a post left without a tag that it needs. For where many
    posts are explained.

    Raises:
        NotInProblem: there is no such line or slot, or nobody is wanted there.
    """
    bars = _bars(city, rules, assignment, holders(city, line, slot), (line, slot))
    pins = {tuple(pin) for pin in rules.pinned.tolist()}

    def works(remedy: Remedy) -> bool:
        if remedy.gives_up is None:
            return True
        if (remedy.person, *remedy.gives_up) in pins:
            return False
        left, then = remedy.gives_up
        stay = np.flatnonzero(assignment[:, then] == left)
        stay = stay[stay != remedy.person]
        if _guides_alone(city, rules, assignment, remedy.person, remedy.gives_up):
            return False
        held = np.bitwise_or.reduce(rules.person_tags[stay], initial=0)
        return not len(stay) or not rules.line_needs[left] & ~held

    return Beside(bars, frozenset({"forbidden"}), works)


def _guides_alone(
    city: CityProblem, rules: Rules, plan: Lines, person: int, shift: tuple[int, int]
) -> bool:
    """Whether newcomers would be alone where `person` gives up a shift."""
    line, slot = shift
    if rules.person_newcomer[person] or rules.line_spot[line] < 0:
        return False
    lines = plan[:, slot]
    there = (lines != FREE) & (rules.line_spot[lines] == rules.line_spot[line])
    new = rules.person_newcomer[there]
    wards = new & ~rules.line_lenient[lines[there]]
    return bool(wards.any() and np.count_nonzero(~new) == 1)


def explain_person_with(
    city: CityProblem, rules: Rules, assignment: Lines, person: int
) -> tuple[ShiftExplained, ...]:
    """Each shift of `person`, and the best other thing in its slot that is not forbidden to him.

    Raises:
        NotInProblem: there is no such person.
    """
    kept_from = np.zeros((city.lines, city.slots), np.bool_)
    for _, line, slot in rules.forbidden[rules.forbidden[:, 0] == person].tolist():
        kept_from[line, slice(None) if slot == ANY_SLOT else slot] = True
    return explain_person(city, assignment, person, kept_from)


def _broken(city: CityProblem, rules: Rules, plan: Lines) -> set[str | None]:
    return {each.name for each in judge_with(city, rules, plan).broken}


def _bars(
    city: CityProblem, rules: Rules, plan: Lines, people: Whole, at: tuple[int, int]
) -> dict[str, Flags]:
    """(n,) by name, which rules keep ``people`` away from the line and slot `at`."""
    line, slot = at
    rows = plan[people].copy()
    rows[:, slot] = FREE
    n = len(people)
    first = slot - slot % city.week_slots
    served = np.count_nonzero(rows[:, first : first + city.week_slots] != FREE, axis=1)
    there = newcomers.guides(city, rules, duties(plan))
    guided = bool(newcomers.guided(rules, there, np.array([line]), slot)[0])
    held = np.bitwise_or.reduce(rules.person_tags[plan[:, slot] == line], initial=0)
    lacking = rules.line_needs[line] & ~held
    return {
        "forbidden": forbids(rules, people, np.full(n, line), np.full(n, slot)),
        "pinned": near_pins(city, rules)[people, slot],
        "team": rules.person_team[people] >= 0,
        "own_hours": (served + 1) * city.slot_hours > rules.person_max_hours[people],
        "suit": ~suit.allows(city, rules, rows, line, slot),
        "newcomer": rules.person_newcomer[people] & (not guided),
        "unled": (lacking & ~rules.person_tags[people]) != 0,
    }
