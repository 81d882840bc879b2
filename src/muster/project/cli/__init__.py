"""The `muster` command. Each subcommand is a module here; it is imported only when it is called,
so that `muster --help` and the pure commands start at once."""

import importlib

import click

COMMANDS = {
    "serve": "Serve the desk, the phone pages and the API.",
    "demo": "Build a demo city, live the first night, serve it.",
    "db": "The database: start, migrate, backup, restore.",
    "intake": "Read pasted chains and spreadsheets.",
    "plan": "Plan who stands where.",
    "round": "Plan a testing round and rehearse it.",
    "user": "Accounts and grants.",
    "keys": "The keys that sign residents' codes.",
    "audit": "Verify the audit chain.",
    "conform": "Hold a server against the sync protocol.",
    "check": "Is this installation ready for tonight?",
}


class LazyGroup(click.Group):
    """Lists its commands without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"{__name__}.{cmd_name}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.command(cls=LazyGroup)
@click.version_option(package_name="muster")
def main() -> None:
    """Muster 集结: turn a city's offices, party branches and neighbours into a front line by
    morning, and run it until the last compound reopens."""
