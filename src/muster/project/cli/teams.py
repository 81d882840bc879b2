"""`muster plan teams`: a group split into teams with a leader each."""

import json
from pathlib import Path

import click


@click.command()
@click.argument("group", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--seconds", default=10.0, show_default=True, help="Time for the search.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
def teams(group: Path, seconds: float, *, as_json: bool) -> None:
    """Split GROUP (JSON: people, teams, pins) into teams; why each person is where he is."""
    from muster.kernel.errors import Invalid
    from muster.planner.teams.reading import read_group
    from muster.planner.teams.splitting import lacking, reason, split

    try:
        whole = read_group(group.read_text("utf-8"))
        found = split(whole, seconds)
    except Invalid as problem:
        click.echo(str(problem), err=True)
        raise SystemExit(2) from problem
    short = list(lacking(whole, found.team))
    made = [
        {
            "name": wanted.name,
            "leader": whole.members[found.leader[at]].key,
            "members": [
                {"key": member.key, "why": reason(whole, found, i)}
                for i, member in enumerate(whole.members)
                if found.team[i] == at
            ],
            "lacks": {skill: many for name, skill, many in short if name == wanted.name},
        }
        for at, wanted in enumerate(whole.teams)
    ]
    if as_json:
        figures = {"cost": found.cost, "bound": found.bound, "gap": found.gap, "teams": made}
        click.echo(json.dumps(figures, ensure_ascii=False))
        return
    for at, wanted in enumerate(whole.teams):
        mine = [i for i, team in enumerate(found.team) if team == at]
        leader = whole.members[found.leader[at]].key
        click.echo(f"{wanted.name}: {len(mine)} people, led by {leader}")
        for i in mine:
            click.echo(f"  {whole.members[i].key}: {reason(whole, found, i)}")
    for name, skill, many in short:
        click.echo(f"{name} lacks {many} with {skill}; nobody else has it, or he is needed more")
    click.echo(f"gap {found.gap:.2%}")
