"""Muster under test: a committed small city on a live server, and the fixture that fits it."""

from muster.apps.audit.actions import act_as, as_system
from muster.apps.kits.actions import revoke_kit_phone
from muster.apps.people.actions import NewPerson, register_persons
from muster.apps.screening.actions import enrol_device, revoke_device
from muster.apps.screening.queries.rounds import tables_of
from muster.conformance import Fixture, KitFixture, load_cases
from muster.conformance.cases import people_needed
from tests.support.city import HERE, build_city, open_small_round
from tests.support.kit_words import pair_at
from tests.support.kits import set_up_kits


def make_fixture() -> Fixture:
    """A city with an open round, its phones, and as many residents as the cases record."""
    city = build_city()
    with as_system("test"):
        people = register_persons(
            persons=[
                NewPerson(area=HERE, name=f"居民{i}") for i in range(people_needed(load_cases()))
            ]
        )
    with act_as(city.secretary):
        round_ = open_small_round(city)
        device, revoked = enrol_device(table=tables_of(round_.id)[0].id, label="revoked")
        revoke_device(device=device.id)
        kits = set_up_kits(city)
    pairs = [pair_at(city, kits, label=name) for name in ("ka", "kb", "krevoked")]
    with act_as(city.secretary):
        revoke_kit_phone(phone=pairs[2].phone)
    doors = [place for name, place in city.places.items() if name.startswith("D")]
    return Fixture(
        devices={
            "a": round_.tokens[0],
            "b": round_.tokens[1],
            "revoked": revoked,
            "ka": pairs[0].token,
            "kb": pairs[1].token,
            "krevoked": pairs[2].token,
        },
        people=people,
        household=(city.residents[0], city.residents[1]),
        stranger=city.strangers[0],
        kits=KitFixture(
            day=2,
            covers=0,
            kits=10,
            store=kits.store,
            doors=[
                (door, city.residents[2 * i], city.residents[2 * i + 1])
                for i, door in enumerate(doors)
            ],
        ),
    )
