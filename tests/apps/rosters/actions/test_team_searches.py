"""A split as a job: `muster.apps.rosters.actions.team_searches`,
`muster.apps.rosters.actions.watching`, `muster.apps.rosters.tasks`."""

from datetime import timedelta

import pytest
from procrastinate.contrib.django import app

from muster.apps.audit.actions import act_as, as_system
from muster.apps.people.errors import NotAllowed
from muster.apps.rosters.actions.team_accepting import accept_teams
from muster.apps.rosters.actions.team_edits import pin_member, undo_team_edit
from muster.apps.rosters.actions.team_searches import (
    propose_teams,
    run_team_search,
    split_again,
    stop_team_search,
)
from muster.apps.rosters.actions.teams import pair_people
from muster.apps.rosters.actions.watching import SILENT
from muster.apps.rosters.errors import NothingToUndo, SearchUnderWay, SplitNotFound
from muster.apps.rosters.models import TeamSearch, TeamSplit
from muster.apps.rosters.queries.teams import NO_TEAM, search_of_split, view_of
from muster.apps.rosters.tasks import teams as task
from muster.kernel import clock
from muster.kernel.ids import new_id
from tests.apps.rosters.actions.test_teams import NAMES, plain, seats
from tests.support.city import HERE, SmallCity
from tests.support.posts import a_call, volunteer
from tests.support.teams import search_now


@pytest.fixture
def waiting(city: SmallCity) -> TeamSplit:
    """Begun by the secretary, not run yet."""
    call = a_call(city, order=9)
    for person in city.residents[:9]:
        volunteer(call, person, "order")
    with act_as(city.secretary):
        return propose_teams(area=HERE, places=(HERE, HERE), unit=None, teams=2, seconds=1.0)


def the_search(split: TeamSplit) -> TeamSearch:
    with as_system("look"):
        found = search_of_split(split.id)
    assert found is not None
    return found


def test_the_job_finds_teams_and_says_how_good_they_are(waiting: TeamSplit) -> None:
    assert "rosters.teams" in app.tasks
    assert {seat.team for seat in seats(waiting)} == {NO_TEAM}
    assert the_search(waiting).state == TeamSearch.State.QUEUED
    assert task(str(the_search(waiting).id)) == "done"
    found = the_search(waiting)
    assert found.state == TeamSearch.State.DONE
    assert found.cost is not None
    assert found.bound is not None
    assert (
        sorted(seat.team for seat in seats(waiting)) == [0] * 4 + [1] * 5
        or sorted(seat.team for seat in seats(waiting)) == [0] * 5 + [1] * 4
    )
    assert task(str(found.id)) == "gone"
    assert run_team_search(search=new_id()) == "gone"


def test_nothing_is_changed_by_hand_while_it_searches(city: SmallCity, waiting: TeamSplit) -> None:
    person = seats(waiting)[0].person_id
    with act_as(city.secretary):
        for write in (
            lambda: split_again(split=waiting.id),
            lambda: pin_member(split=waiting.id, person=person, pinned=True),
            lambda: accept_teams(split=waiting.id, names=NAMES),
        ):
            with pytest.raises(SearchUnderWay):
                write()
    later = clock.now() + SILENT + timedelta(seconds=1)
    with clock.travel(later), act_as(city.secretary):
        split_again(split=waiting.id)
    with as_system("look"):
        assert sorted(TeamSearch.objects.values_list("state", flat=True)) == ["failed", "queued"]


def test_the_first_teams_are_no_change_the_next_can_be_taken_back(
    city: SmallCity, waiting: TeamSplit
) -> None:
    search_now(waiting)
    with act_as(city.secretary), pytest.raises(NothingToUndo):
        undo_team_edit(split=waiting.id)
    before = {seat.person_id: seat.team for seat in seats(waiting)}
    one, other = plain(waiting, 0)[0], plain(waiting, 1)[0]
    with act_as(city.secretary):
        pair_people(split=waiting.id, one=one, other=other, apart=False)
        split_again(split=waiting.id)
    search_now(waiting)
    after = {seat.person_id: seat.team for seat in seats(waiting)}
    assert after[one] == after[other]
    assert after != before
    with as_system("look"):
        pair, found = waiting.edits.order_by("done_at", "id")
    assert set(pair.before) == {"pair"}
    moved = {str(s.id): s.person_id for s in seats(waiting)}
    assert {
        moved[key]: team for key, (team, _, _) in found.before.items()
    }.items() <= before.items()


def test_stopped_it_keeps_the_best_so_far(city: SmallCity, waiting: TeamSplit) -> None:
    with act_as(city.secretary):
        stop_team_search(split=waiting.id)
        with pytest.raises(SplitNotFound):
            stop_team_search(split=new_id())
    with as_system("slow"):
        TeamSearch.objects.update(seconds=300)
    assert run_team_search(search=the_search(waiting).id) == "done"
    assert the_search(waiting).spent < 60
    with as_system("look"):
        assert not view_of(waiting).pending


def test_a_group_that_leaves_no_teams_ends_it_as_failed(
    city: SmallCity, waiting: TeamSplit
) -> None:
    ids = [seat.person_id for seat in seats(waiting)]
    with as_system("three who must be apart, in two teams"):
        for one, other in ((0, 1), (1, 2), (0, 2)):
            waiting.pairs.create(one_id=ids[one], other_id=ids[other], apart=True)
    assert run_team_search(search=the_search(waiting).id) == "failed"
    assert the_search(waiting).problem == "group_invalid"
    assert {seat.team for seat in seats(waiting)} == {NO_TEAM}


def test_who_may_not_form_teams_stops_none(city: SmallCity, waiting: TeamSplit) -> None:
    with act_as(city.other_secretary), pytest.raises((NotAllowed, SplitNotFound)):
        stop_team_search(split=waiting.id)


def test_a_fault_ends_the_search_as_failed(
    waiting: TeamSplit, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("no")

    monkeypatch.setattr("muster.apps.rosters.actions.team_searches.split", broken)
    with pytest.raises(RuntimeError):
        run_team_search(search=the_search(waiting).id)
    assert the_search(waiting).state == TeamSearch.State.FAILED
    assert the_search(waiting).problem == "error"
