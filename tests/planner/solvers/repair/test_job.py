"""muster.planner.solvers.repair.job: the problem as arrays."""

from hypothesis import given, settings

from muster.planner.city.problem import CityProblem
from muster.planner.solvers.repair import city_arrays
from tests.planner.city.cases import cities


@settings(deadline=None, max_examples=40)
@given(cities())
def test_who_of_a_role_lives_in_a_compound(city: CityProblem) -> None:
    arrays = city_arrays(city)
    for role in range(city.roles):
        for home in range(city.compounds):
            living = arrays.living[arrays.first[role, home] : arrays.first[role, home + 1]]
            expected = {
                person
                for person in range(city.people)
                if city.person_home[person] == home and city.person_roles[person] >> role & 1
            }
            assert set(living.tolist()) == expected
            assert len(living) == len(expected)
