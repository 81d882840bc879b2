"""Teams changed by hand, the rules checked at each change; every change can be taken back."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from muster.apps.audit.actions import write_line
from muster.apps.rosters.actions.teams import keep_free, locked, put, save
from muster.apps.rosters.errors import MoveRefused, NothingToUndo, SplitNotFound
from muster.apps.rosters.models import TeamEdit, TeamPair, TeamSeat
from muster.apps.rosters.queries.teams import SplitView
from muster.planner.teams.moving import against_move
from muster.planner.teams.rules import Rule


def move_member(*, split: UUID, person: UUID, team: int, exchange: UUID | None = None) -> TeamSeat:
    """Put somebody into another team (from 0) and pin him there; `exchange` takes his place.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`, `MoveRefused` with every broken rule.
    """
    view = locked(split)
    at = _at(view, person)
    moves = {at: _team(view, team)}
    if exchange is not None:
        moves[_at(view, exchange)] = view.seats[at].team
    _refuse(view, at, moves)
    put(view, {i: (to, view.seats[i].leads, True) for i, to in moves.items()})
    write_line(action="team_member_moved", area=view.split.area, subject=view.seats[at].id)
    return view.seats[at]


def pin_member(*, split: UUID, person: UUID, pinned: bool) -> TeamSeat:
    """Keep somebody in his team whatever the next search does, or let go of him.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`.
    """
    view = locked(split)
    at = _at(view, person)
    seat = view.seats[at]
    if put(view, {at: (seat.team, seat.leads, pinned)}):
        write_line(action="team_member_pinned", area=view.split.area, subject=seat.id, to=pinned)
    return seat


def name_leader(*, split: UUID, person: UUID) -> TeamSeat:
    """Let somebody lead his team instead of who does; pinned, so that he goes on leading it.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`.
    """
    view = locked(split)
    at = _at(view, person)
    team = view.seats[at].team
    changes = {
        i: (team, False, seat.pinned)
        for i, seat in enumerate(view.seats)
        if seat.team == team and seat.leads
    }
    put(view, changes | {at: (team, True, True)})
    write_line(action="team_leader_named", area=view.split.area, subject=view.seats[at].id)
    return view.seats[at]


def undo_team_edit(*, split: UUID) -> int:
    """Take the last change of seats or pairs back; how many seats. A pair let go may stand against
    pins made before.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`, `NothingToUndo`, `MoveRefused`,
    `SplitRefused`.
    """
    view = locked(split)
    last = TeamEdit.objects.filter(split=split).order_by("-done_at", "-id").first()
    if last is None:
        raise NothingToUndo(reason="")
    before = {
        i: last.before[str(s.id)] for i, s in enumerate(view.seats) if str(s.id) in last.before
    }
    moves = {i: team for i, (team, _, _) in before.items() if team != view.seats[i].team}
    parted = {Rule.TOGETHER, Rule.APART}
    against = against_move(view.group, view.found.team, view.found.leader, moves)
    if any(each.rule in parted for each in against):
        against = tuple(each for each in against if each.rule in parted)
        raise MoveRefused(reason=", ".join(each.rule for each in against), against=against)
    for i, (team, leads, pinned) in before.items():
        seat = view.seats[i]
        seat.team, seat.leads, seat.pinned = team, leads, pinned
    save([view.seats[i] for i in before])
    _undo_pair(view, last.before.get("pair"))
    keep_free(view.split)
    last.delete()
    write_line(action="team_edit_undone", area=view.split.area, subject=split, seats=len(before))
    return len(before)


def _undo_pair(view: SplitView, said: Mapping[str, Any] | None) -> None:
    """Let a pair that was made go, make one again that was let go."""
    if said is None:
        return
    if said["made"]:
        TeamPair.objects.filter(id=said["id"]).delete()
    else:
        TeamPair.objects.create(
            id=said["id"], split=view.split, one_id=said["one"], other_id=said["other"],
            apart=said["apart"],
        )  # fmt: skip


def _at(view: SplitView, person: UUID) -> int:
    found = next((i for i, face in enumerate(view.faces) if face.id == person), None)
    if found is None:
        raise SplitNotFound
    return found


def _team(view: SplitView, team: int) -> int:
    if not 0 <= team < view.split.teams:
        raise SplitNotFound
    return team


def _refuse(view: SplitView, at: int, moves: Mapping[int, int]) -> None:
    against = against_move(view.loosened(at), view.found.team, view.found.leader, dict(moves))
    if against:
        raise MoveRefused(reason=", ".join(each.rule for each in against), against=against)
