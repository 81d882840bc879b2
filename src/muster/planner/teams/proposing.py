"""Temporary branches (临时党支部) and vanguard posts (先锋岗) from a split. A proposal, no more:
headquarters sets the branches up."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from muster.planner.teams.group import Group
from muster.planner.teams.splitting import Split


class Why(StrEnum):
    """Why somebody is to be secretary of a branch."""

    LEADS = "leads_a_team"
    MAY_LEAD = "may_lead"
    MEMBER = "party_member"


WORDS = {
    Why.LEADS: "leads a team of it",
    Why.MAY_LEAD: "no leader of it is a party member; may lead",
    Why.MEMBER: "no party member of it may lead; the first of them",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A branch to set up; everything by position in the group. `teams`: the first has members
    enough or the most, the others joined it. `members` holds the secretary."""

    teams: tuple[int, ...]
    members: tuple[int, ...]
    secretary: int
    why: Why


@dataclass(frozen=True, slots=True)
class Vanguard:
    """A post that a branch takes. `missing`: party members that its team lacks for it."""

    post: str
    team: int
    branch: int
    members: tuple[int, ...]
    missing: int


@dataclass(frozen=True, slots=True)
class Proposal:
    """`alone`: teams whose party members are too few even together; they keep their own branch."""

    branches: tuple[Branch, ...]
    posts: tuple[Vanguard, ...]
    alone: tuple[int, ...]


def propose(group: Group, found: Split, *, branch_members: int, post_members: int) -> Proposal:
    """Branches and the posts that they take.

    branch_members: party members a team needs for a branch of its own; a team with fewer joins
    the nearest that has one; if none has, all join the team with the most. post_members: at each
    post, of its own team; the secretary stands at one only when nobody else is left.
    """
    of = {
        k: tuple(i for i, t in enumerate(found.team) if t == k and group.members[i].party)
        for k in range(len(group.teams))
    }
    heads = [k for k in of if len(of[k]) >= branch_members]
    alone = tuple(k for k in of if not of[k]) if heads else tuple(of)
    if not heads and sum(map(len, of.values())) >= branch_members:
        heads = [max(of, key=lambda k: (len(of[k]), -k))]
        alone = tuple(k for k in of if not of[k])
    joined: dict[int, list[int]] = {k: [k] for k in heads}
    for k in of:
        if k not in joined and k not in alone:
            joined[min(heads, key=lambda head: (_apart(group, k, head), head))].append(k)
    branches = tuple(_branch(group, found, teams, of) for teams in joined.values())
    posts = [
        post
        for at, branch in enumerate(branches)
        for k in branch.teams
        for post in _posts(group, at, branch, (k, of[k]), post_members)
    ]
    return Proposal(branches, tuple(posts), alone)


def _apart(group: Group, one: int, other: int) -> float:
    """km between the places of two teams."""
    a, b = group.teams[one], group.teams[other]
    return math.hypot(a.x - b.x, a.y - b.y)


def _branch(
    group: Group, found: Split, teams: Sequence[int], of: dict[int, tuple[int, ...]]
) -> Branch:
    members = tuple(i for k in teams for i in of[k])
    for why, able in (
        (Why.LEADS, [found.leader[k] for k in teams if found.leader[k] in of[k]]),
        (Why.MAY_LEAD, [i for i in members if group.members[i].leads]),
        (Why.MEMBER, list(members)),
    ):
        if able:
            return Branch(tuple(teams), members, able[0], why)
    raise AssertionError("a branch without members")  # pragma: no cover


def _posts(
    group: Group, at: int, branch: Branch, team: tuple[int, tuple[int, ...]], each: int
) -> list[Vanguard]:
    """The posts of one team, its party members shared out in turn, the secretary last."""
    k, members = team
    wanted = group.teams[k]
    names = list(wanted.posts) or [wanted.name]
    free = sorted(members, key=lambda i: i == branch.secretary)
    found = []
    for turn, name in enumerate(names):
        mine = tuple(free[turn * each : (turn + 1) * each])
        found.append(Vanguard(name, k, at, mine, each - len(mine)))
    return found


def told(group: Group, proposal: Proposal) -> list[str]:
    """The proposal in lines, with the reasons."""
    name = [team.name for team in group.teams]
    key = [member.key for member in group.members]
    lines = []
    for at, branch in enumerate(proposal.branches):
        joined = f", joined by {', '.join(name[k] for k in branch.teams[1:])}"
        lines.append(
            f"branch of {name[branch.teams[0]]}{joined if branch.teams[1:] else ''}:"
            f" {len(branch.members)} party members, secretary {key[branch.secretary]}"
            f" ({WORDS[branch.why]})"
        )
        for post in (each for each in proposal.posts if each.branch == at):
            who = ", ".join(key[i] for i in post.members) or "nobody"
            short = f"; {post.missing} more party members needed" if post.missing else ""
            lines.append(f"  vanguard post {post.post}: {who}{short}")
    if proposal.alone:
        names = ", ".join(name[k] for k in proposal.alone)
        lines.append(f"no branch, too few party members: {names}")
    return lines
