"""`muster plan teams`."""

import json
from pathlib import Path

from click.testing import CliRunner

from muster.project.cli import main


def test_teams_and_why(tmp_path: Path) -> None:
    people = [{"key": f"p{i}", "x": i, "y": 0, "leads": i % 4 == 0} for i in range(8)]
    wanted = [{"name": "A", "x": 0, "y": 0}, {"name": "B", "x": 7, "y": 0, "skills": {"swab": 1}}]
    path = tmp_path / "group.json"
    path.write_text(json.dumps({"people": people, "teams": wanted}), "utf-8")
    done = CliRunner().invoke(main, ["plan", "teams", str(path), "--json"])
    made = json.loads(done.stdout)["teams"]
    assert [team["leader"] for team in made] == ["p0", "p4"]
    assert [m["key"] for m in made[0]["members"]] == ["p0", "p1", "p2", "p3"]
    assert made[1]["lacks"] == {"swab": 1}
    said = CliRunner().invoke(main, ["plan", "teams", str(path)]).stdout
    assert "A: 4 people, led by p0" in said
    assert "p1: 1.0 km" in said
    assert "B lacks 1 with swab" in said
    path.write_text("{", "utf-8")
    refused = CliRunner().invoke(main, ["plan", "teams", str(path)])
    assert (refused.exit_code, "not JSON" in refused.stderr) == (2, True)
