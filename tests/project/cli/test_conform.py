"""muster.project.cli.conform: the suite from the command line."""

import json
from pathlib import Path
from uuid import uuid4

import msgspec
from click.testing import CliRunner
from tests.conformance.test_running import accepts_everything, server

from muster.conformance import Fixture, load_cases
from muster.project.cli.conform import command


def fixture(folder: Path) -> str:
    made = Fixture(
        {"a": "1", "b": "2", "revoked": "3"}, [uuid4() for _ in range(200)],
        (uuid4(), uuid4()), uuid4(),
    )  # fmt: skip
    path = folder / "fixture.json"
    path.write_bytes(msgspec.json.encode(made))
    return str(path)


def test_the_cases_are_listed_with_their_reasons() -> None:
    told = CliRunner().invoke(command, ["--list"])
    assert told.exit_code == 0
    for case in load_cases():
        assert case.name in told.output
        assert case.why in told.output


def test_a_server_that_says_yes_to_everything_fails(tmp_path: Path) -> None:
    path = fixture(tmp_path)
    with server(accepts_everything) as url:
        told = CliRunner().invoke(command, [url, path])
        as_json = CliRunner().invoke(command, [f"{url}/", path, "--json"])
    assert told.exit_code == as_json.exit_code == 1
    assert "FAIL One person at two tables" in told.output
    assert "ok   A tube of residents" in told.output
    verdicts = json.loads(as_json.output)
    failed = sum(not v["passed"] for v in verdicts)
    assert told.output.splitlines()[-1] == f"{len(verdicts) - failed} passed, {failed} failed"


def test_what_is_missing_is_said(tmp_path: Path) -> None:
    assert "URL and FIXTURE" in CliRunner().invoke(command, []).output
    bad = tmp_path / "bad.json"
    bad.write_text("{}", "utf-8")
    told = CliRunner().invoke(command, ["http://127.0.0.1:9", str(bad)])
    assert told.exit_code == 1
    assert "devices" in told.output
