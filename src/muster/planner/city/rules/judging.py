"""Judges a plan by the public format and by every rule beside it. No solver code."""

from dataclasses import replace

from muster.planner.city.checker import Judgement, judge
from muster.planner.city.finding import Finding
from muster.planner.city.problem import CityProblem, Lines
from muster.planner.city.rules import ALL
from muster.planner.city.rules.model import Rules


def judge_with(city: CityProblem, rules: Rules, assignment: Lines, since: int = 0) -> Judgement:
    """Every broken rule and every cost of `assignment`, (P, T) lines.

    Args:
        since: the first slot that is judged; what was before counts for what follows.

    Raises:
        BadCityPlan: it is no plan for this problem.
    """
    base = judge(city, assignment, since)
    found = (each.measure(city, rules, assignment, since) for each in ALL)
    return replace(base, broken=(*base.broken, *(each for each in found if each.count)))


def said(finding: Finding) -> str:
    """A broken rule in words, with its first place."""
    at = finding.examples[0]
    where = f"person {at.person} on line {at.line} in slot {at.slot}"
    return f"{finding.name} is broken {finding.count} times, first by {where}"
