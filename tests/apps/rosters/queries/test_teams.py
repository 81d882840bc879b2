"""A split as planner and desk see it: `muster.apps.rosters.queries.teams`."""

import pytest

from muster.apps.audit.actions import act_as
from muster.apps.rosters.errors import SplitNotFound
from muster.apps.rosters.queries.teams import (
    contradictions_of,
    faces_of,
    group_of,
    homes_km,
    split_of,
    splits_within,
    view_of,
)
from muster.kernel.ids import new_id
from tests.support.city import HERE, SmallCity
from tests.support.life import live


def test_people_without_enough_party_members_may_all_lead(city: SmallCity) -> None:
    with act_as(city.secretary):
        faces = faces_of(city.residents[:9])
        assert sum(face.party for face in faces) == 3
        group = group_of(faces, 3)
        assert [m.leads for m in group.members] == [face.party for face in faces]
        assert all(m.leads for m in group_of(faces, 4).members)
        assert len(homes_km(faces)) == 9
        assert not homes_km(faces_of(city.strangers))
        assert len({(t.x, t.y) for t in group.teams}) == 1, "all live in one estate"


def test_the_view_holds_people_pins_and_pairs_in_one_order(city: SmallCity) -> None:
    made = live(city)["teams"]
    with act_as(city.secretary):
        (split,) = splits_within((HERE, HERE), None)
        assert split == split_of(made.id) == made  # type: ignore[attr-defined]
        view = view_of(split)
        assert [str(face.id) for face in view.faces] == [m.key for m in view.group.members]
        assert len(view.group.pins) == len(view.pairs) == 1
        at = next(i for i, seat in enumerate(view.seats) if seat.pinned)
        assert not view.loosened(at).pins
        assert contradictions_of(split) == []
        assert sum(map(len, (b.teams for b in view.proposal.branches))) <= 3
        with pytest.raises(SplitNotFound):
            split_of(new_id())
    with act_as(city.other_secretary):
        assert splits_within((HERE, HERE), None) == []
