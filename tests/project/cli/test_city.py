"""`muster plan solve`, `check`, `repair`, `explain`, `generate`: muster.project.cli.city."""

import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from tests.planner.city.test_solving import stand_in

from muster.planner.city.files import load_plan, load_problem, save_plan
from muster.planner.city.repair import repair
from muster.project.cli import main


def run(*arguments: str | Path) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["plan", *map(str, arguments)])
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def city(tmp_path: Path) -> Path:
    """A small city in `tmp_path` with a plan beside it."""
    file = tmp_path / "c.npz"
    code, out, _ = run("generate", "--people", "200", "--seed", "3", "-o", file)
    assert (code, "200 people" in out) == (0, True)
    problem = load_problem(file)
    empty = np.full((200, 28), -1, np.int32)
    save_plan(tmp_path / "p.npz", problem, repair(problem, empty, 0).assignment)
    return file


def test_check(city: Path, tmp_path: Path) -> None:
    code, out, _ = run("check", city, tmp_path / "p.npz", "--json")
    found = json.loads(out)
    assert (code, found["legal"], found["cost"] > found["soft"]) == (0, True, True)
    assert {"parts", "short_of_minimum", "peak_memory_mb", "seconds"} <= set(found)
    problem = load_problem(city)
    save_plan(tmp_path / "bad.npz", problem, np.zeros((200, 28), np.int32))
    code, out, _ = run("check", city, tmp_path / "bad.npz")
    assert (code, "BROKEN rest" in out) == (1, True)


def test_solve(city: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    problem = load_problem(city)
    plan = load_plan(tmp_path / "p.npz", problem)
    stand_in(monkeypatch, plan)
    code, out, _ = run("solve", city, "-o", tmp_path / "q.npz", "--seconds", "1", "--json")
    found = json.loads(out)
    assert (code, found["bound"], len(found["incumbents"])) == (0, 50, 1)
    assert (load_plan(tmp_path / "q.npz", problem) == plan).all()
    code, out, _ = run("solve", city, "-o", tmp_path / "q.npz")
    assert (code, "gap" in out) == (0, True)


def test_repair(city: Path, tmp_path: Path) -> None:
    events = tmp_path / "e.json"
    line = {"place": 1, "role": 0, "slots": [10, 13]}
    happened = {"from_slot": 10, "sealed": [1], "unavailable": [3, 4], "lines": [line]}
    events.write_text(json.dumps(happened), "utf-8")
    new, after = tmp_path / "n.npz", tmp_path / "after.npz"
    command = ("repair", city, tmp_path / "p.npz", events, "-o", new)
    code, out, _ = run(*command, "--after", after, "--fewest", "5", "--json")
    found = json.loads(out)
    assert found["fewest"]["least"] <= found["fewest"]["changed"] <= found["changed"]
    assert (code, found["legal"], found["holes"] >= 2) == (0, True, True)
    assert run("check", after, new, "--since", "10")[0] == 0
    code, out, _ = run(*command, "--direct")
    assert (code, "0 other shifts moved" in out) == (0, True)
    code, _, err = run("check", city, new)
    assert (code, "another problem" in err) == (2, True)
    events.write_text('{"from_slot": 40}', "utf-8")
    code, _, err = run(*command)
    assert (code, "slots run from 0 to 27" in err) == (2, True)


def test_explain(city: Path, tmp_path: Path) -> None:
    plan = tmp_path / "p.npz"
    line, slot = np.argwhere(load_problem(city).required)[0].tolist()
    code, out, _ = run("explain", city, plan, "--post", f"{line}:{slot}")
    assert (code, "needed" in out) == (0, True)
    code, out, _ = run("explain", city, plan, "--post", f"{line}:{slot}", "--json")
    assert json.loads(out)["line"] == line
    code, out, _ = run("explain", city, plan, "--person", "0", "--json")
    assert json.loads(out)["person"] == 0
    assert run("explain", city, plan, "--person", "0")[0] == 0
    assert run("explain", city, plan)[0] == 2
    assert run("explain", city, plan, "--post", "3")[0] == 2
    assert run("explain", city, plan, "--post", "9999:0")[0] == 2


def test_a_file_that_cannot_be_taken(tmp_path: Path) -> None:
    bad = tmp_path / "bad.npz"
    bad.write_bytes(b"PK")
    code, _, err = run("check", bad, bad)
    assert (code, "bad.npz" in err) == (2, True)


def test_a_problem_with_rules(tmp_path: Path) -> None:
    """The base plan breaks the rules, and `check` says which; a repair keeps them."""
    plain, ruled, plan = (tmp_path / name for name in ("c.npz", "r.npz", "p.npz"))
    for file, more in ((plain, ()), (ruled, ("--rules",))):
        assert run("generate", "--people", "300", "--seed", "3", *more, "-o", file)[0] == 0
    problem = load_problem(plain)
    empty = np.full((300, 28), -1, np.int32)
    save_plan(plan, problem, repair(problem, empty, 0).assignment)
    assert run("check", plain, plan)[0] == 0
    code, out, _ = run("check", ruled, plan, "--json")
    assert (code, {"presence", "newcomers"} <= set(json.loads(out)["broken"])) == (1, True)
    events = tmp_path / "e.json"
    events.write_text('{"from_slot": 3, "unavailable": [1]}')
    assert run("solve", ruled, "-o", plan, "--seconds", "1")[0] == 0
    assert run("check", ruled, plan)[0] == 0
    new, after = tmp_path / "n.npz", tmp_path / "a.npz"
    assert run("repair", ruled, plan, events, "-o", new, "--after", after)[0] == 0
    assert run("check", after, new, "--since", "3")[0] == 0
