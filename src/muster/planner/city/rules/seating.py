"""Which seats of a post ask for more than its role: a tag that it needs, a guide for newcomers."""

from typing import NamedTuple

import numpy as np

from muster.planner.city.constraints import capacity
from muster.planner.city.contradictions import MOST_SEATS
from muster.planner.city.finding import Duties, duties
from muster.planner.city.problem import CityProblem, Flags, Lines, Whole
from muster.planner.city.rules import newcomers
from muster.planner.city.rules.model import Rules


class Kind(NamedTuple):
    """What a seat asks for: a role, tags (bits), and somebody who is no newcomer."""

    role: int
    tags: int
    guide: bool


class Seats(NamedTuple):
    """S seats, one person each; they and `rest` are all that is still wanted."""

    kinds: list[Kind]
    line: Whole
    """(S,) line."""
    kind: Whole
    """(S,) place in `kinds`."""
    wanted: Whole
    """(S, T) 1 where the seat exists."""
    needed: Whole
    """(S, T) 1 where it counts for the minimum."""
    rest: Whole
    """(L, T) people wanted on the line beside its seats."""
    rest_needed: Whole
    """(L, T) those of them who are needed."""


def seats_of(city: CityProblem, rules: Rules, placed: Lines) -> Seats:
    """The seats of `city` beside those who are `placed`, (P, T) lines."""
    at = duties(placed)
    present = capacity.present(city, placed)
    rest = np.maximum(city.required - present, 0)
    needed = np.maximum(city.minimum - present, 0)
    rows = _rows(_lacking(city, rules, at, rest), _guides(city, rules, at, rest), rest)
    kinds, rows = _commonest(city, rows)
    keys, which = np.unique(rows[:, :3], axis=0, return_inverse=True)
    which, slot = which.reshape(-1), rows[:, 3]
    wanted, minimum = (np.zeros((len(keys), city.slots), np.int64) for _ in range(2))
    wanted[which, slot] = 1
    minimum[which, slot] = needed[rows[:, 0], slot] > 0
    for total in (rest, needed):
        np.subtract.at(total, (rows[:, 0], slot), 1)
    kind = [kinds.index(_kind(city, *key)) for key in keys.tolist()]
    return Seats(
        kinds, keys[:, 0], np.array(kind, np.int64), wanted, minimum, rest, np.maximum(needed, 0)
    )


def _kind(city: CityProblem, line: int, tags: int, guide: int) -> Kind:
    return Kind(int(city.line_role[line]), tags, bool(guide))


def _lacking(city: CityProblem, rules: Rules, at: Duties, rest: Whole) -> Whole:
    """(L, T) tags that nobody brings yet to a post that still wants people."""
    held = np.zeros(rest.shape, np.int64)
    np.bitwise_or.at(held, (at.line, at.slot), rules.person_tags[at.person])
    return np.where(rest > 0, rules.line_needs[:, None] & ~held, 0)


def _guides(city: CityProblem, rules: Rules, at: Duties, rest: Whole) -> Flags:
    """(L, T) the largest post of each spot and slot without anybody experienced yet."""
    found = np.zeros(rest.shape, np.bool_)
    if not rules.person_newcomer.any():
        return found
    guided = newcomers.guides(city, rules, at) > 0
    line, slot = np.nonzero((rest > 0) & newcomers.watched(rules)[:, None])
    spot = rules.line_spot[line]
    order = np.lexsort((line, -rest[line, slot], slot, spot))
    order = order[~guided[spot[order], slot[order]]]
    _, first = np.unique(spot[order] * city.slots + slot[order], return_index=True)
    found[line[order[first]], slot[order[first]]] = True
    return found


def _rows(lacks: Whole, guide: Flags, rest: Whole) -> Whole:
    """(n, 4) line, tags, guide, slot of each seat: one for each tag or, where there are fewer
    people than tags, one for all."""
    many = np.bitwise_count(lacks)
    found = [_row(lacks, guide, many > rest), _row(lacks, guide, (many == 0) & guide)]
    parted = (many > 0) & (many <= rest)
    lowest = lacks & -lacks
    for bit in range(int(lacks.max(initial=0)).bit_length()):
        tag = np.full_like(lacks, 1 << bit)
        found.append(_row(tag, guide & (lowest == tag), parted & (lacks & tag != 0)))
    return np.concatenate(found)


def _row(tags: Whole, guide: Flags, where: Flags) -> Whole:
    line, slot = np.nonzero(where)
    return np.stack([line, tags[line, slot], guide[line, slot], slot], axis=1).astype(np.int64)


def _commonest(city: CityProblem, rows: Whole) -> tuple[list[Kind], Whole]:
    """As many kinds as roles have bits, the commonest, and the rows of these."""
    asked = np.column_stack([city.line_role[rows[:, 0]], rows[:, 1:3]])
    kinds, which, many = np.unique(asked, axis=0, return_inverse=True, return_counts=True)
    kept = np.sort(np.argsort(-many, kind="stable")[: MOST_SEATS - city.roles])
    named = [Kind(role, tags, bool(guide)) for role, tags, guide in kinds[kept].tolist()]
    return named, rows[np.isin(which.reshape(-1), kept)]
