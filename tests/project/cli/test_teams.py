"""`muster plan teams`."""

import json
from pathlib import Path

from click.testing import CliRunner

from muster.project.cli import main


def test_teams_and_why(tmp_path: Path) -> None:
    people = [
        {"key": f"p{i}", "x": i, "y": 0, "leads": i % 4 == 0, "party": i < 3} for i in range(8)
    ]
    wanted = [{"name": "A", "x": 0, "y": 0}, {"name": "B", "x": 7, "y": 0, "skills": {"swab": 1}}]
    path = tmp_path / "group.json"
    path.write_text(json.dumps({"people": people, "teams": wanted}), "utf-8")
    done = CliRunner().invoke(main, ["plan", "teams", str(path), "--json"])
    whole = json.loads(done.stdout)
    made = whole["teams"]
    assert whole["branches"] == [
        {"teams": ["A"], "members": ["p0", "p1", "p2"], "secretary": "p0", "why": "leads_a_team"}
    ]
    assert whole["vanguard_posts"] == [
        {"post": "A", "team": "A", "branch": 0, "members": ["p1"], "missing": 0}
    ]
    assert whole["no_branch"] == ["B"]
    assert [team["leader"] for team in made] == ["p0", "p4"]
    assert [m["key"] for m in made[0]["members"]] == ["p0", "p1", "p2", "p3"]
    assert made[1]["lacks"] == {"swab": 1}
    said = CliRunner().invoke(main, ["plan", "teams", str(path)]).stdout
    assert "A: 4 people, led by p0" in said
    assert "p1: 1.0 km" in said
    assert "B lacks 1 with swab" in said
    assert "branch of A: 3 party members, secretary p0 (leads a team of it)" in said
    pairs = {"together": [["p0", "p1"], ["p1", "p2"]], "apart": [["p0", "p2"]]}
    path.write_text(json.dumps({"people": people, "teams": wanted, **pairs}), "utf-8")
    refused = CliRunner().invoke(main, ["plan", "teams", str(path)])
    assert "p0 and p2 must stay apart, but must stay together: p0 – p1 – p2" in refused.stderr
    path.write_text("{", "utf-8")
    refused = CliRunner().invoke(main, ["plan", "teams", str(path)])
    assert (refused.exit_code, "not JSON" in refused.stderr) == (2, True)
