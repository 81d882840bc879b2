"""A group in teams at the desk: `muster.apps.rosters.actions.teams`,
`muster.apps.rosters.actions.team_edits`, `muster.apps.rosters.actions.team_accepting`."""

from collections import Counter
from uuid import UUID

import pytest

from muster.apps.audit.actions import act_as, as_system
from muster.apps.calls.actions import NewSignUp, sign_up
from muster.apps.notices.models import Delivery, Notice
from muster.apps.people.errors import NotAllowed
from muster.apps.people.models import Membership, Organisation, Phone
from muster.apps.rosters.actions.team_accepting import accept_teams
from muster.apps.rosters.actions.team_edits import (
    move_member,
    name_leader,
    pin_member,
    undo_team_edit,
)
from muster.apps.rosters.actions.team_searches import propose_teams, split_again
from muster.apps.rosters.actions.teams import pair_people, unpair_people
from muster.apps.rosters.errors import (
    GroupTooLarge,
    MoveRefused,
    NothingToUndo,
    SplitAccepted,
    SplitNotFound,
    SplitRefused,
)
from muster.apps.rosters.models import TeamSeat, TeamSplit
from muster.kernel import clock
from tests.support.city import HERE, OFFICE, SmallCity
from tests.support.life import cadres, call
from tests.support.teams import search_now

NAMES = {"team": "第{n}队", "temporary_branch": "支部{n}", "vanguard_post": "岗{n}"}


@pytest.fixture
def split(city: SmallCity) -> TeamSplit:
    """Fourteen neighbours, five of them party members, and seven of an office, in three teams."""
    issued = call(city)
    with as_system("test"):
        people = [*city.residents[:14], *cadres(OFFICE, 7)]
        for i, person in enumerate(people):
            new = NewSignUp(name="", phone=f"1370000{i:04d}", person=person)
            sign_up(call=issued.id, area=HERE, new=new)
    with act_as(city.secretary):
        made = propose_teams(area=HERE, places=(HERE, HERE), unit=None, teams=3)
    return search_now(made)


def seats(split: TeamSplit) -> list[TeamSeat]:
    with as_system("look"):
        return list(split.seats.order_by("id"))


def plain(split: TeamSplit, team: int) -> list[UUID]:
    return [s.person_id for s in seats(split) if s.team == team and not s.leads]


def team_of(split: TeamSplit, person: UUID) -> int:
    return next(s.team for s in seats(split) if s.person_id == person)


def test_equal_teams_with_a_leader_each(split: TeamSplit) -> None:
    assert Counter(s.team for s in seats(split)) == {0: 7, 1: 7, 2: 7}
    assert sorted(s.team for s in seats(split) if s.leads) == [0, 1, 2]


def test_a_contact_splits_the_own_people_only(city: SmallCity, split: TeamSplit) -> None:
    with act_as(city.contact):
        made = search_now(propose_teams(area=HERE, places=None, unit=OFFICE, teams=2))
        assert made.seats.count() == 7
        assert made.title == "区教育局"
        with pytest.raises(NotAllowed):
            propose_teams(area=HERE, places=None, unit=None, teams=2)
        with pytest.raises(SplitNotFound):
            split_again(split=split.id)
    with act_as(city.other_secretary), pytest.raises(SplitNotFound):
        split_again(split=made.id)


def test_by_hand_rules_are_checked_and_all_is_taken_back(city: SmallCity, split: TeamSplit) -> None:
    first, second = plain(split, 0)[0], plain(split, 1)[0]
    leader = next(s.person_id for s in seats(split) if s.leads and s.team == 0)
    with act_as(city.secretary):
        with pytest.raises(MoveRefused) as refused:
            move_member(split=split.id, person=leader, team=1, exchange=second)
        assert [b.rule for b in refused.value.data["against"]] == ["leader_elsewhere"]
        with pytest.raises(MoveRefused, match="sizes"):
            [move_member(split=split.id, person=p, team=1) for p in plain(split, 0)[:2]]
        while True:
            try:
                undo_team_edit(split=split.id)
            except NothingToUndo:
                break
        move_member(split=split.id, person=first, team=1, exchange=second)
        assert (team_of(split, first), team_of(split, second)) == (1, 0)
        split_again(split=split.id)
        search_now(split)
        assert (team_of(split, first), team_of(split, second)) == (1, 0)
        name_leader(split=split.id, person=first)
        assert sorted(s.team for s in seats(split) if s.leads) == [0, 1, 2]
        for _ in range(10):
            try:
                undo_team_edit(split=split.id)
            except NothingToUndo:
                break
        assert (team_of(split, first), team_of(split, second)) == (0, 1)
        with pytest.raises(SplitNotFound):
            move_member(split=split.id, person=first, team=7)


def test_pairs_are_kept_and_contradictions_told(city: SmallCity, split: TeamSplit) -> None:
    a, b = plain(split, 0)[0], plain(split, 1)[0]
    c = plain(split, 2)[0]
    with act_as(city.secretary):
        pair_people(split=split.id, one=a, other=b, apart=False)
        apart = pair_people(split=split.id, one=b, other=c, apart=True)
        with pytest.raises(SplitRefused) as refused:
            pair_people(split=split.id, one=c, other=a, apart=False)
        assert [x.kind for x in refused.value.data["against"]] == ["together_and_apart"]
        split.pairs.filter(one_id=c).delete()  # the page's transaction does it
        split_again(split=split.id)
        search_now(split)
        assert team_of(split, a) == team_of(split, b) != team_of(split, c)
        with pytest.raises(MoveRefused) as parted:
            move_member(split=split.id, person=a, team=team_of(split, c))
        assert "together" in [x.rule for x in parted.value.data["against"]]
        unpair_people(pair=apart.id)
        with pytest.raises(SplitRefused, match="no_pair"):
            pair_people(split=split.id, one=a, other=a, apart=True)


def test_a_pin_that_a_pair_forbids_is_refused(city: SmallCity, split: TeamSplit) -> None:
    a, b = plain(split, 0)[0], plain(split, 1)[0]
    with act_as(city.secretary):
        pair_people(split=split.id, one=a, other=b, apart=False)
        pin_member(split=split.id, person=a, pinned=True)
        with pytest.raises(SplitRefused) as refused:
            pin_member(split=split.id, person=b, pinned=True)
    assert [x.kind for x in refused.value.data["against"]] == ["pinned_apart"]


def test_accepted_teams_branches_and_posts_are_bodies(city: SmallCity, split: TeamSplit) -> None:
    with act_as(city.secretary):
        made = accept_teams(split=split.id, names=NAMES)
        with pytest.raises(SplitAccepted):
            split_again(split=split.id)
    with as_system("look"):
        bodies = Organisation.objects.exclude(starts_at=None)
        kinds = Counter(bodies.values_list("kind", flat=True))
        assert kinds["team"] == 3
        assert kinds["temporary_branch"] >= 1
        assert kinds["vanguard_post"] >= 1
        assert sum(kinds.values()) == made
        assert Membership.objects.filter(organisation__kind="team").count() == 21
        assert Membership.objects.filter(organisation__kind="team", leader=True).count() == 3


def test_everybody_is_told_his_team_and_no_numbers(city: SmallCity, split: TeamSplit) -> None:
    with act_as(city.secretary):
        accept_teams(split=split.id, names=NAMES)
    with as_system("look"):
        notices = Notice.objects.filter(kind="team", about=split.id)
        assert notices.count() == 2
        rows = list(Delivery.objects.filter(notice__in=notices).select_related("notice"))
        assert {row.person_id for row in rows} == {seat.person_id for seat in seats(split)}
        texts = [row.notice.body.format(**row.fields) for row in rows]
        phones = set(Phone.objects.values_list("number", flat=True))
    assert any("由您带队" in text for text in texts)
    assert all("第" in text for text in texts)
    assert not any(phone in text for phone in phones for text in texts)


def test_who_is_in_a_team_is_left_out_of_the_next(city: SmallCity, split: TeamSplit) -> None:
    whole = {"area": HERE, "places": (HERE, HERE), "unit": None}
    with act_as(city.secretary):
        accept_teams(split=split.id, names=NAMES)
        with pytest.raises(SplitRefused, match="too_few"):
            propose_teams(**whole, teams=1)
        some = [seat.person_id for seat in seats(split)][:4]
        again = propose_teams(**whole, teams=2, also=some)
        assert {seat.person_id for seat in seats(again)} == set(some)
        search_now(again)
        Organisation.objects.filter(kind="team").update(ends_at=clock.now())
        assert propose_teams(**whole, teams=3).seats.count() == 21


def test_pairs_are_taken_back_too(city: SmallCity, split: TeamSplit) -> None:
    a, b = plain(split, 0)[0], plain(split, 1)[0]
    with act_as(city.secretary):
        pair = pair_people(split=split.id, one=a, other=b, apart=False)
        unpair_people(pair=pair.id)
        assert not split.pairs.exists()
        undo_team_edit(split=split.id)
        assert split.pairs.get().id == pair.id
        undo_team_edit(split=split.id)
        assert not split.pairs.exists()
        with pytest.raises(NothingToUndo):
            undo_team_edit(split=split.id)


def test_too_many_and_too_few(city: SmallCity, split: TeamSplit) -> None:
    with act_as(city.secretary):
        with pytest.raises(GroupTooLarge):
            propose_teams(area=HERE, places=(HERE, HERE), unit=None, teams=41)
        with pytest.raises(SplitRefused, match="too_few"):
            propose_teams(area=HERE, places=(HERE, HERE), unit=None, teams=22)
        assert propose_teams(area=HERE, places=(HERE, HERE), unit=None, teams=0).teams == 1
