"""`muster intake` on the command line: muster.project.cli.intake."""

import json
from pathlib import Path

from click.testing import CliRunner
from openpyxl import load_workbook

from muster.project.cli import main


def run(*arguments: str) -> tuple[int, str, str]:
    result = CliRunner().invoke(main, ["intake", *arguments])
    return result.exit_code, result.stdout, result.stderr


def test_chain(tmp_path: Path) -> None:
    file = tmp_path / "a.txt"
    file.write_text("#接龙\n志愿者\n\n1. 王芳 3-2-501 13800130001\n2. 李四 +1", "utf-8")
    code, out, _ = run("chain", str(file), "--json")
    assert (code, json.loads(out)["chains"][0]["entries"][0]["name"]) == (0, "王芳")
    code, out, _ = run("chain", str(file))
    assert code == 0
    assert "13800130001" not in out
    code, out, _ = run("chain", str(file), "--clean")
    assert out.startswith("#接龙")


def test_sheet(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    file.write_text("姓名,手机,房号\n王芳,123,501", "utf-8")
    cleaner = tmp_path / "b.xlsx"
    code, out, _ = run("sheet", str(file), "--json", "-o", str(cleaner))
    assert (code, json.loads(out)["rows"][0]["name"]) == (0, "王芳")
    assert load_workbook(cleaner).worksheets[0].max_row == 2
    code, out, _ = run("sheet", str(file), "--map", '{"": {"name": ["A"]}}')
    assert (code, "待核" in out) == (0, True)


def test_a_refusal_says_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(b"\x89PNG....")
    for command in ("sheet", "chain"):
        code, _, err = run(command, str(file))
        assert (code, "a.xlsx" in err) == (2, True)


def test_link(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = [
        "王静,140101199003074210,13800130001,3-2-501",
        "王婧,140101199003074210,13800130001,3-2-501",
    ]
    file.write_text(
        "\n".join(["姓名,身份证号,手机,房号", *rows, "李四,,13900130002,1-1-101"]), "utf-8"
    )
    code, out, _ = run("link", str(file), "--json")
    (pair,) = json.loads(out)["pairs"]
    assert (code, pair["left"]["row"], pair["right"]["row"]) == (0, 2, 3)
    code, out, _ = run("link", str(file), str(file))
    assert (code, "14010119" in out) == (0, False)
