"""`muster intake`."""

import click


@click.group()
def command() -> None:
    """Read pasted chains and spreadsheets."""
