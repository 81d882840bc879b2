"""At how many places people can be who each hold some roles: a largest flow, by shortest paths."""

from collections import Counter, deque
from collections.abc import Mapping
from itertools import pairwise

type Roles = frozenset[str]
type Path = list[tuple[Roles, Roles]]


def covered(able: Mapping[Roles, int], wanted: Mapping[Roles, int]) -> int:
    """How many places can have somebody.

    Args:
        able: roles held → how many times somebody who holds these can come.
        wanted: roles → places that want any one of these, each one person.
    """
    left, flow = dict(able), Counter[tuple[Roles, Roles]]()
    for kind, many in wanted.items():
        need = many
        while need and (path := _path(kind, left, flow)):
            # Each on the way leaves where he is for the next place; who is free comes.
            leaves = [(later[0], earlier[1]) for earlier, later in pairwise(path)]
            most = min(need, left[path[0][0]], *(flow[move] for move in leaves))
            flow.update(dict.fromkeys(path, most))
            flow.subtract(dict.fromkeys(leaves, most))
            left[path[0][0]] -= most
            need -= most
    return sum(able.values()) - sum(left.values())


def _path(end: Roles, left: Mapping[Roles, int], flow: Mapping[tuple[Roles, Roles], int]) -> Path:
    """Who goes where so that one more place of the kind `end` has somebody, from who is free on;
    empty where it cannot be."""
    to: dict[Roles, Roles] = {}
    by: dict[Roles, Roles] = {end: end}
    ahead = deque([end])
    while ahead:
        kind = ahead.popleft()
        for each in left:
            if each in to or not each & kind:
                continue
            to[each] = kind
            if left[each]:
                return _back(each, end, to, by)
            there = [at for (one, at), n in flow.items() if one == each and n and at not in by]
            by.update(dict.fromkeys(there, each))
            ahead.extend(there)
    return []


def _back(each: Roles, end: Roles, to: Mapping[Roles, Roles], by: Mapping[Roles, Roles]) -> Path:
    path = [(each, to[each])]
    while path[-1][1] != end:
        each = by[path[-1][1]]
        path.append((each, to[each]))
    return path
