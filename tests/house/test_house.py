"""The architecture as tests: file length, mirror tests. The lists of exceptions start empty."""

from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SRC = ROOT / "src" / "muster"

TOO_LONG: set[str] = set()
# Declarations without behaviour of their own: shown through actions, queries and pages.
DECLARATIONS = {"__init__.py", "apps.py", "models.py", "errors.py", "urls.py"}
WRITTEN = {".py", ".ts", ".vue", ".css", ".mjs"}
OTHERS = {"migrations", "node_modules", "dist", "static"}
NO_MIRROR = {"migrations", "settings", "models"}


def modules() -> list[Path]:
    return sorted(p for p in SRC.rglob("*.py") if "migrations" not in p.parts)


@pytest.mark.parametrize(
    ("folder", "limit"), [("src", 400), ("tests", 500), ("bench", 400), ("client", 400)]
)
def test_files_stay_small(folder: str, limit: int) -> None:
    long = {
        str(p.relative_to(ROOT)): n
        for p in (ROOT / folder).rglob("*")
        if p.suffix in WRITTEN
        and not OTHERS & set(p.parts)
        and (n := len(p.read_text("utf-8").splitlines())) > limit
        and str(p.relative_to(ROOT)) not in TOO_LONG
    }
    assert not long, f"split by noun: {long}"


def test_no_module_is_named_after_nothing() -> None:
    refused = {"utils", "helpers", "manager", "common", "misc"}
    assert not [p for p in modules() if p.stem in refused]


def test_every_module_has_its_mirror_test() -> None:
    """`src/muster/a/b.py` is tested by `tests/a/test_b.py`, or by a folder `tests/a/b/`, or, for a
    package of small siblings, by one `tests/a/test_*.py` that names the module."""
    missing = []
    for path in modules():
        relative = path.relative_to(SRC).with_suffix("")
        if path.name in DECLARATIONS or NO_MIRROR & set(relative.parts):
            continue
        folder = ROOT / "tests" / relative.parent
        if (folder / f"test_{path.stem}.py").exists() or (folder / path.stem).is_dir():
            continue
        dotted = "muster." + ".".join(relative.parts)
        near = [*folder.glob("test_*.py"), *folder.parent.glob("test_*.py")]
        wanted = (dotted, f"{dotted.rpartition('.')[0]} import {path.stem}")
        if any(any(w in t.read_text("utf-8") for w in wanted) for t in near):
            continue
        missing.append(str(relative))
    assert not missing, f"no test found for {missing}"
