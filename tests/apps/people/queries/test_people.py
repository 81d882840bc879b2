"""Finding persons by what people know of them; `muster.apps.people.queries.organisations` too."""

from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import NewPerson, register_persons
from muster.apps.people.errors import OrganisationNotFound, PersonNotFound
from muster.apps.people.models import Organisation
from muster.apps.people.queries.organisations import (
    level_of,
    names_of,
    organisation_of,
    organisations,
    range_below,
)
from muster.apps.people.queries.people import person_of, persons_with_phone, reach_of, search
from muster.kernel.ids import new_id
from tests.support.city import DISTRICT, HERE, OFFICE, ROOT, SmallCity


@pytest.fixture
def three(city: SmallCity) -> dict[str, UUID]:
    names = ("欧阳晓", "欧阳小雨", "司马晓")
    with as_system("test"):
        ids = register_persons(
            persons=[
                NewPerson(area=HERE, name=n, phones=[f"1371111000{i}", "13711119999"])
                for i, n in enumerate(names)
            ]
        )
    return dict(zip(names, ids, strict=True))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("欧阳", {"欧阳晓", "欧阳小雨"}),
        (" 阳小 ", {"欧阳小雨"}),
        ("oyx", {"欧阳晓", "欧阳小雨"}),
        ("ouyangxiaoyu", {"欧阳小雨"}),
        ("OuYang Xiao", {"欧阳晓", "欧阳小雨"}),
        ("smx", {"司马晓"}),
        ("0001", {"欧阳小雨"}),
        ("9999", {"欧阳晓", "欧阳小雨", "司马晓"}),
        ("13711110002", {"司马晓"}),
        ("13711119999", {"欧阳晓", "欧阳小雨", "司马晓"}),
        ("诸葛", set()),
        ("13711110009", set()),
    ],
)
def test_search(city: SmallCity, three: dict[str, UUID], text: str, found: set[str]) -> None:
    with act_as(city.secretary):
        assert {p.name for p in search(text) if p.id in three.values()} == found
        ids = [p.id for p in search(text)]
        assert len(ids) == len(set(ids))


def test_an_empty_search_is_everybody_in_reach(city: SmallCity) -> None:
    with act_as(city.other_secretary):
        assert {p.id for p in search(" ")} == set(city.strangers)


def test_reach_is_the_first_phone_or_none(city: SmallCity, three: dict[str, UUID]) -> None:
    with act_as(city.secretary):
        silent = register_persons(persons=[NewPerson(area=HERE, name="无电话")])[0]
        reached = {r.id: r for r in reach_of([three["欧阳晓"], silent, city.strangers[0]])}
        assert reached.keys() == {three["欧阳晓"], silent}
        assert reached[three["欧阳晓"]].phone == "13711110000"
        assert (reached[silent].phone, reached[silent].area) == ("", HERE)
        assert {p.id for p in persons_with_phone("13711119999")} == set(three.values())
        with pytest.raises(PersonNotFound):
            person_of(city.strangers[0])


def test_codes_of_the_tree(city: SmallCity) -> None:
    assert range_below(ROOT) == (ROOT, ROOT + 10**12 - 1)
    assert range_below(OFFICE) == (OFFICE, OFFICE + 10**6 - 1)
    assert range_below(OFFICE + 1) == (OFFICE + 1, OFFICE + 1)
    assert [level_of(c) for c in (ROOT, DISTRICT, OFFICE, OFFICE + 1000, OFFICE + 1)] == [
        0, 1, 2, 3, 4,
    ]  # fmt: skip
    assert names_of({OFFICE, 5}) == {OFFICE: "区教育局"}
    office = Organisation.objects.get(code=OFFICE)
    assert organisation_of(office.id) == office
    assert organisations().count() == 4
    with pytest.raises(OrganisationNotFound):
        organisation_of(new_id())
