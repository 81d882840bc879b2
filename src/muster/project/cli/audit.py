"""`muster audit`: verify the chain."""

import sys

import click


@click.group()
def command() -> None:
    """The audit log."""


@command.command()
@click.option(
    "--seal", default="", help="A seal written down earlier; the log may only have grown."
)
def verify(seal: str) -> None:
    """Recompute every line; exit status 1 if any was changed, removed or reordered."""
    from muster.apps.audit.actions import as_system
    from muster.apps.audit.queries import verify as verify_chain
    from muster.project import database

    database.prepare()
    with as_system("audit verify"):
        verdict = verify_chain()
    for fault in verdict.faults:
        click.echo(f"{fault.stream} #{fault.seq}: {fault.what}")
    click.echo(f"{verdict.lines:,} lines in {verdict.streams:,} chains, seal {verdict.seal}")
    if seal and seal != verdict.seal:
        click.echo("the seal differs: lines have been added since, or the log is another one")
    sys.exit(1 if verdict.faults else 0)
