"""Backup and restore on a scratch database: the rows are back and the policies still hold."""

from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from psycopg import sql

from muster.project import database
from muster.project import env as environment
from muster.project.postgres import Connections, connections, ensure_database

NAME = "muster_scratch"
HERE, THERE = 140105007001, 140105007002
ROW = (
    "INSERT INTO people_person (id, area, name, pinyin, initials, id_type, id_tail, skills, roles,"
    " unavailable, registered_address, remarks, source, created_at) VALUES (gen_random_uuid(), %s,"
    " %s, '', '', 'none', '', '{}', '{}', '', '', '', '', now())"
)


@pytest.fixture
def scratch(
    django_db_setup: None,
    django_db_blocker: pytest.FixtureRequest,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[Connections]:
    """A migrated database of its own, which `database` takes for the installation's."""
    from django.conf import settings
    from django.db import connections as django_connections

    env = environment.read()
    where = connections(env, database=NAME)
    admin = psycopg.connect(connections(env, database="postgres").owner, autocommit=True)
    drop = sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(NAME))
    admin.execute(drop)
    ensure_database(env, where)
    before = settings.DATABASES["owner"]["NAME"]
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        django_connections["owner"].close()
        django_connections["owner"].settings_dict["NAME"] = NAME
        try:
            database.migrate(where)
            monkeypatch.setattr(database, "connections", lambda _env: where)
            yield where
        finally:
            django_connections["owner"].close()
            django_connections["owner"].settings_dict["NAME"] = before
            admin.execute(drop)
            admin.close()


def seen(where: Connections, places: str) -> list[str]:
    """Names that the web role sees within a reach."""
    with psycopg.connect(where.web) as c:
        c.execute("SELECT set_config('muster.places', %s, true)", [places])
        return [name for (name,) in c.execute("SELECT name FROM people_person ORDER BY name")]


def test_what_was_backed_up_is_back_and_held_by_its_policies(
    scratch: Connections, tmp_path: Path
) -> None:
    with psycopg.connect(scratch.owner) as c:
        for area, name in ((HERE, "甲"), (THERE, "乙")):
            c.execute(ROW, [area, name])
    target = tmp_path / "night.dump"
    assert database.backup(target) == target.stat().st_size
    assert target.stat().st_mode & 0o077 == 0
    with psycopg.connect(scratch.owner) as c:
        c.execute("DELETE FROM people_person")
        c.execute(ROW, [HERE, "后来"])
    with psycopg.connect(scratch.owner) as c:
        c.execute("ALTER TABLE people_person DISABLE ROW LEVEL SECURITY")
    database.restore(target)
    with psycopg.connect(scratch.owner) as c:
        assert c.execute("SELECT count(*) FROM people_person").fetchone() == (2,)
    assert seen(scratch, f"{{[{HERE},{HERE}]}}") == ["甲"]
    assert seen(scratch, "{}") == []
    with psycopg.connect(scratch.web) as c, pytest.raises(psycopg.errors.InsufficientPrivilege):
        c.execute("DELETE FROM audit_auditline")


def test_a_database_that_somebody_named_is_not_emptied(monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    named = replace(environment.read(), database_url="postgresql://elsewhere/city")
    monkeypatch.setattr(environment, "read", lambda: named)
    with pytest.raises(RuntimeError, match="refusing"):
        database.recreate()


def test_a_password_travels_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PGPASSWORD", "")
    text = database._uri("host=db user=owner password=secret dbname=muster")
    assert "secret" not in text
    assert "host='db'" in text
