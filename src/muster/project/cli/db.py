"""`muster db`: prepare, backup, restore, where."""

from pathlib import Path

import click


@click.group()
def command() -> None:
    """The database: prepare, backup, restore."""


@command.command()
def prepare() -> None:
    """Start it if it is embedded, migrate, install row-level security."""
    from muster.project import database

    click.echo(f"{database.prepare()} tables under row-level security")


@command.command()
@click.argument("target", type=click.Path(path_type=Path, dir_okay=False))
def backup(target: Path) -> None:
    """Write everything into TARGET."""
    from muster.project import database

    database.prepare()
    click.echo(f"{target}: {database.backup(target):,} bytes")


@command.command()
@click.argument("source", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.confirmation_option(prompt="This replaces everything in the database. Go on?")
def restore(source: Path) -> None:
    """Replace everything by what SOURCE holds."""
    from muster.project import database

    database.prepare()
    database.restore(source)
    click.echo("restored")


@command.command()
@click.option("--dry-run", is_flag=True, help="Only say what stands in the way.")
def distribute(dry_run: bool) -> None:
    """Spread the log over the Citus cluster that DATABASE_URL names. Stop the servers before."""
    import psycopg

    from muster.kernel.errors import MusterError
    from muster.project import database, distribution, env
    from muster.project.postgres import connections

    database.prepare()
    try:
        with psycopg.connect(connections(env.read()).owner, autocommit=True) as owner:
            if dry_run:
                for each in distribution.obstacles(owner) or ["nothing stands in the way"]:
                    click.echo(each)
                return
            tables = distribution.distribute(owner)
    except MusterError as error:
        raise click.ClickException(error.message) from error
    click.echo(f"by {distribution.COLUMN}: {', '.join(tables)}")
