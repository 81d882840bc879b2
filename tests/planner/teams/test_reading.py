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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{", "not JSON in line 1"),
        ("[]", "an object with people and teams"),
        ("{}", "people is no list"),
        ('{"people": [{"key": 1, "x": true}], "teams": [3]}', "people[0].key is 1; give a name"),
        ('{"people": [{"key": 1, "x": true}], "teams": [3]}', "people[0].x is True; give a number"),
        ('{"people": [{"key": 1, "x": true}], "teams": [3]}', "teams[0] is no object"),
    ],
)
def test_every_fault_is_told(text: str, said: str) -> None:
    with pytest.raises(BadGroup) as raised:
        read_group(text)
    assert said in str(raised.value)
