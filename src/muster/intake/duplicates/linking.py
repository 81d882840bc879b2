"""Pairs of records that are, or may be, one person, with the reasons in bits."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from muster.intake.duplicates.blocking import LARGEST_BLOCK, Integers, block, joined
from muster.intake.duplicates.comparing import Column, column, levels_of
from muster.intake.duplicates.fields import PEOPLE, PEOPLE_RULES, Compare, Field
from muster.intake.duplicates.weights import (
    Evidence,
    Model,
    Reals,
    chance,
    learn,
    rarity,
    score,
)

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
    columns = [column((r.get(f.name) for r in everybody), f.compare) for f in fields]
    names = [f.name for f in fields]
    found = block(
        [_codes(rule, names, columns) for rule in rules], split=split, largest=largest_block
    )
    left, right = found.left, found.right
    levels = levels_of(columns, left, right)
    size, rest = len(records), len(others or ())
    evidence = Evidence(
        levels=levels,
        random=levels_of(columns, *_random_pairs(len(everybody))),
        equal=np.array([chance(c.codes) for c in columns]),
        by=found.by,
        using=np.array([[n in {x.rstrip("~") for x in rule} for n in names] for rule in rules]),
        shared=np.array([f.household for f in fields]),
        total=size * rest if others is not None else size * (size - 1) // 2,
    )
    model = learn(evidence)
    bonus = [(i, rarity(columns[i].codes)[left]) for i, f in enumerate(fields) if f.by_frequency]
    bits, probability = score(levels, model, bonus)
    return Linkage(tuple(fields), left, right - (split or 0), bits, probability, model)


def _codes(rule: tuple[str, ...], names: list[str], columns: list[Column]) -> Integers:
    """Codes of what has to agree for one rule; `name~` is the sound."""
    parts = []
    for said in rule:
        field = columns[names.index(said.rstrip("~"))]
        parts.append(field.sounds if said.endswith("~") else field.codes)
    return joined(parts)


def _random_pairs(size: int) -> tuple[Integers, Integers]:
    chance = np.random.default_rng(20220412)
    left = chance.integers(0, max(1, size), RANDOM_PAIRS)
    right = chance.integers(0, max(1, size), RANDOM_PAIRS)
    apart = left != right
    return left[apart], right[apart]


__all__ = ["Compare", "Linkage", "Pair", "Verdict", "link"]
