"""`muster plan roster`: figures for people and machines, clear refusals."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.planner.stations.crews import instance

from muster.planner.stations.checker import check
from muster.planner.stations.reading import read_instance
from muster.planner.stations.roster import read_roster
from muster.project.cli import main


@pytest.fixture
def station(tmp_path: Path) -> Path:
    path = tmp_path / "station.txt"
    path.write_text(instance(1), "utf-8")
    return path


def test_a_roster_and_its_figures(station: Path) -> None:
    out = station.with_name("out.csv")
    done = CliRunner().invoke(main, ["plan", "roster", str(station), "-o", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    problem = read_instance(station.read_text("utf-8"))
    verdict = check(problem, read_roster(problem, out.read_text("utf-8")))
    assert (verdict.breaches, verdict.cost) == ((), told["cost"])
    assert (told["cost"], told["bound"], told["gap"]) == (607, 607, 0)
    assert told["parts"] == verdict.parts
    assert told["incumbents"][-1]["cost"] == 607
    assert told["peak_memory_mb"] > 0


def test_one_thread_and_words(station: Path) -> None:
    args = ["plan", "roster", str(station), "-o", f"{station}.csv", "--threads", "1"]
    done = CliRunner().invoke(main, args)
    assert "cost 607, bound 607, gap 0.00%" in done.output


def test_bad_input_is_refused_with_its_mend(tmp_path: Path) -> None:
    bad = tmp_path / "bad.txt"
    for content, told in ((b"SECTION_HORIZON\nx\n", "line 2"), (b"\xff\xfe\xff", "UTF-8")):
        bad.write_bytes(content)
        done = CliRunner().invoke(main, ["plan", "roster", str(bad), "-o", str(tmp_path / "o")])
        assert done.exit_code == 2
        assert told in done.output
        assert not (tmp_path / "o").exists()
