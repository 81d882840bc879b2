"""The city as it stands before dusk: places, bodies, people, accounts."""

from muster.apps.audit.actions import as_system
from muster.apps.communities.actions import Arrival, NewPlace, move_in, register_places
from muster.apps.people.actions import (
    NewPerson,
    create_account,
    grant_role,
    register_organisations,
    register_persons,
)
from muster.apps.people.actions.organisations import NewOrganisation
from muster.apps.people.queries.access import actor_of
from muster.cities import load
from muster.demo.generator.model import Cadre, InventedPlace
from muster.demo.night.stage import CITY, Stage
from muster.kernel import clock
from muster.protocols.access import place_range, unit_range

ID_TYPES = {
    "id_card": "resident_id",
    "passport": "passport",
    "hk_macao": "hk_macao_permit",
    "taiwan": "taiwan_permit",
    "none": "none",
}
INSIDE = {"building", "unit", "door"}


def lay_out(stage: Stage) -> None:
    """Every place of the city, with the short address of each door."""
    world = stage.world
    by_id = {p.id: p for p in world.places}
    names_en = {d.code: d.en for d in load("taiyuan").districts}
    rows = [
        NewPlace(key="province", parent=None, kind="province", name="山西省", name_en="Shanxi",
                 area=140000000000, code=140000000000)
    ]  # fmt: skip
    for place in world.places:
        code = full_code(place.code)
        rows.append(
            NewPlace(
                key=str(place.id),
                parent="province" if place.parent is None else str(place.parent),
                kind=place.kind,
                name=place.name,
                name_en=names_en.get(place.code, "Taiyuan" if place.kind == "city" else ""),
                area=code,
                code=code if place.kind in ("city", "district", "street", "community") else None,
                label=_label(place, by_id),
                ordinal=place.id,
                longitude=place.longitude,
                latitude=place.latitude,
            )
        )
    ids = register_places(places=rows, within=CITY)
    stage.places = {place.id: ids[str(place.id)] for place in world.places}
    stage.community = full_code(by_id[world.community].code)


def full_code(code: int) -> int:
    """Twelve digits: a division's shorter code with its zeros."""
    return int(str(code).ljust(12, "0"))


def _label(place: InventedPlace, by_id: dict[int, InventedPlace]) -> str:
    parts: list[str] = []
    at: InventedPlace | None = place
    while at is not None and at.kind in INSIDE:
        parts.append(at.name.removesuffix("号楼").removesuffix("单元"))
        at = by_id.get(at.parent or 0)
    return "-".join(reversed(parts))


def found_bodies(stage: Stage) -> None:
    """The tree of 2,300 organisations with who answers for each."""
    register_organisations(
        organisations=[
            NewOrganisation(
                code=o.code,
                parent=o.parent,
                kind=o.kind,
                name=o.name,
                area=full_code(o.district),
                contact_name=o.contact,
                contact_phone=o.contact_phone,
            )
            for o in stage.world.organisations
        ],
        area=CITY,
    )


def employ(stage: Stage) -> None:
    """40,000 people of those bodies. Who lives in the two estates comes in with the residents."""
    outside = [c for c in stage.world.cadres if c.resident is None]
    codes = {p.id: full_code(p.code) for p in stage.world.places}
    ids = register_persons(persons=[_cadre(c, codes[c.home]) for c in outside])
    stage.cadres = {c.id: id_ for c, id_ in zip(outside, ids, strict=True)}
    move_in(
        arrivals=[
            Arrival(person=id_, place=stage.places[c.home], area=codes[c.home])
            for c, id_ in zip(outside, ids, strict=True)
        ]
    )


def _cadre(cadre: Cadre, area: int) -> NewPerson:
    return NewPerson(
        area=area,
        unit=cadre.unit,
        name=cadre.who.name,
        birth_date=cadre.who.born,
        phones=cadre.who.phones,
        party_member=cadre.party_member,
        skills=(*cadre.skills, *cadre.qualifications),
        source="register of organisations",
    )


def staff_community(stage: Stage) -> None:
    """The community's own 23, caught inside at dusk."""
    rows = [
        NewPerson(
            area=stage.community,
            name=s.who.name,
            birth_date=s.who.born,
            id_type=ID_TYPES[s.who.id_kind],
            id_number=s.who.id_number or "",
            phones=s.who.phones,
            party_member=s.party_member,
            skills=("phone_skill", "stamina"),
            source=f"community {s.kind}",
        )
        for s in stage.world.staff
    ]
    ids = register_persons(persons=rows)
    stage.staff = {s.id: id_ for s, id_ in zip(stage.world.staff, ids, strict=True)}


PERSONAS = (
    ("secretary", "社区书记 · Community secretary", "community_secretary", "community"),
    ("grid_worker", "网格员 · Grid worker", "grid_worker", "community"),
    ("recorder", "信息录入员 · Recorder", "recorder", "community"),
    ("contact", "单位联络员 · Organisation contact", "org_contact", "unit"),
    ("street", "街道办 · Street office", "street_office", "street"),
    ("district", "区指挥部 · District headquarters", "district_hq", "district"),
    ("headquarters", "市指挥部 · City headquarters", "city_hq", "city"),
    ("auditor", "审计员 · Auditor", "auditor", "city"),
    ("neighbour", "志愿者 · Volunteer", "volunteer", "community"),
)


def open_accounts(stage: Stage) -> None:
    """One account a persona of MISSION.md; no password: the demo enters with one click."""
    unit = stage.world.organisations[2].code
    community = stage.community
    ranges = {
        "community": (community, community),
        "street": place_range(community // 1000, 9),
        "district": place_range(community // 10**6, 6),
        "city": place_range(1401, 4),
    }
    whole_tree = unit_range(stage.world.organisations[0].code)
    district_tree = unit_range(stage.world.organisations[1].code)
    units = {"city": whole_tree, "district": district_tree, "unit": unit_range(unit)}
    for persona, title, role, scope in PERSONAS:
        places = ranges.get(scope)
        account = create_account(
            username=persona,
            display_name=title,
            area=places[0] if places else CITY,
            persona=persona,
        )
        grant_role(account=account.id, role=role, places=places, units=units.get(scope))
        stage.actors[persona] = actor_of(account)


def build(stage: Stage) -> None:
    """Everything, in one transaction, at noon before the night."""
    with clock.travel(stage.at(-6.5)), as_system("demo city"):
        lay_out(stage)
        found_bodies(stage)
        employ(stage)
        staff_community(stage)
        open_accounts(stage)
    stage.note(
        organisations=len(stage.world.organisations),
        people=len(stage.world.cadres),
        places=len(stage.places),
    )
