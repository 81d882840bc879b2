"""A group as JSON, every fault of the file told at once.

::

    {"people": [{"key": "p1", "x": 1.2, "y": 3.4, "skills": ["swab"], "unit": "tax office",
                 "leads": true, "party": true}],
     "teams": [{"name": "A", "x": 2, "y": 2, "skills": {"swab": 2}, "vanguard": true,
                "posts": ["east gate"]}],
     "pins": {"p1": "A"}, "together": [["p1", "p2"]], "apart": [["p1", "p3"]]}
"""

import json
from collections.abc import Iterator
from typing import Any

from muster.planner.city.errors import refuse
from muster.planner.teams.errors import BadGroup
from muster.planner.teams.group import Group, Member, Wanted

PAIRS = ("together", "apart")
NEEDED = {"people": ("key", "x", "y"), "teams": ("name", "x", "y")}


def read_group(text: str) -> Group:
    """The group in `text`; km from any origin.

    Raises:
        BadGroup: with every row that lacks something, or every contradiction.
    """
    try:
        data: Any = json.loads(text)
    except json.JSONDecodeError as failed:
        raise BadGroup(reason=f"not JSON in line {failed.lineno}: {failed.msg}") from failed
    if not isinstance(data, dict):
        raise BadGroup(reason="give an object with people and teams")
    refuse(BadGroup, [*_of_rows(data), *_of_pairs(data)])
    people = [
        Member(
            str(row["key"]), float(row["x"]), float(row["y"]),
            skills=frozenset(row.get("skills", ())), unit=str(row.get("unit", "")),
            leads=row.get("leads") is True, party=row.get("party") is True,
        )
        for row in data["people"]
    ]  # fmt: skip
    teams = [
        Wanted(
            str(row["name"]), float(row["x"]), float(row["y"]),
            dict(row.get("skills", {})), row.get("vanguard") is True,
            tuple(map(str, row.get("posts", ()))),
        )
        for row in data["teams"]
    ]  # fmt: skip
    pairs = {name: [(a, b) for a, b in data.get(name, ())] for name in PAIRS}
    return Group(people, teams, dict(data.get("pins", {})), pairs["together"], pairs["apart"])


def _of_rows(data: dict[str, Any]) -> Iterator[str]:
    for name in NEEDED:
        yield from _faults(name, data.get(name))


def _of_pairs(data: dict[str, Any]) -> Iterator[str]:
    for name in PAIRS:
        rows = data.get(name, [])
        if not isinstance(rows, list):
            yield f"{name} is no list of pairs"
            continue
        for at, row in enumerate(rows):
            if not isinstance(row, list) or [type(key) for key in row] != [str, str]:
                yield f"{name}[{at}] is {row!r}; give two keys"


def _faults(name: str, rows: Any) -> Iterator[str]:
    if not isinstance(rows, list) or not rows:
        yield f"{name} is no list with something in it"
        return
    for at, row in enumerate(rows):
        if not isinstance(row, dict):
            yield f"{name}[{at}] is no object"
            continue
        for field in NEEDED[name]:
            good = isinstance(row.get(field), (int, float) if field in "xy" else str)
            if not good or isinstance(row.get(field), bool):
                what = "a number in km" if field in "xy" else "a name"
                yield f"{name}[{at}].{field} is {row.get(field)!r}; give {what}"
