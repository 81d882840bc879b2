"""`muster user`: accounts and grants from the command line; the first one of an installation."""

import click


@click.group()
def command() -> None:
    """Accounts and grants."""


@command.command()
@click.argument("username")
@click.option("--role", required=True, help="platform_admin, city_hq, community_secretary, …")
@click.option("--place", type=int, required=True, help="Division code, 2 to 12 digits.")
@click.option("--name", default="", help="Display name.")
@click.password_option()
def add(username: str, role: str, place: int, name: str, password: str) -> None:
    """Make an account that holds ROLE over PLACE and everything below it."""
    from muster.project import database

    database.prepare()
    from muster.apps.audit.actions import as_system
    from muster.apps.people.actions import create_account, grant_role
    from muster.protocols.access import place_range

    low, high = place_range(place, len(str(place)))
    with as_system("command line"):
        account = create_account(
            username=username, display_name=name or username, area=low, password=password
        )
        grant_role(account=account.id, role=role, places=(low, high))
    click.echo(f"{username}: {role} over {low}-{high}")
