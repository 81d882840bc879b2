"""The environment, read once into values; where the database is (`muster.project.postgres`)."""

import base64
from collections.abc import Callable
from pathlib import Path

import pytest
from psycopg.conninfo import conninfo_to_dict

from muster.project import env as environment
from muster.project.env import Env
from muster.project.postgres import (
    WEB_ROLE,
    connections,
    django_database,
    embedded_conninfo,
    web_password,
)

Read = Callable[..., Env]


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Read:
    def given(**variables: str) -> Env:
        for name in ("DATABASE_URL", "MUSTER_WEB_DATABASE_URL", "MUSTER_SECRET", "MUSTER_KEYS",
                     "MUSTER_HOSTS", "MUSTER_DEMO", "MUSTER_CHANNELS", "MUSTER_HTTPS"):  # fmt: skip
            monkeypatch.delenv(name, raising=False)
        for name, value in {"MUSTER_DATA": str(tmp_path), **variables}.items():
            monkeypatch.setenv(name, value)
        return environment.read.__wrapped__()

    return given


def test_secrets_are_made_once_and_for_the_owner_only(read: Read, tmp_path: Path) -> None:
    first, second = read(), read()
    assert first.secret == second.secret
    assert first.keys == second.keys
    assert [len(k) for k in first.keys] == [32]
    for name in ("secret", "keys"):
        assert (tmp_path / name).stat().st_mode & 0o077 == 0


def test_what_is_given_counts(read: Read) -> None:
    key = base64.b64encode(bytes(32)).decode()
    env = read(
        MUSTER_SECRET="s", MUSTER_KEYS=f"{key},{key}", MUSTER_HOSTS="a,b", MUSTER_DEMO="1",
        MUSTER_CHANNELS='{"sms": "json://x"}', MUSTER_HTTPS="1",
    )  # fmt: skip
    assert (env.secret, env.keys, env.hosts) == ("s", (bytes(32), bytes(32)), ("a", "b"))
    assert (env.demo, env.https, env.channels) == (True, True, {"sms": "json://x"})
    assert not read().demo


def test_two_roles_of_one_database(read: Read) -> None:
    embedded = connections(read())
    assert conninfo_to_dict(embedded.web)["user"] == WEB_ROLE
    assert conninfo_to_dict(embedded.owner)["user"] == "postgres"
    env = read(DATABASE_URL="postgresql://o:p@db:5433/city", MUSTER_SECRET="s")
    named = connections(env)
    web = conninfo_to_dict(named.web)
    assert (web["user"], web["password"], web["dbname"]) == (WEB_ROLE, web_password(env), "city")
    own = read(DATABASE_URL="postgresql://db/city", MUSTER_WEB_DATABASE_URL="postgresql://w@db/c")
    assert conninfo_to_dict(connections(own).web)["user"] == "w"
    options = django_database(named.owner, pool={})
    assert (options["HOST"], options["PORT"], options["NAME"]) == ("db", "5433", "city")
    assert options["OPTIONS"] == {"pool": {}}


def test_a_path_too_long_for_a_socket_is_said(read: Read) -> None:
    with pytest.raises(ValueError, match="too long"):
        embedded_conninfo(read(MUSTER_DATA="/tmp/" + "x" * 120, MUSTER_SECRET="s", MUSTER_KEYS=""
                               + base64.b64encode(bytes(32)).decode()))  # fmt: skip
