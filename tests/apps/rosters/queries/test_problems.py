"""From rows to the planner's problem: homes, roles held, availability, what is sealed."""

from datetime import UTC, datetime

import pytest

from muster.apps.audit.actions import as_system
from muster.apps.rosters.models import Shift
from muster.apps.rosters.queries.problems import Candidate, candidates_of, free_at, problem_of
from muster.kernel import clock
from muster.planner.problem import EVERY_SHIFT
from tests.support.city import HERE, OFFICE, SmallCity
from tests.support.life import cadres, seal
from tests.support.posts import a_call, post, stand, volunteer

EVENING = (datetime(2022, 4, 3, 12, 0, tzinfo=UTC), datetime(2022, 4, 3, 16, 0, tzinfo=UTC))
NIGHT = (datetime(2022, 4, 3, 17, 0, tzinfo=UTC), datetime(2022, 4, 3, 21, 0, tzinfo=UTC))
MORNING = (datetime(2022, 4, 4, 0, 0, tzinfo=UTC), datetime(2022, 4, 4, 4, 0, tzinfo=UTC))
SPANS = [EVENING, NIGHT, MORNING]  # 20:00, 01:00 and 08:00 on the city's clocks; a Sunday


def person(*said: dict[str, object]) -> Candidate:
    from muster.kernel.ids import new_id

    return Candidate(new_id(), HERE, None, ("order",), (1,), said)


@pytest.mark.parametrize(
    ("said", "mask"),
    [
        ([], EVERY_SHIFT),
        ([{"part": "evening"}], 0b001),
        ([{"part": "night"}], 0b011),
        ([{"part": "am"}], 0b100),
        ([{"part": "pm"}], 0b000),
        ([{"part": "evening"}, {"part": "am"}], 0b101),
        ([{"part": "allday", "days": ["mon"]}], 0b110),
        ([{"days": ["sun"]}], 0b001),
        ([{"part": None, "days": []}], 0b111),
    ],
)
def test_availability_as_people_say_it(said: list[dict[str, object]], mask: int) -> None:
    assert free_at(person(*said), SPANS) == mask


def test_roles_held_by_wish_or_by_skill_and_homes(city: SmallCity) -> None:
    call = a_call(city, order=9)
    (outsider,) = cadres(OFFICE, 1, ("medical",))
    volunteer(call, city.residents[0], "order")
    volunteer(call, city.residents[1])
    volunteer(call, outsider, "guide")
    with as_system("look"):
        found = {c.id: c for c in candidates_of(HERE)}
    assert found[city.residents[0]].roles == ("order",)
    anywhere = set(found[city.residents[1]].roles)
    assert "sampler" not in anywhere
    assert {"order", "recorder", "guide", "runner"} <= anywhere
    assert set(found[outsider].roles) == {"guide", "sampler"}
    assert found[city.residents[0]].home[-1] == city.places["D1111"]
    assert found[outsider].home[-1] == city.places["T"]
    assert found[outsider].unit == OFFICE


def test_sealed_homes_and_posts_are_bound_to_their_zone(city: SmallCity) -> None:
    seal(city)
    e1, _ = city.estates
    call = a_call(city, order=9)
    (outsider,) = cadres(OFFICE, 1)
    volunteer(call, city.residents[0], "order")
    volunteer(call, outsider, "order")
    stand(city, post(e1, priority=1))
    with as_system("look"):
        people = candidates_of(HERE)
        shifts = list(Shift.objects.select_related("post__place"))
        problem = problem_of(shifts, people, clock.now())
    places = {p.id: p for p in problem.places}
    homes = {people[p.id].id: places[p.home] for p in problem.people}
    assert homes[city.residents[0]].held_in == e1
    assert homes[outsider].held_in is None
    (planned,) = problem.posts
    assert places[planned.place].closed_in == e1
    assert planned.priority == 9
