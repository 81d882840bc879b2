"""A small city through the real actions: two communities, two estates, 24 doors, 48 residents."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

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
from muster.apps.screening.actions import enrol_device, open_round
from muster.kernel import clock
from muster.protocols.actors import Actor

HERE = 140105007001
THERE = 140105007002
STREET = 140105007000
CITY = 140100000000
ROOT = 1_000_000_000_000
DISTRICT = 1_001_000_000_000
MEDICAL = 1_001_001_000_000
OFFICE = 1_001_002_000_000
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗"


@dataclass
class SmallCity:
    """Keys of what was built."""

    places: dict[str, int]
    residents: list[UUID]
    strangers: list[UUID]
    secretary: Actor
    other_secretary: Actor
    headquarters: Actor
    contact: Actor
    accounts: dict[str, str] = field(default_factory=dict)

    @property
    def estates(self) -> list[int]:
        """The two estates of the first community."""
        return [self.places["E1"], self.places["E2"]]


def build_city() -> SmallCity:
    """Build it; needs a database transaction."""
    with as_system("test city"):
        places = register_places(places=_places(), within=CITY)
        register_organisations(organisations=_bodies(), area=CITY)
        doors = [k for k in places if k.startswith("D")]
        residents = register_persons(persons=[_resident(i, HERE) for i in range(2 * len(doors))])
        strangers = register_persons(persons=[_resident(1000 + i, THERE) for i in range(4)])
        move_in(
            arrivals=[
                Arrival(
                    person=p,
                    place=places[doors[i // 2]],
                    area=HERE,
                    head=i % 2 == 0,
                    since=clock.now() - timedelta(days=30),
                )
                for i, p in enumerate(residents)
            ]
        )
        return SmallCity(
            places=places,
            residents=residents,
            strangers=strangers,
            secretary=_account("secretary", "community_secretary", HERE, (HERE, HERE)),
            other_secretary=_account("other", "community_secretary", THERE, (THERE, THERE)),
            headquarters=_account(
                "hq", "city_hq", CITY, (CITY, CITY + 99_999_999), (0, 999_999_999_999_999)
            ),
            contact=_account("contact", "org_contact", CITY, None, (OFFICE, OFFICE + 999_999)),
        )


def _account(
    username: str,
    role: str,
    area: int,
    places: tuple[int, int] | None,
    units: tuple[int, int] | None = None,
) -> Actor:
    account = create_account(
        username=username, display_name=username, area=area, password="correct-horse-battery"
    )
    grant_role(account=account.id, role=role, places=places, units=units)
    return actor_of(account)


def _places() -> list[NewPlace]:
    made = [
        NewPlace(key="P", parent=None, kind="province", name="山西省", area=140000000000,
                 code=140000000000),
        NewPlace(key="C", parent="P", kind="city", name="太原市", area=CITY, code=CITY,
                 name_en="Taiyuan", longitude=112.55, latitude=37.87),
        NewPlace(key="X", parent="C", kind="district", name="小店区", area=140105000000,
                 code=140105000000),
        NewPlace(key="S", parent="X", kind="street", name="龙城街道", area=STREET, code=STREET),
        NewPlace(key="H", parent="S", kind="community", name="晨光社区", name_en="Chenguang",
                 area=HERE, code=HERE, longitude=112.57, latitude=37.80),
        NewPlace(key="T", parent="S", kind="community", name="望湖社区", area=THERE, code=THERE),
    ]  # fmt: skip
    for e, estate in enumerate(("晨光花园", "晨光新村"), start=1):
        made.append(
            NewPlace(key=f"E{e}", parent="H", kind="estate", name=estate, area=HERE, ordinal=e,
                     longitude=112.57 + e / 1000, latitude=37.80)
        )  # fmt: skip
        for b in (1, 2):
            made.append(NewPlace(key=f"B{e}{b}", parent=f"E{e}", kind="building", name=f"{b}号楼",
                                 area=HERE, label=str(b), ordinal=b))  # fmt: skip
            for u in (1, 2):
                made.append(NewPlace(key=f"U{e}{b}{u}", parent=f"B{e}{b}", kind="unit",
                                     name=f"{u}单元", area=HERE,
                                     label=f"{b}-{u}", ordinal=u))  # fmt: skip
                made.extend(
                    NewPlace(key=f"D{e}{b}{u}{r}", parent=f"U{e}{b}{u}", kind="door",
                             name=f"{r}01", area=HERE, label=f"{b}-{u}-{r}01", ordinal=r)
                    for r in (1, 2, 3)
                )  # fmt: skip
    return made


def _bodies() -> list[NewOrganisation]:
    return [
        NewOrganisation(code=ROOT, parent=None, kind="committee", name="市委", area=CITY),
        NewOrganisation(code=DISTRICT, parent=ROOT, kind="committee", name="小店区委", area=CITY),
        NewOrganisation(code=MEDICAL, parent=DISTRICT, kind="hospital", name="区医院", area=CITY),
        NewOrganisation(
            code=OFFICE, parent=DISTRICT, kind="office", name="区教育局", area=CITY,
            contact_name="联络员", contact_phone="13900009999",
        ),
    ]  # fmt: skip


def _resident(i: int, area: int) -> NewPerson:
    return NewPerson(
        area=area,
        name=SURNAMES[i % len(SURNAMES)] + "一二三四五六七八九十"[i % 10],
        phones=[f"1390000{i:04d}"],
        party_member=i % 3 == 0,
    )


@dataclass
class OpenRound:
    """A round in the first community with one enrolled phone a table."""

    id: UUID
    devices: list[UUID]
    tokens: list[str]


def open_small_round(city: SmallCity, tables: int = 2) -> OpenRound:
    """Open a round over both estates; to be called as the secretary."""
    start = clock.now() - timedelta(minutes=5)
    opened = open_round(
        area=HERE,
        places=city.estates,
        title="第一轮",
        starts_at=start,
        ends_at=start + timedelta(hours=6),
        shifts=[(start, start + timedelta(hours=6))],
        tables=tables,
    )
    enrolled = [
        enrol_device(table=t.id, label=f"{t.number}号台")
        for t in opened.round.tables.order_by("number")
    ]
    return OpenRound(opened.round.id, [d.id for d, _ in enrolled], [t for _, t in enrolled])


DUSK = datetime(2022, 4, 3, 10, 30, tzinfo=UTC)
