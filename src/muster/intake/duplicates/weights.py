"""What a level of agreement is worth. Source: Fellegi and Sunter 1969; EM after Winkler 1988;
frequencies after Newcombe: agreeing on a rare value says more.

`m`: how often a level occurs between two records of one person, by EM over the pairs looked at.
`u`: how often between two strangers, from random pairs. `kin`: how often between two people of one
household, who share more than strangers do: a surname, a generation's character, a birthday.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from muster.intake.duplicates.blocking import Integers
from muster.intake.duplicates.comparing import EQUAL, LEVELS, Levels

type Reals = NDArray[np.float64]
type Flags = NDArray[np.bool_]

ROUNDS, SMALL, ENOUGH = 60, 1e-9, 30
# Before anything is known: levels between two records of one person, and between two people. In a
# short list one double entry is a large share of all pairs, so `u` leans on the latter there.
_START = (0.0, 0.08, 0.04, 0.08, 0.80)
_STRANGERS = (0.0, 0.97, 0.01, 0.01, 0.01)
_KIN = (0.0, 0.82, 0.10, 0.05, 0.03)
FEW = 5_000
AT_LEAST = 0.1  # of an agreement between strangers is chance, whatever the share of matches
MOST_BITS = 12  # that a rare value adds


@dataclass(frozen=True, slots=True)
class Evidence:
    """What the model learns from. `levels`: (pairs, fields) of the pairs looked at; `random` the
    same of random pairs; `equal`: per field, how often two records agree by chance. `by`: (rules,
    pairs), which rule found a pair; `using`: (rules, fields), which fields a rule uses. `shared`:
    per field, whether a household shares it. `total`: all pairs there are."""

    levels: Levels
    random: Levels
    equal: Reals
    by: Flags
    using: Flags
    shared: Flags
    total: int


@dataclass(frozen=True, slots=True)
class Model:
    """`m`, `u`, `kin`: (fields, LEVELS). `prior`: share of all pairs that are one person."""

    m: Reals
    u: Reals
    kin: Reals
    shared: Flags
    prior: float

    def bits(self) -> Reals:
        """log2(m/u) per field and level; a level that is not known is worth nothing."""
        return _bits(self.m, self.u)

    def worth(self, levels: Levels) -> Reals:
        """(pairs, fields): bits of each level, against strangers or, where two live in one
        household, against relatives."""
        house = self.household(levels)
        found = np.empty(levels.shape)
        for f, (far, near) in enumerate(zip(self.bits(), _bits(self.m, self.kin), strict=True)):
            found[:, f] = far[levels[:, f]]
            if not self.shared[f]:
                found[house, f] = near[levels[house, f]]
        return found

    def household(self, levels: Levels) -> Flags:
        """Pairs that share a telephone or a door."""
        return np.asarray((levels[:, self.shared] == EQUAL).any(axis=1))

    def probability(self, bits: Reals) -> Reals:
        """Of each pair, from its bits. What a household shares counts once."""
        once = np.where(bits[:, self.shared] > 0, bits[:, self.shared], 0.0)
        twice = once.sum(axis=1) - once.max(axis=1, initial=0.0)
        odds = np.log2(self.prior / (1 - self.prior)) + bits.sum(axis=1) - twice
        return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(odds, -60, 60))))


def learn(evidence: Evidence) -> Model:
    """Fit the model. Pairs that one rule found all agree on its fields, so they teach the other
    fields only. Few pairs are too little to learn from; the start values then stand."""
    u = _strangers(evidence)
    fields = u.shape[0]
    m, kin = np.tile(np.array(_START), (fields, 1)), np.tile(np.array(_KIN), (fields, 1))
    seen, mass = np.zeros_like(m), np.zeros(fields)
    families, weight = np.zeros_like(m), np.zeros(fields)
    for pairs, used in zip(evidence.by, evidence.using, strict=True):
        house = _is_house(used, evidence)
        free = np.flatnonzero(~(used | evidence.shared) if house else ~used)
        if pairs.sum() < ENOUGH or free.size < 2:
            continue
        ours, theirs, matches = _fit(evidence.levels[pairs][:, free], m[free], u[free])
        seen[free] += matches * ours
        mass[free] += matches
        if house:
            others = float(pairs.sum()) - matches
            families[free] += others * theirs
            weight[free] += others
    learned = mass > ENOUGH
    m[learned] = seen[learned] / mass[learned][:, None]
    known = weight > ENOUGH
    kin[known] = families[known] / weight[known][:, None]
    model = _with_prior(Model(m, u, kin, evidence.shared, 0.5), evidence)
    return _with_prior(replace(model, u=_without_matches(model)), evidence)


def _without_matches(model: Model) -> Reals:
    """`u` without the pairs among the random ones that are one person: in a small file in which
    many stand several times, those are most of the pairs that agree."""
    left = model.u - model.prior * model.m
    cleaned = np.maximum(left / (1 - model.prior), AT_LEAST * model.u)
    return np.asarray(cleaned / cleaned.sum(axis=1, keepdims=True))


def _is_house(used: Flags, evidence: Evidence) -> bool:
    """A rule by which only people of one household are found."""
    return bool(used.any()) and not (used & ~evidence.shared).any()


def _strangers(evidence: Evidence) -> Reals:
    """`u`: levels of random pairs; being equal is counted exactly, it is rarer than any sample."""
    shares = np.vstack([_weighted_shares(column) for column in evidence.random.T])
    shares[:, EQUAL] = np.maximum(evidence.equal, 1.0 / max(1, evidence.total))
    trust = evidence.total / (evidence.total + FEW)
    return np.asarray(trust * shares + (1 - trust) * np.array(_STRANGERS))


def _fit(levels: Levels, m: Reals, u: Reals) -> tuple[Reals, Reals, float]:
    """EM over the pairs of one rule: m and u of the free fields, and how many pairs are one person.
    Two people whom a rule brings together are no random pair, so their u is fitted as well."""
    patterns, counts = np.unique(levels, axis=0, return_counts=True)
    prior, mass = 0.3, counts.astype(float)
    for _ in range(ROUNDS):
        mass = counts * _posterior(patterns, _bits(m, u), prior)
        prior = float(np.clip(mass.sum() / counts.sum(), 1e-4, 0.999))
        m = np.vstack([_weighted_shares(column, mass) for column in patterns.T])
        u = np.vstack([_weighted_shares(column, counts - mass) for column in patterns.T])
    return m, u, float(mass.sum())


def _with_prior(model: Model, evidence: Evidence) -> Model:
    """The share of all pairs that are one person, taking those not looked at for two people."""
    patterns, counts = np.unique(evidence.levels, axis=0, return_counts=True)
    total = max(1, evidence.total)
    prior = min(0.5, max(1, evidence.levels.shape[0]) / 2 / total)
    bits = model.worth(patterns)
    for _ in range(ROUNDS):
        model = replace(model, prior=prior)
        matches = float((counts * model.probability(bits)).sum())
        prior = float(np.clip(matches / total, 1e-12, 0.5))
    return replace(model, prior=prior)


def _posterior(patterns: Levels, bits: Reals, prior: float) -> Reals:
    total = sum(bits[f][patterns[:, f]] for f in range(patterns.shape[1]))
    odds = np.log2(prior / (1 - prior)) + total
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(odds, -60, 60))))


def _bits(m: Reals, u: Reals) -> Reals:
    worth = np.log2((m + SMALL) / (u + SMALL))
    worth[:, 0] = 0.0
    return np.asarray(worth, np.float64)


def _weighted_shares(levels: Levels, mass: Reals | None = None) -> Reals:
    """Shares of the known levels. Half a pair is added to each, and a little of them all: what was
    not seen is rare, not impossible."""
    counts = np.bincount(levels, weights=mass, minlength=LEVELS)[:LEVELS]
    spread = 0.5 if mass is None else 0.5 + 0.5e-3 * counts[1:].sum()
    known = counts[1:] + spread
    return np.concatenate([[0.0], known / known.sum()])


def chance(codes: Integers) -> float:
    """How often two records agree in a column by chance."""
    known = codes[codes >= 0]
    counts = np.bincount(known).astype(float) if known.size else np.zeros(1)
    return float((counts * (counts - 1)).sum()) / max(1.0, float(known.size) * (known.size - 1))


def rarity(codes: Integers) -> Reals:
    """Per record: log2 of how much rarer its value is than an average agreement, in bits. Agreeing
    on 王芳, or on the telephone of an office, is worth less than the model says, on 令狐冲 more."""
    known = codes[codes >= 0]
    if not known.size:
        return np.zeros(codes.size)
    counts = np.bincount(known)
    shares = counts / known.size
    average = max(chance(codes), 1.0 / known.size**2)
    bits = np.clip(np.log2(average / np.maximum(shares, 1e-12)), -60, MOST_BITS)
    return np.asarray(np.where(codes >= 0, bits[codes], 0.0))


def score(levels: Levels, model: Model, bonus: Sequence[tuple[int, Reals]]) -> tuple[Reals, Reals]:
    """Bits per pair and field, and the probability of each pair. `bonus`: (field, bits per pair)
    added where the field is equal; between people of one household only for what it shares."""
    bits = model.worth(levels)
    house = model.household(levels)
    for f, extra in bonus:
        counts = levels[:, f] == EQUAL
        if not model.shared[f]:
            counts &= ~house
        bits[:, f] += np.where(counts, extra, 0.0)
    return bits, model.probability(bits)
