"""Invented cities of any size, of one family: the same shares, the same rhythm, other dice.

Districts lie on a grid 15 km apart, each a cloud of compounds; the city's width grows with the
square root of its people. Nothing in it names a real person or place.
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from muster.planner.city.problem import (
    CONTROLLED,
    OPEN,
    SEALED,
    CityProblem,
    Flags,
    Reals,
    Whole,
)

DAYS, SLOTS_A_DAY = 7, 4
SLOTS = DAYS * SLOTS_A_DAY
COMPOUNDS_A_PERSON = 0.0575
COMPOUNDS_A_DISTRICT = 230
DISTRICT_KM = 15.0
STATUSES = {OPEN: 0.72, SEALED: 0.135, CONTROLLED: 0.145}
PEOPLE_AN_EMPLOYER = 60

RADIUS_KM = (5.0, 5.0, 10.0, 5.0, 5.0, 10.0, 10.0, 10.0)
WEIGHT_MINIMUM = (300.0, 300.0, 200.0, 120.0, 200.0, 300.0, 300.0, 200.0)
WEIGHT_REQUIRED = (60.0, 60.0, 40.0, 25.0, 40.0, 60.0, 60.0, 40.0)
ROLE_WEIGHTS = (0.235, 0.235, 0.037, 0.19, 0.165, 0.05, 0.028, 0.06)
ROLES_HELD = (0.43, 0.445, 0.125)
"""How many hold one, two, three roles."""
SITE_SHARE = {2: 0.048, 5: 0.028, 7: 0.048}
"""Roles that only some open compounds need, by the share of all compounds."""
SITE_NEED = {2: (3, (0, 1, 1, 1)), 5: (4, (1, 1, 1, 1)), 7: (2, (0, 1, 1, 1))}
ROUND_DAYS = ((0, 2), (0, 3), (0, 4), (1, 3), (1, 4), (1, 5), (2, 5))
ROUND_SHARES = (0.13, 0.13, 0.19, 0.02, 0.24, 0.14, 0.15)
"""On which two days of the week a compound is tested, and how often so."""
RHYTHMS = ((0, 1, 1, 0), (0, 1, 1, 1), (1, 0, 0, 1), (1, 1, 1, 1), (1, 1, 1, 1))
RHYTHM_SHARES = (0.298, 0.26, 0.139, 0.228, 0.075)
"""The hours somebody can serve; the last rhythm is that of weekends only."""
DAY_SHARE = 0.72
"""How likely somebody can serve on a day at all."""
PREFERENCES, PREFERENCE_SHARES = (0.0, 1.0, 3.0), (0.6, 0.2, 0.2)


def generate(people: int, seed: int) -> CityProblem:
    """A city of `people` volunteers; the same for the same `seed`."""
    chance = np.random.default_rng([people, seed])
    compounds = max(4, round(people * COMPOUNDS_A_PERSON))
    districts = max(1, round(compounds / COMPOUNDS_A_DISTRICT))
    status = chance.choice(
        np.array(list(STATUSES), np.int8), compounds, p=np.array(list(STATUSES.values()))
    )
    status[0] = OPEN
    size = chance.lognormal(0.0, 0.58, compounds)
    size /= size.sum()
    district = chance.integers(0, districts, compounds)
    lines = _lines(chance, status, size * people)
    return CityProblem(
        compound_xy=_places(chance, district, districts),
        compound_status=status,
        compound_district=district.astype(np.int16),
        person_home=chance.choice(compounds, people, p=size).astype(np.int32),
        person_roles=_roles(chance, people),
        person_employer=chance.integers(
            0, max(1, people // PEOPLE_AN_EMPLOYER), people, dtype=np.int32
        ),
        person_available=_available(chance, people),
        person_preference=chance.choice(
            np.array(PREFERENCES), (people, SLOTS_A_DAY), p=PREFERENCE_SHARES
        ),
        line_place=lines.place.astype(np.int32),
        line_role=lines.role.astype(np.int8),
        required=lines.required,
        minimum=(lines.required + 1) // 2,
        weight_minimum=np.array(WEIGHT_MINIMUM)[lines.role],
        weight_required=np.array(WEIGHT_REQUIRED)[lines.role],
        role_radius_km=np.array(RADIUS_KM),
        load_cost=np.array([0.0, 0.0, 1.0, 3.0, 6.0, 10.0]),
    )


def _places(chance: np.random.Generator, district: Whole, districts: int) -> Reals:
    """(C, 2) km."""
    columns = int(np.ceil(np.sqrt(districts)))
    cells = np.arange(districts)
    centre = np.column_stack([cells % columns, cells // columns]) * DISTRICT_KM
    centre = centre + DISTRICT_KM / 2 + chance.normal(0, 1, (districts, 2))
    width = chance.uniform(2, 4.5, (districts, 2))
    spread = chance.normal(0, 1, (len(district), 2))
    return np.asarray(centre[district] + width[district] * spread)


def _roles(chance: np.random.Generator, people: int) -> NDArray[np.uint16]:
    """(P,) one to three roles each, drawn without repetition."""
    keys = chance.gumbel(size=(people, len(ROLE_WEIGHTS))) + np.log(ROLE_WEIGHTS)
    order = np.argsort(-keys, axis=1)[:, : len(ROLES_HELD)]
    held = 1 + chance.choice(len(ROLES_HELD), people, p=ROLES_HELD)
    bits = np.where(np.arange(len(ROLES_HELD)) < held[:, None], 1 << order, 0)
    return bits.sum(axis=1).astype(np.uint16)


def _available(chance: np.random.Generator, people: int) -> Flags:
    """(P, T) by rhythm and day."""
    rhythm = chance.choice(len(RHYTHMS), people, p=RHYTHM_SHARES)
    days = chance.random((people, DAYS), dtype=np.float32) < DAY_SHARE
    days[rhythm == len(RHYTHMS) - 1, : DAYS - 2] = False
    hours = np.array(RHYTHMS, dtype=bool)[rhythm]
    return np.asarray((days[:, :, None] & hours[:, None, :]).reshape(people, SLOTS))


class _Lines(NamedTuple):
    place: Whole
    role: Whole
    required: NDArray[np.int16]


def _lines(chance: np.random.Generator, status: Whole, residents: Reals) -> _Lines:
    """Every line with its need: what each compound needs, by compound, then the sites."""
    count = len(status)
    rounds = np.zeros((count, DAYS), dtype=bool)
    pair = np.array(ROUND_DAYS)[chance.choice(len(ROUND_DAYS), count, p=ROUND_SHARES)]
    rounds[np.arange(count)[:, None], pair] = True
    daily = np.ones((count, DAYS), dtype=bool)
    tested = np.array([0, 1, 1, 0])
    evening = chance.random(count) < 0.28
    afternoon = chance.random(count) < 0.53
    supply = np.column_stack([0 * evening, 1 + 0 * evening, 1 + 0 * evening, evening])
    visits = np.column_stack([0 * evening, 1 + 0 * evening, afternoon, 0 * evening])
    needs = {
        0: (rounds, tested, np.maximum(1, np.rint(residents * 0.13))),
        1: (rounds, tested, np.maximum(1, np.ceil(residents * 0.13))),
        3: (daily, supply, np.maximum(1, np.rint(residents / 42))),
        4: (daily, visits, np.maximum(1, np.rint(residents / 27))),
        6: (rounds, tested, np.maximum(1, np.rint(residents / 45)) * (status != SEALED)),
    }
    place, role, required = [], [], []
    for each, (days, kinds, people) in needs.items():
        slots = days[:, :, None] * np.broadcast_to(kinds, (count, SLOTS_A_DAY))[:, None, :]
        place.append(np.arange(count))
        role.append(np.full(count, each))
        required.append((slots * people[:, None, None]).reshape(count, SLOTS).astype(np.int16))
    for each, share in SITE_SHARE.items():
        opened = np.flatnonzero(status == OPEN)
        sites = chance.choice(opened, min(len(opened), max(1, round(share * count))), replace=False)
        people, kinds = SITE_NEED[each][0], np.tile(SITE_NEED[each][1], DAYS)
        place.append(np.sort(sites))
        role.append(np.full(len(sites), each))
        required.append(np.broadcast_to(people * kinds, (len(sites), SLOTS)).astype(np.int16))
    return _Lines(np.concatenate(place), np.concatenate(role), np.concatenate(required))
