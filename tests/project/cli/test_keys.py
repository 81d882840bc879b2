"""`muster keys`: list, rotate, disbelieve; what is refused says why."""

import pytest
from click.testing import CliRunner

from muster.apps.audit.actions import as_system
from muster.apps.screening.actions import signing_key
from muster.project import database
from muster.project.cli import main


@pytest.fixture(autouse=True)
def prepared(monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The test's own database is the installation's."""
    monkeypatch.setattr(database, "prepare", lambda: 0)


def run(*words: str) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["keys", *words])
    return done.exit_code, done.output


def test_rotate_and_list_and_disbelieve() -> None:
    with as_system("test"):
        old = signing_key().number
    code, said = run("rotate")
    assert (code, "signs now" in said) == (0, True)
    _, said = run("list")
    assert [line.split()[4] for line in said.splitlines()] == ["signs", "believed"]
    assert run("disbelieve", str(old))[0] == 0
    assert "refused" in run("list")[1]
    code, said = run("disbelieve", "1")
    assert (code, "no retired key" in said) == (1, True)


def test_stolen_and_until() -> None:
    with as_system("test"):
        signing_key()
    assert run("rotate", "--stolen")[0] == 0
    assert "refused" in run("list")[1]
    assert run("rotate", "--stolen", "--until", "2022-06-30")[0] == 2
    code, said = run("rotate", "--until", "2999-01-01")
    assert (code, "180 days" in said) == (1, True)
