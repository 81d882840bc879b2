"""`muster keys`: the keys that sign residents' codes; a new one, and until when old ones count."""

from datetime import datetime

import click


@click.group()
def command() -> None:
    """The keys that sign residents' codes."""


@command.command("list")
def list_() -> None:
    """Every key: its number, since when it has signed, until when it is believed."""
    from muster.apps.audit.actions import as_system
    from muster.apps.screening.queries.keys import keys
    from muster.project import database

    database.prepare()
    with as_system("command line"):
        for each in keys():
            click.echo(each.line)


@command.command()
@click.option(
    "--until",
    type=click.DateTime(["%Y-%m-%d"]),
    help="The old key is believed up to this day (local; default: 180 days, as paper lasts).",
)
@click.option("--stolen", is_flag=True, help="The old key is believed no longer, from now on.")
def rotate(until: datetime | None, stolen: bool) -> None:
    """Sign with a new key. Phones hear of it with their next list."""
    from muster.apps.audit.actions import as_system
    from muster.apps.screening.actions import rotate_key
    from muster.apps.screening.actions.codes import PAPER
    from muster.kernel import clock
    from muster.kernel.errors import Invalid
    from muster.project import database

    if stolen and until:
        raise click.UsageError("--until and --stolen contradict each other")
    database.prepare()
    last = clock.now() if stolen else clock.now() + PAPER
    try:
        with as_system("command line"):
            made = rotate_key(believed_until=until.replace(tzinfo=clock.LOCAL) if until else last)
    except Invalid as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"key {made.number} signs now")


@command.command()
@click.argument("number", type=int)
def disbelieve(number: int) -> None:
    """Codes of the retired key NUMBER are refused from now on."""
    from muster.apps.audit.actions import as_system
    from muster.apps.screening.actions import disbelieve_key
    from muster.kernel.errors import Conflict
    from muster.project import database

    database.prepare()
    try:
        with as_system("command line"):
            disbelieve_key(number=number)
    except Conflict as problem:
        raise click.ClickException(str(problem)) from problem
    click.echo(f"key {number} is not believed any more")
