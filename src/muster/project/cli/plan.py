"""`muster plan`: propose who stands where from the command line; publish it."""

from datetime import timedelta
from uuid import UUID

import click

from muster.project.cli import city
from muster.project.cli.stations import roster
from muster.project.cli.teams import teams


@click.group()
def command() -> None:
    """Plan who stands where."""


for _each in city.COMMANDS:
    command.add_command(_each)


@command.command()
@click.argument("area", type=int)
@click.option("--hours", default=24, show_default=True, help="How far ahead.")
@click.option("--seconds", default=20.0, show_default=True, help="Time for the planner.")
def propose(area: int, hours: int, seconds: float) -> None:
    """Propose a plan for the open shifts of the community AREA (12 digits); gaps first."""
    from muster.project import database

    database.prepare()
    from muster.apps.audit.actions import as_system
    from muster.apps.rosters.actions import propose_plan
    from muster.apps.rosters.queries.rosters import gaps_of
    from muster.kernel import clock

    now = clock.now()
    with as_system("command line"):
        done = propose_plan(
            area=area, title=clock.local(now, "%m-%d %H:%M"), starts_at=now,
            ends_at=now + timedelta(hours=hours), seconds=seconds,
        )  # fmt: skip
        for gap in gaps_of(done.plan.id):
            post = gap.shift.post
            when = clock.local(gap.shift.starts_at, "%m-%d %H:%M")
            click.echo(f"short {gap.missing}: {post.name} {post.role} {when} ({gap.reason})")
    click.echo(f"{done.placed} of {done.wanted} seats filled, {done.short} short")
    click.echo(f"publish it: muster plan publish {done.plan.id}")


@command.command()
@click.argument("plan", type=click.UUID)
@click.option("--incomplete", is_flag=True, help="Even if joint posts lack a body.")
def publish(plan: UUID, incomplete: bool) -> None:
    """Publish PLAN: it becomes the roster, and everybody on it is told. Joint posts that lack a
    body are listed first."""
    from muster.project import database

    database.prepare()
    from muster.apps.audit.actions import as_system
    from muster.apps.rosters.actions import publish_plan
    from muster.apps.rosters.queries.joint import incomplete_posts, seal_of
    from muster.apps.rosters.queries.rosters import plan_of
    from muster.kernel import clock

    with as_system("command line"):
        found = plan_of(plan)
        lacking = incomplete_posts(found, found.area)
        for each in lacking:
            when = clock.local(each.shift.starts_at, "%m-%d %H:%M")
            click.echo(f"lacks {', '.join(each.bodies)}: {each.shift.post.name} {when}")
        done = publish_plan(plan=plan, incomplete=seal_of(lacking) if incomplete else "")
    click.echo(f"published: {done.title}")


command.add_command(roster)
command.add_command(teams)
