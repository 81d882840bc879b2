"""muster.apps.screening.actions.settling: whoever decides is named, with the reason, and undone."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.audit.queries import lines_about
from muster.apps.screening.actions import record_batch, take_visits
from muster.apps.screening.actions.settling import Asked, let_be, settle, take_up
from muster.apps.screening.errors import NothingDecided
from muster.apps.screening.models import Closing, Visit
from muster.kernel.ids import new_id
from tests.apps.screening.actions.records.steps import closing
from tests.support.city import OpenRound, SmallCity
from tests.support.records import round_, tube_of
from tests.support.visits import visit

__all__ = ["round_"]


@pytest.fixture(params=["closing", "visit"])
def asked(city: SmallCity, round_: OpenRound, request: pytest.FixtureRequest) -> Asked:
    """A closing with fewer swabs than records, or a word about nobody."""
    if request.param == "visit":
        word = visit(new_id())
        take_visits(token=round_.tokens[0], visits=[word])
        return Visit.objects.get(id=word.id)
    sent = closing(1)
    record_batch(token=round_.tokens[0], records=tube_of(city.residents[:3]), closings=[sent])
    return Closing.objects.get(id=sent.id)


def test_let_be_and_taken_up_again(city: SmallCity, asked: Asked) -> None:
    state = asked.state
    with act_as(city.secretary) as actor:
        let_be(asked, reason=f"  {'x' * 80}")
        asked.refresh_from_db()
        assert (asked.settled_by, asked.state) == (actor.name, state)
        assert asked.settled_at is not None
        assert lines_about(asked.id)[0].detail == {"reason": "x" * 80}
        take_up(asked)
        asked.refresh_from_db()
        assert (asked.settled_by, asked.settled_at) == ("", None)
        assert lines_about(asked.id)[0].action.endswith("_reopened")
        with pytest.raises(NothingDecided):
            take_up(asked)


def test_settled_keeps_what_was_changed_with_it(city: SmallCity, asked: Asked) -> None:
    with act_as(city.secretary):
        asked.state = "accepted"
        settle(asked)
        asked.refresh_from_db()
    assert (asked.state, bool(asked.settled_at)) == ("accepted", True)
