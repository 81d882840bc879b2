"""`muster round`: from an area to a plan to a rehearsal."""

import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner
from tests.rounds.areas import area

from muster.project.cli.round import command
from muster.rounds.files import read_plan


@pytest.fixture
def planned(tmp_path: Path) -> Path:
    source, made = tmp_path / "area.json", tmp_path / "plan.json"
    source.write_bytes(msgspec.json.encode(area(6, tables=4, staff={"any": 7})))
    done = CliRunner().invoke(command, ["plan", str(source), "-o", str(made)])
    assert done.exit_code == 0, done.output
    assert done.output.splitlines()[0].startswith("short 9 sampler")  # one at doors
    assert "4 tables" in done.output
    return made


def test_the_plan_is_written(planned: Path) -> None:
    assert read_plan(planned.read_bytes()).tables == 4


def test_a_rehearsal_as_json(planned: Path) -> None:
    asked = ["simulate", str(planned), "--json", "--runs", "3", "--seed", "5", "--recorders", "+2",
             "--no-show", "0.2", "--rain", "20", "--fail", "2@19:40"]  # fmt: skip
    done = CliRunner().invoke(command, asked)
    assert done.exit_code == 0, done.output
    found = json.loads(done.output)
    keys = [each["key"] for each in found["scenarios"]]
    assert keys == ["plan", "without_neighbours", "more_recorders"]
    first = found["scenarios"][0]["rehearsed"]
    assert (first["runs"], first["seed"], len(first["tables"])) == (3, 5, 4)
    assert first["finish"]["low"] <= first["finish"]["median"] <= first["finish"]["high"]


def test_a_rehearsal_for_people(planned: Path) -> None:
    done = CliRunner().invoke(command, ["simulate", str(planned), "--runs", "2"])
    assert done.exit_code == 0, done.output
    assert "without" in done.output
    assert "2 runs" in done.output


def test_no_table_can_open(planned: Path) -> None:
    plan = read_plan(planned.read_bytes())
    from muster.rounds.plan import Hands

    alone = msgspec.structs.replace(plan, hands=Hands({"recorder": 1}, {}))
    planned.write_bytes(msgspec.json.encode(alone))
    done = CliRunner().invoke(command, ["simulate", str(planned), "--runs", "1"])
    assert done.exit_code == 0, done.output
    assert "no table" in done.output


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (["--fail", "9@20"], "there is no table 9; tables are 1 to 4"),
        (["--fail", "nine"], "TABLE@HH"),
        (["--fail", "2@x"], "no time of day"),
        (["--rain", "25"], "no time of day"),
        (["--no-show", "2"], "range"),
    ],
)
def test_what_cannot_be_taken_is_said(planned: Path, more: list[str], reason: str) -> None:
    done = CliRunner().invoke(command, ["simulate", str(planned), "--runs", "1", *more])
    assert done.exit_code == 2
    assert reason in done.output


def test_a_broken_area_is_named(tmp_path: Path) -> None:
    (tmp_path / "area.json").write_text('{"name": 1}')
    done = CliRunner().invoke(command, ["plan", str(tmp_path / "area.json"), "-o", "x.json"])
    assert done.exit_code == 2
    assert "name: Expected `str`" in done.output
