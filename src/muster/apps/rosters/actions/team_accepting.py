"""A split is accepted: its teams, their branches and vanguard posts become temporary bodies, and
everybody is told his team."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from muster.apps.audit.actions import current_actor, write_line
from muster.apps.notices.actions import address_persons, create_notice, enqueue_delivery
from muster.apps.people.actions.forming import NewBody, form_bodies
from muster.apps.rosters.actions.teams import locked
from muster.apps.rosters.errors import MoveRefused
from muster.apps.rosters.models import TeamSplit
from muster.apps.rosters.queries.teams import SplitView
from muster.kernel import clock
from muster.planner.teams.rules import breaches

Names = Mapping[str, str]


def accept_teams(*, split: UUID, names: Names) -> int:
    """Set the bodies up and tell everybody his team and who leads it; how many bodies. `names`:
    kind of body → its name with ``{n}`` for its number, from 1, in the language of whoever accepts.

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
    told = _tell(view, names["team"])
    write_line(
        action="teams_accepted", area=view.split.area, subject=split, bodies=len(made), told=told
    )
    return len(made)


def _tell(view: SplitView, name: str) -> int:
    """One notice to who leads a team, one to who is in it: no numbers of others in either."""
    leaders = set(view.found.leader)
    led: dict[UUID, dict[str, str]] = {}
    others: dict[UUID, dict[str, str]] = {}
    for at, (face, team) in enumerate(zip(view.faces, view.found.team, strict=True)):
        by = view.faces[view.found.leader[team]].name
        fields = {"team": name.format(n=team + 1), "leader": by}
        (led if at in leaders else others)[face.id] = fields
    texts = (
        (led, "您编入{team}，由您带队。You are in {team} and lead it."),
        (others, "您编入{team}，带队人：{leader}。You are in {team}, led by {leader}."),
    )
    told = 0
    for persons, body in texts:
        if persons:
            notice = create_notice(
                kind="team", title="编队通知 · Your team", body=body, area=view.split.area,
                about=view.split.id,
            )  # fmt: skip
            told += address_persons(notice=notice, persons=persons)
            enqueue_delivery(notice=notice.id)
    return told


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
