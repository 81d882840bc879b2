from muster.apps.rosters.tasks import search
from muster.kernel.ids import new_id
from tests.support.city import SmallCity


def test_a_search_that_is_not_there_any_more_does_nothing(city: SmallCity) -> None:
    assert search(str(new_id())) == "gone"
    assert search.name == "rosters.search"
    assert search.queue == "planning"
