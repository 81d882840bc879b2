"""The command line: each command explains itself; exit statuses say what happened. Covers
muster.project.cli.audit, muster.project.cli.check, muster.project.cli.db, muster.project.cli.demo,
muster.project.cli.plan, muster.project.cli.serve, muster.project.cli.user."""

import psycopg
import pytest
from click.testing import CliRunner
from tests.support.city import HERE

from muster.apps.audit.actions import as_system, write_line
from muster.apps.people.models import Account
from muster.apps.people.queries.access import actor_of
from muster.project import database
from muster.project.cli import COMMANDS, main
from muster.project.cli.serve import wait_until_ready


@pytest.fixture
def prepared(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test's own database is the installation's."""
    monkeypatch.setattr(database, "prepare", lambda: 0)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    done = CliRunner().invoke(main, [name, "--help"])
    assert done.exit_code == 0
    assert "Usage: main" in done.output


def test_the_list_of_commands() -> None:
    done = CliRunner().invoke(main, ["--help"])
    assert all(name in done.output for name in COMMANDS)
    assert CliRunner().invoke(main, ["nonsense"]).exit_code == 2


def test_audit_verify_says_what_was_done_to_the_log(
    prepared: None, committed: psycopg.Connection
) -> None:
    with as_system("test"):
        for _ in range(3):
            write_line(action="counted", area=HERE)
    whole = CliRunner().invoke(main, ["audit", "verify"])
    assert whole.exit_code == 0
    seal = whole.output.split()[-1]
    again = CliRunner().invoke(main, ["audit", "verify", "--seal", seal])
    assert "differs" not in again.output
    other = CliRunner().invoke(main, ["audit", "verify", "--seal", "0" * 64])
    assert "differs" in other.output
    committed.execute("UPDATE audit_auditline SET action = 'x' WHERE seq = 2")
    broken = CliRunner().invoke(main, ["audit", "verify"])
    assert broken.exit_code == 1
    assert f"{HERE} #2: changed" in broken.output


def test_the_first_account_of_an_installation(prepared: None, db: None) -> None:
    done = CliRunner().invoke(
        main,
        [
            "user",
            "add",
            "boss",
            "--role",
            "city_hq",
            "--place",
            "1401",
            "--password",
            "long-1-42",
        ],
    )
    assert done.exit_code == 0, done.output
    with as_system("look"):
        account = Account.objects.get(username="boss")
        assert account.check_password("long-1-42")
        assert actor_of(account).places == ((140100000000, 140199999999),)


def test_check_ends_with_1_while_something_is_to_mend(prepared: None, db: None) -> None:
    done = CliRunner().invoke(main, ["check"])
    assert done.exit_code == 1
    assert "MEND places are registered" in done.output


def test_restoring_asks_first(prepared: None, monkeypatch: pytest.MonkeyPatch) -> None:
    restored: list[object] = []
    monkeypatch.setattr(database, "restore", restored.append)
    done = CliRunner().invoke(main, ["db", "restore", __file__], input="n\n")
    assert (done.exit_code, restored) == (1, [])
    assert CliRunner().invoke(main, ["db", "restore", __file__, "--yes"]).exit_code == 0
    assert [str(p) for p in restored] == [__file__]


def test_a_server_that_does_not_answer_is_given_up() -> None:
    with pytest.raises(TimeoutError, match="did not answer"):
        wait_until_ready("http://127.0.0.1:9", seconds=0)
