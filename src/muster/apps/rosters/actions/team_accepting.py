"""A split is accepted: its teams, their branches and vanguard posts become temporary bodies."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.people.actions.forming import NewBody, form_bodies
from muster.apps.rosters.actions.teams import locked
from muster.apps.rosters.errors import MoveRefused
from muster.apps.rosters.models import TeamSplit
from muster.apps.rosters.queries.teams import SplitView
from muster.kernel import clock
from muster.planner.teams.rules import breaches

Names = Mapping[str, str]


def accept_teams(*, split: UUID, names: Names) -> int:
    """Set the bodies up; how many. `names`: kind of body → its name with ``{n}`` for its number,
    from 1, in the language of whoever accepts.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`, `MoveRefused` with every broken rule.
    """
    view = locked(split)
    against = tuple(breaches(view.group, view.found.team, view.found.leader))
    if against:
        raise MoveRefused(reason=", ".join(each.rule for each in against), against=against)
    made = form_bodies(
        unit=view.split.unit, area=view.split.area, bodies=list(_bodies(view, names))
    )
    TeamSplit.objects.filter(id=split).update(
        state=TeamSplit.State.ACCEPTED, accepted_by=current_actor().name, accepted_at=clock.now()
    )
    write_line(action="teams_accepted", area=view.split.area, subject=split, bodies=len(made))
    return len(made)


def _bodies(view: SplitView, names: Names) -> Iterator[NewBody]:
    ids, proposal = [face.id for face in view.faces], view.proposal
    for k, leader in enumerate(view.found.leader):
        members = [ids[i] for i, team in enumerate(view.found.team) if team == k]
        name = names["team"].format(n=k + 1)
        yield NewBody(kind="team", name=name, leader=ids[leader], members=members)
    for branch in proposal.branches:
        name = names["temporary_branch"].format(n="、".join(str(k + 1) for k in branch.teams))
        members = [ids[i] for i in branch.members]
        yield NewBody(
            kind="temporary_branch", name=name, leader=ids[branch.secretary], members=members
        )
    for post in proposal.posts:
        if post.members:
            name = names["vanguard_post"].format(n=post.team + 1)
            members = [ids[i] for i in post.members]
            yield NewBody(kind="vanguard_post", name=name, leader=members[0], members=members)
