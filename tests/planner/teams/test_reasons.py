"""A reason for everybody."""

from dataclasses import replace

from muster.planner.teams.reasons import Because, Reason, reasons, told
from muster.planner.teams.splitting import split
from tests.planner.teams.test_splitting import group


def test_everybody_has_a_reason() -> None:
    county = group(30, 3, 1)
    found = split(county)
    whys = reasons(county, found)
    assert all(whys)
    assert whys[1] == (Reason(Because.PINNED),)
    assert whys[found.leader[2]] == (Reason(Because.LEADS),)


def test_reasons_in_words() -> None:
    small = replace(group(9, 2, 1), pins={}, together=[("p1", "p2")], apart=[("p1", "p3")])
    found = split(small)
    said = "; ".join(map(told, reasons(small, found)[1]))
    assert " km" in said
    assert said.endswith("stays with p2; apart from p3")
    assert told(Reason(Because.UNIT, 3, ("u",))) == "with 3 of u"
