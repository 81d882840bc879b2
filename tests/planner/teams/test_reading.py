"""A group from JSON, and every fault of it."""

import pytest

from muster.planner.teams.errors import BadGroup
from muster.planner.teams.reading import read_group

PEOPLE = '{"key": "p1", "x": 1, "y": 2.5, "skills": ["swab"], "unit": "u", "leads": true}'
TEAMS = '{"name": "A", "x": 0, "y": 0, "skills": {"swab": 1}}'


def test_a_group_is_read() -> None:
    group = read_group(f'{{"people": [{PEOPLE}], "teams": [{TEAMS}], "pins": {{"p1": "A"}}}}')
    assert (group.members[0].leads, group.members[0].party) == (True, False)
    assert group.teams[0].skills == {"swab": 1}
    assert group.pins == {"p1": "A"}
    assert (group.together, group.apart, group.teams[0].posts) == ([], [], ())


def test_pairs_and_posts_are_read() -> None:
    two = PEOPLE.replace("p1", "p2")
    team = TEAMS.replace('"y": 0', '"y": 0, "posts": ["gate"]')
    text = f'{{"people": [{PEOPLE}, {two}], "teams": [{team}], "together": [["p1", "p2"]]}}'
    group = read_group(text)
    assert (group.together, group.teams[0].posts) == ([("p1", "p2")], ("gate",))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON in line 1"),
        ("[]", "an object with people and teams"),
        ("{}", "people is no list"),
        ('{"together": 1}', "together is no list of pairs"),
        ('{"apart": [["a", "b"], ["a"]]}', "apart[1] is ['a']; give two keys"),
        ('{"people": [{"key": 1, "x": true}], "teams": [3]}', "people[0].key is 1; give a name"),
        ('{"people": [{"key": 1, "x": true}], "teams": [3]}', "people[0].x is True; give a number"),
        ('{"people": [{"key": 1, "x": true}], "teams": [3]}', "teams[0] is no object"),
    ],
)
def test_every_fault_is_told(text: str, said: str) -> None:
    with pytest.raises(BadGroup) as raised:
        read_group(text)
    assert said in str(raised.value)
