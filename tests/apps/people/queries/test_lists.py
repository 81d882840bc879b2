"""Lists of the desk: muster.apps.people.queries.accounts, muster.apps.people.queries.bodies and
muster.apps.people.queries.contacts."""

from datetime import timedelta

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.actions import (
    create_temporary_body,
    make_surge_pass,
    note_phone,
    use_surge_pass,
)
from muster.apps.people.models import Organisation
from muster.apps.people.queries.accounts import accounts_within, names_of_actors, passes_within
from muster.apps.people.queries.bodies import bodies_within, person_by_phone
from muster.apps.people.queries.contacts import contacts_of, organisation_with_code, top_of_tree
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.support.city import DISTRICT, HERE, MEDICAL, OFFICE, ROOT, SmallCity


def test_accounts_and_the_passes_that_still_open_some(city: SmallCity) -> None:
    with act_as(city.secretary):
        token = make_surge_pass(role="recorder", area=HERE, uses=1, valid=timedelta(hours=1))
        make_surge_pass(role="recorder", area=HERE, uses=2, valid=timedelta(hours=1))
        assert [a.username for a in accounts_within(low=HERE, high=HERE)] == ["secretary"]
        assert len(passes_within(low=HERE, high=HERE)) == 2
    use_surge_pass(token=token, display_name="小王")
    with act_as(city.secretary):
        assert [p.uses_left for p in passes_within(low=HERE, high=HERE)] == [2]
        with clock.travel(clock.now() + timedelta(hours=2)):
            assert passes_within(low=HERE, high=HERE) == []


def test_actors_by_name_within_reach(city: SmallCity) -> None:
    actors = [city.secretary.name, city.other_secretary.name, f"device:{new_id()}", "nobody"]
    with act_as(city.secretary):
        assert names_of_actors(actors) == {city.secretary.name: "secretary"}


def test_temporary_bodies_with_who_leads_them(city: SmallCity) -> None:
    with act_as(city.secretary):
        office = Organisation.objects.get(code=OFFICE)
        create_temporary_body(
            kind="team", name="突击队", parent=office.id, area=HERE, scope="",
            leader=city.residents[0], members=[city.residents[1]],
        )  # fmt: skip
        (body,) = bodies_within(low=HERE, high=HERE)
    assert (body.organisation.name, body.leaders, body.members) == ("突击队", ["王一"], ["李二"])


def test_the_one_person_of_a_number(city: SmallCity) -> None:
    with as_system("test"):
        note_phone(person=city.residents[1], number="13900000002")
    with act_as(city.secretary):
        assert person_by_phone(" 139 0000 0000") == city.residents[0]
        assert person_by_phone("13900000002") is None
        assert person_by_phone("13700000000") is None


def test_contacts_and_where_a_call_may_begin(city: SmallCity) -> None:
    with act_as(city.contact):
        assert {u: c.name for u, c in contacts_of([OFFICE, MEDICAL]).items()} == {OFFICE: "联络员"}
        found = organisation_with_code(OFFICE)
        assert found is not None
        assert found.name == "区教育局"
        assert organisation_with_code(1) is None
        assert [o.code for o in top_of_tree()] == [ROOT, DISTRICT]
