"""How far a call has got, counted by hand."""

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import acknowledge, offer_people
from muster.apps.calls.errors import CallNotFound
from muster.apps.calls.queries import (
    call_of,
    calls_of,
    node_of,
    progress_of,
    silent_bodies,
    tree_below,
)
from muster.apps.calls.queries.calls import offers_by_source
from muster.apps.people.actions import register_organisations
from muster.apps.people.actions.organisations import NewOrganisation
from muster.apps.people.models import Organisation
from muster.kernel.ids import new_id
from tests.support.city import CITY, DISTRICT, HERE, MEDICAL, OFFICE, ROOT, THERE, SmallCity
from tests.support.life import NEED, cadres, call

WARD = MEDICAL + 1000
OTHER_DISTRICT = ROOT + 2 * 10**9


@pytest.fixture
def tree(city: SmallCity) -> SmallCity:
    """A ward below the hospital and a second, small district."""
    with as_system("test"):
        register_organisations(
            area=CITY,
            organisations=[
                NewOrganisation(code=WARD, parent=MEDICAL, kind="office", name="一病区", area=CITY),
                NewOrganisation(
                    code=OTHER_DISTRICT, parent=ROOT, kind="committee", name="迎泽区委", area=CITY
                ),
            ],
        )
    return city


def test_levels_and_roles_add_up(tree: SmallCity) -> None:
    issued = call(tree)
    with as_system("test"):
        hospital = Organisation.objects.get(code=MEDICAL)
        doctors = cadres(MEDICAL, 3, ("medical",))
        offer_people(
            call=issued.id, organisation=hospital.id, persons={d: ["sampler"] for d in doctors}
        )
        acknowledge(call=issued.id, organisation=Organisation.objects.get(code=ROOT).id)
    with act_as(tree.headquarters):
        progress = progress_of(issued.id)
        assert offers_by_source(issued.id) == {"organisation": 3}
    assert [(x.level, x.bodies, x.acknowledged, x.offered, x.silent) for x in progress.levels] == [
        (0, 1, 1, 0, 0),
        (1, 2, 0, 0, 2),
        (2, 2, 1, 3, 1),
        (3, 1, 0, 0, 1),
    ]
    assert (progress.bodies, progress.acknowledged) == (6, 2)
    assert (progress.accepted, progress.reserve) == (3, 0)
    assert progress.roles == {r: (n, 3 if r == "sampler" else 0) for r, n in NEED.items()}


def test_branches_sum_everything_below_the_most_silent_first(tree: SmallCity) -> None:
    issued = call(tree)
    with as_system("test"):
        for code in (MEDICAL, WARD, OTHER_DISTRICT):
            acknowledge(call=issued.id, organisation=Organisation.objects.get(code=code).id)
    with act_as(tree.headquarters):
        branches = tree_below(issued.id, ROOT)
        assert [(b.unit, b.bodies, b.acknowledged, b.silent) for b in branches] == [
            (DISTRICT, 4, 2, 2),
            (OTHER_DISTRICT, 1, 1, 0),
        ]
        below = tree_below(issued.id, DISTRICT)
        assert [(b.unit, b.bodies, b.silent) for b in below] == [(OFFICE, 1, 1), (MEDICAL, 2, 0)]
        assert below[0].acknowledged_at is None
        assert tree_below(issued.id, WARD) == []


def test_the_silent_are_listed_top_down_in_their_range(tree: SmallCity) -> None:
    issued = call(tree)
    with as_system("test"):
        acknowledge(call=issued.id, organisation=Organisation.objects.get(code=MEDICAL).id)
        everyone = silent_bodies(issued.id, low=ROOT, high=ROOT + 10**12 - 1)
        assert [n.unit for n in everyone] == [ROOT, DISTRICT, OTHER_DISTRICT, OFFICE, WARD]
        branch = silent_bodies(issued.id, low=MEDICAL, high=MEDICAL + 10**6 - 1)
        assert [n.unit for n in branch] == [WARD]
        assert len(silent_bodies(issued.id, low=ROOT, high=ROOT + 10**12 - 1, limit=2)) == 2


def test_calls_by_place_and_by_id(city: SmallCity) -> None:
    issued = call(city)
    with act_as(city.contact):
        assert call_of(issued.id).number == "2022-1"
        assert calls_of(low=HERE, high=HERE) == [issued]
        assert calls_of(low=THERE, high=THERE) == []
        node = node_of(issued.id, OFFICE)
        assert node is not None
        assert node.organisation.name == "区教育局"
        assert node_of(issued.id, 1) is None
        with pytest.raises(CallNotFound):
            call_of(new_id())
