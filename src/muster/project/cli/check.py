"""`muster check`: is this installation ready for tonight?"""

import sys

import click


@click.command()
def command() -> None:
    """Is this installation ready for tonight? Exit status 1 if not."""
    from muster.project import database, readiness

    database.prepare()
    failed = 0
    for finding in readiness.findings():
        failed += not finding.good
        click.echo(f"{'ok  ' if finding.good else 'MEND'} {finding.what}")
    sys.exit(1 if failed else 0)
