"""`muster plan`."""

import click


@click.group()
def command() -> None:
    """Plan who stands where."""
