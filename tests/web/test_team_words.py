"""Every rule, reason, contradiction and kind has its words."""

from django.utils.translation import override

from muster.planner.teams.pairs import Contradiction, Kind
from muster.planner.teams.proposing import Why
from muster.planner.teams.reasons import Because
from muster.planner.teams.rules import Rule
from muster.web.team_words import BECAUSE, KINDS, RULES, WHY, contradiction_said


def test_nothing_is_without_words() -> None:
    for words, keys in ((BECAUSE, Because), (RULES, Rule), (KINDS, Kind), (WHY, Why)):
        assert set(words) == set(keys)


def test_teams_are_counted_from_one() -> None:
    found = Contradiction(Kind.PINNED_APART, ("a", "b"), ("0", "2"))
    with override("zh-hans"):
        assert "1、3" in contradiction_said([], found)
