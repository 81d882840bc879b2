"""A database of its own for every test process: the real PostgreSQL, the real roles.

Tests run as the web role, under row-level security. `owner` is the connection that may do more.
"""

import os
import warnings
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import pytest
from psycopg import sql

if TYPE_CHECKING:
    from tests.support.city import SmallCity

ROOT = Path(__file__).parents[1]
SHARED = Path(os.environ.get("MUSTER_SHARED", ROOT.parent / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """Samples and benchmarks that lie beside the checkout."""
    assert SHARED.is_dir(), f"set MUSTER_SHARED: {SHARED} is not there"
    return SHARED


@pytest.fixture(scope="session")
def django_db_setup(django_db_blocker: pytest.FixtureRequest) -> Iterator[None]:
    """A fresh database, migrated by the owner, opened as the web role."""
    from django.conf import settings
    from django.db import connections as django_connections
    from psycopg.conninfo import make_conninfo

    from muster.project import env as environment
    from muster.project.database import migrate
    from muster.project.postgres import connections, ensure_database, start_embedded
    from tests.support import cluster

    name = f"muster_test_{os.environ.get('PYTEST_XDIST_WORKER', 'main')}"
    env = environment.read()
    start_embedded(env)
    with psycopg.connect(connections(env, database="postgres").owner, autocommit=True) as admin:
        admin.execute(
            sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name))
        )
        if env.database_url:
            admin.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
            env = replace(env, database_url=make_conninfo(env.database_url, dbname=name))
    where = connections(env, database=name)
    ensure_database(env, where)
    for alias in ("default", "owner"):
        settings.DATABASES[alias]["NAME"] = name
        django_connections[alias].settings_dict["NAME"] = name
    with django_db_blocker.unblock(), warnings.catch_warnings():  # type: ignore[attr-defined]
        warnings.simplefilter("ignore")
        migrate(where)
        if cluster.URL:
            cluster.spread(where.owner)
    yield
    for alias in ("default", "owner"):
        django_connections[alias].close()


@pytest.fixture
def owner(django_db_setup: None) -> Iterator[psycopg.Connection]:
    """The migrating owner's own connection, outside the test's transaction."""
    from django.conf import settings
    from psycopg.conninfo import make_conninfo

    options = settings.DATABASES["owner"]
    conninfo = make_conninfo(
        host=options["HOST"], port=options["PORT"], dbname=options["NAME"],
        user=options["USER"] or "postgres", password=options["PASSWORD"],
    )  # fmt: skip
    with psycopg.connect(conninfo, autocommit=True) as connection:
        yield connection


@pytest.fixture
def committed(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, owner: psycopg.Connection
) -> Iterator[psycopg.Connection]:
    """What the test writes is committed, as in life; gone afterwards through the owner, because
    the web role cannot empty a table."""
    from django.db import connections

    from muster.project.protect import muster_models

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        try:
            yield owner
        finally:
            connections.close_all()
            tables = [m._meta.db_table for m in muster_models()]
            tables += ["django_session", "procrastinate_jobs", "web_cache"]
            owner.execute(
                sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(
                    sql.SQL(", ").join(map(sql.Identifier, tables))
                )
            )


@pytest.fixture
def city(db: None) -> "SmallCity":
    """A small city, built through the real actions inside the test's transaction."""
    from tests.support.city import build_city

    return build_city()
