"""`muster plan teams`: a group split into teams with a leader each."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from muster.planner.teams.group import Group
    from muster.planner.teams.proposing import Proposal
    from muster.planner.teams.splitting import Split


@click.command()
@click.argument("group", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seconds", default=10.0, show_default=True, help="Time for the search.")
@click.option("--policy", default="2022-04", show_default=True, help="Whose numbers hold.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def teams(group: Path, seconds: float, policy: str, *, as_json: bool) -> None:
    """Split GROUP (JSON: people, teams, pins, pairs) into teams; why each is where he is; branches
    and vanguard posts from it."""
    from muster.kernel.errors import Invalid
    from muster.planner.teams.proposing import told
    from muster.planner.teams.reading import read_group
    from muster.planner.teams.reasons import reasons
    from muster.planner.teams.reasons import told as why
    from muster.planner.teams.splitting import lacking, split

    try:
        whole = read_group(group.read_text("utf-8"))
        found = split(whole, seconds)
    except Invalid as problem:
        click.echo(str(problem), err=True)
        raise SystemExit(2) from problem
    short = list(lacking(whole, found.team))
    whys = reasons(whole, found)
    made: list[dict[str, Any]] = [
        {
            "name": wanted.name,
            "leader": whole.members[found.leader[at]].key,
            "members": [
                {"key": member.key, "why": "; ".join(map(why, whys[i]))}
                for i, member in enumerate(whole.members)
                if found.team[i] == at
            ],
            "lacks": {skill: many for name, skill, many in short if name == wanted.name},
        }
        for at, wanted in enumerate(whole.teams)
    ]
    proposal = _proposal(whole, found, policy)
    if as_json:
        figures = {"cost": found.cost, "bound": found.bound, "gap": found.gap, "teams": made}
        click.echo(json.dumps(figures | _written(whole, proposal), ensure_ascii=False))
        return
    for team in made:
        click.echo(f"{team['name']}: {len(team['members'])} people, led by {team['leader']}")
        for member in team["members"]:
            click.echo(f"  {member['key']}: {member['why']}")
    for name, skill, many in short:
        click.echo(f"{name} lacks {many} with {skill}; nobody else has it, or he is needed more")
    for line in told(whole, proposal):
        click.echo(line)
    click.echo(f"gap {found.gap:.2%}: no split whatever is cheaper by a larger share than this")


def _proposal(whole: "Group", found: "Split", policy: str) -> "Proposal":
    from muster import policies
    from muster.planner.teams.proposing import propose

    rules = policies.load(policy).teams
    return propose(
        whole, found, branch_members=rules.branch_members, post_members=rules.post_members
    )


def _written(whole: "Group", proposal: "Proposal") -> dict[str, Any]:
    """The proposal with names and keys in place of positions."""
    key, name = [m.key for m in whole.members], [t.name for t in whole.teams]
    return {
        "branches": [
            {
                "teams": [name[k] for k in branch.teams],
                "members": [key[i] for i in branch.members],
                "secretary": key[branch.secretary],
                "why": branch.why.value,
            }
            for branch in proposal.branches
        ],
        "vanguard_posts": [
            {
                "post": post.post,
                "team": name[post.team],
                "branch": post.branch,
                "members": [key[i] for i in post.members],
                "missing": post.missing,
            }
            for post in proposal.posts
        ],
        "no_branch": [name[k] for k in proposal.alone],
    }
