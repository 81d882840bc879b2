"""What a level of agreement is worth. Source: Fellegi and Sunter 1969; EM after Winkler 1988;
frequencies after Newcombe: agreeing on a rare value says more.

`u`: how often a level occurs between two different people, from random pairs. `m`: how often
between two records of one person, by EM over the pairs looked at.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from muster.intake.duplicates.comparing import EQUAL, LEVELS, Levels

type Reals = NDArray[np.float64]

ROUNDS, SMALL, ENOUGH = 60, 1e-6, 30
# Before anything is known: levels between two records of one person, and between two people. In a
# short list one double entry is a large share of all pairs, so `u` leans on the latter there.
_START = (0.0, 0.08, 0.12, 0.80)
_STRANGERS = (0.0, 0.97, 0.02, 0.01)
FEW = 5_000


@dataclass(frozen=True, slots=True)
class Model:
    """`m`, `u`: (fields, LEVELS). `prior`: share of all pairs that are one person."""

    m: Reals
    u: Reals
    prior: float

    def bits(self) -> Reals:
        """log2(m/u) per field and level; a level that is not known is worth nothing."""
        worth = np.log2((self.m + SMALL) / (self.u + SMALL))
        worth[:, 0] = 0.0
        return np.asarray(worth, np.float64)


def learn(
    levels: Levels,
    random_levels: Levels,
    by: NDArray[np.bool_],
    using: NDArray[np.bool_],
    total: int,
) -> Model:
    """Fit the model.

    `levels`: (pairs, fields) of the pairs looked at; `random_levels`: the same of random pairs.
    `by`: (rules, pairs), which rule found a pair; `using`: (rules, fields), which fields a rule
    uses. Pairs that one rule found all agree on its fields, so they teach the other fields only.
    `total`: all pairs there are; the prior is the share of them that is one person. Few pairs are
    too little to learn from; the start values then stand.
    """
    fields = levels.shape[1]
    trust = total / (total + FEW)
    shares = np.vstack([_shares(random_levels[:, f]) for f in range(fields)])
    u = trust * shares + (1 - trust) * np.array(_STRANGERS)
    m = np.tile(np.array(_START), (fields, 1))
    seen, mass = np.zeros_like(m), np.zeros(fields)
    for pairs, used in zip(by, using, strict=True):
        free = np.flatnonzero(~used)
        if pairs.sum() < ENOUGH or free.size < 2:
            continue
        found, matches = _fit(levels[pairs][:, free], m[free], u[free])
        seen[free] += matches * found
        mass[free] += matches
    learned = mass > ENOUGH
    m[learned] = seen[learned] / mass[learned][:, None]
    return _with_prior(Model(m, u, 0.5), levels, total)


def _fit(levels: Levels, m: Reals, u: Reals) -> tuple[Reals, float]:
    """EM over the pairs of one rule: m of the free fields, and how many pairs are one person."""
    patterns, counts = np.unique(levels, axis=0, return_counts=True)
    prior, mass = 0.3, counts.astype(float)
    for _ in range(ROUNDS):
        mass = counts * _posterior(patterns, Model(m, u, prior))
        prior = float(np.clip(mass.sum() / counts.sum(), 1e-4, 0.999))
        m = np.vstack([_weighted_shares(patterns[:, f], mass) for f in range(levels.shape[1])])
    return m, float(mass.sum())


def _with_prior(model: Model, levels: Levels, total: int) -> Model:
    """The share of all pairs that are one person, taking those not looked at for two people."""
    patterns, counts = np.unique(levels, axis=0, return_counts=True)
    prior = min(0.5, max(1, levels.shape[0]) / 2 / max(1, total))
    for _ in range(ROUNDS):
        matches = float((counts * _posterior(patterns, Model(model.m, model.u, prior))).sum())
        prior = float(np.clip(matches / max(1, total), 1e-12, 0.5))
    return Model(model.m, model.u, prior)


def _posterior(patterns: Levels, model: Model) -> Reals:
    bits = model.bits()
    total = sum(bits[f][patterns[:, f]] for f in range(patterns.shape[1]))
    odds = np.log2(model.prior / (1 - model.prior)) + total
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(odds, -60, 60))))


def _shares(levels: Levels) -> Reals:
    return _weighted_shares(levels, np.ones(levels.size))


def _weighted_shares(levels: Levels, mass: Reals) -> Reals:
    """Shares of the known levels, smoothed; monotone data is not assumed."""
    counts = np.bincount(levels, weights=mass, minlength=LEVELS)[:LEVELS]
    known = counts[1:] + 0.5e-3 * max(1.0, counts[1:].sum())
    return np.concatenate([[0.0], known / known.sum()])


def rarity(values: list[str]) -> Reals:
    """Per record: log2 of how much rarer its value is than an average agreement, in bits. Agreeing
    on 王芳 is worth less than the model says, agreeing on 令狐冲 more; at most six bits."""
    seen: dict[str, int] = {}
    for value in values:
        seen[value] = seen.get(value, 0) + 1
    shares = np.array([seen[v] for v in values], float) / max(1, len(values))
    known = np.array([bool(v) for v in values])
    counts = np.array([c for v, c in seen.items() if v], float) / max(1, len(values))
    average = float((counts**2).sum()) if counts.size else 1.0
    bits = np.log2(max(average, 1e-12) / np.maximum(shares, 1e-12))
    return np.asarray(np.where(known, np.clip(bits, -6, 6), 0.0))


def score(levels: Levels, model: Model, bonus: dict[int, Reals]) -> tuple[Reals, Reals]:
    """Bits per pair and field, and the probability of each pair. `bonus[field]` is added where the
    field is equal."""
    worth = model.bits()
    bits = np.column_stack([worth[f][levels[:, f]] for f in range(levels.shape[1])])
    for f, extra in bonus.items():
        bits[:, f] += np.where(levels[:, f] == EQUAL, extra, 0.0)
    odds = np.log2(model.prior / (1 - model.prior)) + bits.sum(axis=1)
    return bits, np.asarray(1.0 / (1.0 + np.exp2(-np.clip(odds, -60, 60))))
