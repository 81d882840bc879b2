"""Plans are found by community, newest first. (What is in one: tests of the action.)"""

from muster.apps.audit.actions import act_as
from muster.apps.screening.queries.plans import planned_rounds
from tests.apps.screening.actions.test_plans import planned
from tests.support.city import HERE, THERE, SmallCity


def test_the_newest_is_first(city: SmallCity) -> None:
    with act_as(city.secretary):
        one, two = planned(city, title="一"), planned(city, title="二")
        assert [row.id for row in planned_rounds(low=HERE, high=HERE)] == [two.id, one.id]
        assert planned_rounds(low=HERE, high=HERE, limit=1)[0].title == "二"
        assert planned_rounds(low=THERE, high=THERE) == []
