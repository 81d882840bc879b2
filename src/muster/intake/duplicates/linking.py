"""Pairs of records that are, or may be, one person, with the reasons in bits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from muster.intake.duplicates.blocking import LARGEST_BLOCK, Integers, block
from muster.intake.duplicates.comparing import Levels, compare, normalise, sound
from muster.intake.duplicates.fields import PEOPLE, PEOPLE_RULES, Compare, Field
from muster.intake.duplicates.weights import Model, Reals, learn, rarity, score

SURE, DOUBTFUL = 0.98, 0.5
RANDOM_PAIRS = 100_000

type Record = Mapping[str, object]
type Rules = Sequence[tuple[str, ...]]


class Verdict(StrEnum):
    """SURE pairs may merge; DOUBTFUL ones wait for a person."""

    SURE = "sure"
    DOUBTFUL = "doubtful"


@dataclass(frozen=True, slots=True)
class Pair:
    """Positions of two records; with two files `right` counts in the second one. `reasons`: bits
    for (positive) or against, by field."""

    left: int
    right: int
    probability: float
    verdict: Verdict
    reasons: dict[str, float]


@dataclass(frozen=True, slots=True)
class Linkage:
    """Every pair looked at, as arrays; iterating gives those that are at least doubtful."""

    fields: tuple[Field, ...]
    left: Integers
    right: Integers
    bits: Reals
    probability: Reals
    model: Model

    def pairs(self, at_least: float = DOUBTFUL) -> Iterator[Pair]:
        """Pairs of at least this probability, the surest first."""
        chosen = np.flatnonzero(self.probability >= at_least)
        for k in chosen[np.argsort(-self.probability[chosen], kind="stable")]:
            probability = float(self.probability[k])
            reasons = {
                f.name: round(float(b), 2) for f, b in zip(self.fields, self.bits[k], strict=True)
            }
            verdict = Verdict.SURE if probability >= SURE else Verdict.DOUBTFUL
            yield Pair(int(self.left[k]), int(self.right[k]), probability, verdict, reasons)


def link(
    records: Sequence[Record],
    others: Sequence[Record] | None = None,
    *,
    fields: Sequence[Field] = PEOPLE,
    rules: Rules = PEOPLE_RULES,
    largest_block: int = LARGEST_BLOCK,
) -> Linkage:
    """Find the same person twice in `records`, or once in `records` and once in `others`.

    A record maps field names to values; None or "" is not known. `rules`: pairs are looked at that
    agree on all fields of one rule; `name~` is the sound of a name. Deterministic.
    """
    everybody = [*records, *(others or ())]
    split = len(records) if others is not None else None
    values = {f.name: [normalise(r.get(f.name)) for r in everybody] for f in fields}
    found = block(_keys(values, rules), split=split, largest=largest_block)
    left, right = found.left, found.right
    levels = _levels(values, fields, left, right)
    size, rest = len(records), len(others or ())
    model = learn(
        levels,
        _levels(values, fields, *_random_pairs(len(everybody))),
        found.by,
        np.array([[f.name in {n.rstrip("~") for n in rule} for f in fields] for rule in rules]),
        size * rest if others is not None else size * (size - 1) // 2,
    )
    bonus = {i: rarity(values[f.name])[left] for i, f in enumerate(fields) if f.by_frequency}
    bits, probability = score(levels, model, bonus)
    return Linkage(tuple(fields), left, right - (split or 0), bits, probability, model)


def _keys(values: dict[str, list[str]], rules: Rules) -> list[list[str | None]]:
    size = len(next(iter(values.values()), []))
    return [[_key(values, rule, i) for i in range(size)] for rule in rules]


def _key(values: dict[str, list[str]], rule: tuple[str, ...], index: int) -> str | None:
    parts = []
    for name in rule:
        value = values[name.rstrip("~")][index]
        if not value:
            return None
        parts.append(sound(value) if name.endswith("~") else value)
    return "\x1f".join(parts)


def _levels(
    values: dict[str, list[str]], fields: Sequence[Field], left: Integers, right: Integers
) -> Levels:
    columns = [compare(values[f.name], left, right, f.compare) for f in fields]
    return np.column_stack(columns) if columns else np.empty((left.size, 0), np.int8)


def _random_pairs(size: int) -> tuple[Integers, Integers]:
    chance = np.random.default_rng(20220412)
    left = chance.integers(0, max(1, size), RANDOM_PAIRS)
    right = chance.integers(0, max(1, size), RANDOM_PAIRS)
    apart = left != right
    return left[apart], right[apart]


__all__ = ["Compare", "Linkage", "Pair", "Verdict", "link"]
