"""40,000 people of the organisations, the neighbours who sign up, the community's own staff."""

from random import Random

from muster.demo.generator.divisions import Ground
from muster.demo.generator.households import NIGHT, SKILLS, older_than
from muster.demo.generator.identities import Inventor
from muster.demo.generator.model import Cadre, Neighbour, Organisation, Resident, Staff

COUNT = 40_000
AT_HOME = 130  # who lives in the two estates
NEIGHBOURS, NEIGHBOURS_FROM_UNITS = 86, 52
_STAFF = (("secretary", 1), ("community_worker", 9), ("grid_worker", 9), ("social_worker", 4))
_PARTS = ("all", "all", "evening", "morning", "afternoon")


def employ(
    organisations: list[Organisation],
    ground: Ground,
    residents: list[Resident],
    inventor: Inventor,
    rng: Random,
) -> list[Cadre]:
    """`COUNT` cadres, `AT_HOME` of them residents of the two estates."""
    units = [o for o in organisations for _ in range(o.headcount)]
    able = [r for r in residents if _employable(r)]
    at_home = dict(
        zip(rng.sample(range(len(units)), AT_HOME), rng.sample(able, AT_HOME), strict=True)
    )
    elsewhere = [c for c in ground.communities if c != ground.sealed_community]
    near: dict[int, list[int]] = {}
    for community in elsewhere:
        near.setdefault(ground.place(community).code // 1_000_000, []).append(community)
    cadres = []
    for index, unit in enumerate(units):
        resident = at_home.get(index)
        if resident is None:
            cadres.append(
                _from_elsewhere(
                    index + 1, unit, near=near, anywhere=elsewhere, inventor=inventor, rng=rng
                )
            )
        else:
            cadres.append(_from_here(index + 1, unit, resident, rng))
    return cadres


def _employable(resident: Resident) -> bool:
    who = resident.who
    grown = older_than(resident, 23) and not older_than(resident, 58)
    return who.id_kind == "id_card" and bool(who.phones) and grown and not resident.away


def _from_here(id_: int, unit: Organisation, resident: Resident, rng: Random) -> Cadre:
    return Cadre(
        id=id_,
        who=resident.who,
        unit=unit.code,
        home=resident.door,
        resident=resident.id,
        party_member=resident.party_member or rng.random() < 0.7,
        skills=resident.skills,
        qualifications=_qualified(unit, rng),
    )


def _from_elsewhere(
    id_: int,
    unit: Organisation,
    *,
    near: dict[int, list[int]],
    anywhere: list[int],
    inventor: Inventor,
    rng: Random,
) -> Cadre:
    """Two in three live in the district they work in."""
    pool = near.get(unit.district, anywhere) if rng.random() < 0.67 else anywhere
    born = inventor.born(NIGHT, 23, 58)
    young = NIGHT.year - born.year < 45
    skills = [skill for skill in SKILLS[:2] if rng.random() < (0.75 if young else 0.35)]
    if rng.random() < 0.2:
        skills.append(rng.choice(SKILLS[2:]))
    return Cadre(
        id=id_,
        who=inventor.adult(born),
        unit=unit.code,
        home=rng.choice(pool),
        resident=None,
        party_member=rng.random() < 0.8,
        skills=tuple(skills),
        qualifications=_qualified(unit, rng),
    )


def _qualified(unit: Organisation, rng: Random) -> tuple[str, ...]:
    medical = (
        0.75 if unit.kind == "hospital" or "医院" in unit.name or "卫生" in unit.name else 0.01
    )
    return ("medical",) if rng.random() < medical else ()


def volunteer(residents: list[Resident], cadres: list[Cadre], rng: Random) -> list[Neighbour]:
    """Neighbours who sign up in the first hour; more than half are party members."""
    units = [cadre for cadre in cadres if cadre.resident is not None]
    units.sort(key=lambda cadre: not cadre.party_member)
    chosen = units[:NEIGHBOURS_FROM_UNITS]
    employed = {cadre.resident for cadre in units}
    others = [r for r in residents if _employable(r) and r.id not in employed]
    rest = rng.sample(others, NEIGHBOURS - len(chosen))
    by_id = {resident.id: resident for resident in residents}
    from_units = [
        (by_id[cadre.resident], cadre.id, cadre.party_member)
        for cadre in chosen
        if cadre.resident is not None
    ]
    people = [*from_units, *((r, None, r.party_member) for r in rest)]
    rng.shuffle(people)
    return [
        Neighbour(resident.id, cadre, member, resident.skills, rng.choice(_PARTS))
        for resident, cadre, member in people
    ]


def staff(ground: Ground, inventor: Inventor, rng: Random) -> list[Staff]:
    """The community's 23 own people, caught inside one of the estates at dusk."""
    found: list[Staff] = []
    for kind, count in _STAFF:
        for number in range(count):
            found.append(
                Staff(
                    id=len(found) + 1,
                    who=inventor.adult(inventor.born(NIGHT, 24, 57)),
                    kind=kind,
                    stays_in=ground.estates[len(found) % len(ground.estates)],
                    grid=ground.grids[number] if kind == "grid_worker" else None,
                    party_member=kind == "secretary" or rng.random() < 0.6,
                )
            )
    return found
