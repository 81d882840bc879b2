"""The server that the suite is held against: the one that the environment names, else our own."""

import os
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from django.test.testcases import LiveServerThread, _StaticFilesHandler

from muster.conformance import Fixture, load_fixture
from tests.conformance.server import make_fixture


@pytest.fixture(scope="module")
def target(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest
) -> Iterator[tuple[str, Fixture]]:
    """Address and fixture. `MUSTER_CONFORMANCE_URL` and `MUSTER_CONFORMANCE_FIXTURE` name another
    server's."""
    url = os.environ.get("MUSTER_CONFORMANCE_URL")
    if url:
        yield url, load_fixture(Path(os.environ["MUSTER_CONFORMANCE_FIXTURE"]))
        return
    from django.db import connections

    from muster.project.protect import muster_models

    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        fixture = make_fixture()
        thread = LiveServerThread("127.0.0.1", _StaticFilesHandler)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        try:
            yield f"http://127.0.0.1:{thread.port}", fixture
        finally:
            thread.terminate()
            connections.close_all()
            empty([m._meta.db_table for m in muster_models()])


def empty(tables: list[str]) -> None:
    """Through the owner: the web role cannot empty a table."""
    from django.conf import settings
    from psycopg import sql
    from psycopg.conninfo import make_conninfo

    options = settings.DATABASES["owner"]
    where = make_conninfo(
        host=options["HOST"], port=options["PORT"], dbname=options["NAME"],
        user=options["USER"] or "postgres", password=options["PASSWORD"],
    )  # fmt: skip
    with psycopg.connect(where, autocommit=True) as owner:
        names = sql.SQL(", ").join(map(sql.Identifier, tables))
        owner.execute(sql.SQL("TRUNCATE {} RESTART IDENTITY CASCADE").format(names))
