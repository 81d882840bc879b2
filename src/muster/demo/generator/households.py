"""Who lives behind the doors of the two estates: households by size and stage of life."""

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from muster.demo.generator.identities import LOCAL_AREA, Inventor
from muster.demo.generator.model import Identity, Resident

NIGHT = date(2022, 4, 3)
# Share of doors by number of people behind them, 0 is an empty flat; mean 2.45.
_SIZES = ((0, 0.040), (1, 0.200), (2, 0.290), (3, 0.295), (4, 0.105), (5, 0.055), (6, 0.015))
_TENANT, _FOREIGN, _AWAY, _EXEMPT = 0.17, 0.004, 0.025, 0.02
SKILLS = (
    *("phone_skill", "stamina", "driver", "medical", "english", "psychology", "loudspeaker"),
    *("cooking", "repairs", "accounting"),
)


@dataclass(frozen=True, slots=True)
class _Part:
    """One member of a household to be: ages in full years."""

    relation: str
    youngest: int
    oldest: int


_CHILD = _Part("子女", 0, 17)
_COUPLE = (_Part("户主", 26, 48), _Part("配偶", 26, 48))
_MIDDLE = (_Part("户主", 45, 59), _Part("配偶", 45, 59))
_OLD = (_Part("户主", 60, 84), _Part("配偶", 60, 84))
_PARENTS = (_Part("父母", 60, 82), _Part("父母", 60, 82))
# By size: ways to be such a household and how often, out of a hundred.
_WAYS: dict[int, tuple[tuple[int, tuple[_Part, ...]], ...]] = {
    1: ((68, (_Part("户主", 22, 58),)), (32, (_Part("户主", 60, 90),))),
    2: (
        (38, _COUPLE),
        (20, _MIDDLE),
        (24, _OLD),
        (18, (_Part("户主", 30, 55), _Part("子女", 3, 24))),
    ),
    3: (
        (62, (*_COUPLE, _CHILD)),
        (28, (*_MIDDLE, _Part("子女", 16, 28))),
        (10, (*_COUPLE, _PARENTS[0])),
    ),
    4: (
        (58, (*_COUPLE, _CHILD, _CHILD)),
        (27, (*_COUPLE, _CHILD, _PARENTS[0])),
        (15, (*_MIDDLE, _Part("子女", 18, 28), _Part("子女", 14, 24))),
    ),
    5: ((100, (*_COUPLE, _CHILD, *_PARENTS)),),
    6: ((100, (*_COUPLE, _CHILD, _CHILD, *_PARENTS)),),
}


def settle(doors: list[int], inventor: Inventor, rng: Random) -> list[Resident]:
    """Residents of `doors`, household by household."""
    sizes, weights = [size for size, _ in _SIZES], [share for _, share in _SIZES]
    residents: list[Resident] = []
    for door, size in zip(doors, rng.choices(sizes, weights, k=len(doors)), strict=True):
        if size:
            residents += _household(door, size, len(residents) + 1, inventor, rng)
    return residents


def _household(
    door: int, size: int, first_id: int, inventor: Inventor, rng: Random
) -> list[Resident]:
    ways = _WAYS[size]
    (parts,) = rng.choices([way for _, way in ways], [share for share, _ in ways])
    tenant = rng.random() < _TENANT
    area = inventor.area() if tenant or rng.random() < 0.12 else LOCAL_AREA
    foreign = size <= 2 and rng.random() < _FOREIGN * 3
    home = _Home(tenant, area, foreign, inventor.surname())
    return [
        _member(first_id + offset, door, part, home, inventor=inventor, rng=rng)
        for offset, part in enumerate(parts)
    ]


@dataclass(frozen=True, slots=True)
class _Home:
    """What a household shares."""

    tenant: bool
    area: int
    foreign: bool
    surname: str


def _member(
    id_: int, door: int, part: _Part, home: _Home, *, inventor: Inventor, rng: Random
) -> Resident:
    born = inventor.born(NIGHT, part.youngest, part.oldest)
    age = (NIGHT - born).days // 365
    who = _identity(part, born, home, inventor, rng)
    adult = 18 <= age < 75
    return Resident(
        id=id_,
        door=door,
        who=who,
        relation="租户" if home.tenant and part.relation == "户主" else part.relation,
        tenant=home.tenant,
        floating=home.area != LOCAL_AREA or home.foreign,
        registered="" if home.foreign else str(home.area),
        party_member=adult and rng.random() < 0.09,
        skills=_skills(rng, age) if adult else (),
        away=rng.random() < _AWAY,
        exemption=_exemption(rng, age),
    )


def _identity(part: _Part, born: date, home: _Home, inventor: Inventor, rng: Random) -> Identity:
    if home.foreign:
        return inventor.foreigner(born)
    days = (NIGHT - born).days
    sex = rng.choice("男女")
    own = part.relation in {"户主", "子女"}
    name = inventor.name(sex, home.surname if own else None)
    if days < 365 and rng.random() < 0.6:
        return Identity(name, sex, born, "none", None, ())  # a baby without a number yet
    number = inventor.id_number(born, sex, home.area)
    return Identity(name, sex, born, "id_card", number, _phones(days // 365, inventor, rng))


def _phones(age: int, inventor: Inventor, rng: Random) -> tuple[str, ...]:
    if age < 12 or (age >= 70 and rng.random() < 0.3):
        return ()
    return (inventor.phone(), inventor.phone()) if rng.random() < 0.05 else (inventor.phone(),)


def _skills(rng: Random, age: int) -> tuple[str, ...]:
    quick = age < 45 and rng.random() < 0.8
    strong = age < 55 and rng.random() < 0.7
    extra = rng.choice(SKILLS[2:]) if rng.random() < 0.25 else None
    chosen = (SKILLS[0] if quick else None, SKILLS[1] if strong else None, extra)
    return tuple(skill for skill in chosen if skill)


def _exemption(rng: Random, age: int) -> str | None:
    if rng.random() >= _EXEMPT:
        return None
    return "medical" if age >= 80 or rng.random() < 0.2 else "vaccinated"


def older_than(resident: Resident, years: int) -> bool:
    """Whether the resident has lived `years` full years on the night."""
    return resident.who.born + timedelta(days=366 * years) <= NIGHT
