"""Volunteers as hands: a role that was given holds, a wish does not."""

from muster import policies
from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.models import SignUp
from muster.apps.screening.queries.hands import hands_of
from tests.support.city import HERE, SmallCity
from tests.support.life import live

POLICY = policies.load("2022-04")


def test_roles_given_and_wishes(city: SmallCity) -> None:
    live(city)
    with as_system("test"):
        rows = list(SignUp.objects.filter(state__in=["accepted", "reserve"]))
        for row in rows:
            SignUp.objects.filter(id=row.id).update(role="", roles=["recorder", "order"])
        SignUp.objects.filter(id=rows[0].id).update(role="runner")
        SignUp.objects.filter(id=rows[1].id).update(roles=["recorder", "sampler"])
    with act_as(city.headquarters):
        found = hands_of(HERE, POLICY)
    assert (found["runner"], found["sampler"]) == (1, 1)
    people = len({row.person_id for row in rows})
    assert sum(found.values()) == people
    assert found["any"] == people - 2


def test_nobody_came_forward(city: SmallCity) -> None:
    with act_as(city.secretary):
        assert hands_of(HERE, POLICY) == {}
