"""Who signed up, by body: `muster.apps.calls.queries.groups`."""

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import NewSignUp, sign_up, withdraw
from muster.apps.calls.queries.groups import groups_signed_up, people_signed_up
from tests.support.city import DISTRICT, HERE, OFFICE, ROOT, SmallCity
from tests.support.life import cadres, call

PLACES = (HERE, HERE)


def test_a_body_counts_those_below_it(city: SmallCity) -> None:
    issued = call(city)
    people = [*cadres(OFFICE, 3), city.residents[0]]
    with as_system("test"):
        for i, person in enumerate(people):
            new = NewSignUp(name="", phone=f"1360000{i:04d}", person=person)
            made = sign_up(call=issued.id, area=HERE, new=new)
        assert [(g.unit, g.people) for g in groups_signed_up(PLACES, None)] == [
            (ROOT, 3), (DISTRICT, 3), (OFFICE, 3),
        ]  # fmt: skip
        assert set(people_signed_up(PLACES, None)) == set(people)
        assert set(people_signed_up(PLACES, DISTRICT)) == set(people[:3])
        assert people_signed_up((HERE + 1, HERE + 1), None) == []
        withdraw(signup=made.id)
        assert set(people_signed_up(PLACES, None)) == set(people[:3])
    with act_as(city.contact):
        found = groups_signed_up(None, (OFFICE, OFFICE + 999_999))
        assert [(g.name, g.people) for g in found] == [("区教育局", 3)]
