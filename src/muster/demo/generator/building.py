"""Puts the parts together. Each part has its own stream of chance, so that a change to one leaves
the others as they were; phones and numbers come from one inventor and are never given out twice."""

from random import Random

from muster.cities import load
from muster.demo.generator import cadres, divisions, households, organisations
from muster.demo.generator.identities import Inventor
from muster.demo.generator.model import DemoCity

SEED = 20220403


def build(seed: int = SEED, city: str = "taiyuan") -> DemoCity:
    """The demo city of `seed`. Raises `UnknownCity`."""
    data = load(city)

    def chance(part: str) -> Random:
        return Random(f"{seed}:{part}")

    inventor = Inventor(chance("identities"))
    ground = divisions.lay_out(data, chance("divisions"))
    residents = households.settle(ground.doors, inventor, chance("households"))
    tree = organisations.grow(data, inventor, chance("organisations"), cadres.COUNT)
    people = cadres.employ(tree, ground, residents, inventor, chance("cadres"))
    return DemoCity(
        seed=seed,
        places=tuple(ground.places),
        community=ground.sealed_community,
        estates=(ground.estates[0], ground.estates[1]),
        residents=tuple(residents),
        organisations=tuple(tree),
        cadres=tuple(people),
        neighbours=tuple(cadres.volunteer(residents, people, chance("neighbours"))),
        staff=tuple(cadres.staff(ground, inventor, chance("staff"))),
    )
