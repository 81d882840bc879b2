"""Docs that can lie are tests: the glossary's words, the links, the decisions' numbers."""

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = "\n".join(
    p.read_text("utf-8").lower()
    for p in (ROOT / "src").rglob("*")
    if p.suffix in (".py", ".toml") and "migrations" not in p.parts
)


def test_every_word_of_the_glossary_stands_in_the_code() -> None:
    rows = re.findall(
        r"^\| (\w+) \| (\S+) \| (.+) \|$", (ROOT / "docs/glossary.md").read_text("utf-8"), re.M
    )
    terms = [row for row in rows if row[0] != "English"]
    assert len(terms) >= 35
    assert not [term for term, _, _ in terms if term.lower() not in SOURCES]
    assert [t for t, _, _ in terms] == sorted((t for t, _, _ in terms), key=str.lower)


def test_every_link_between_docs_leads_somewhere() -> None:
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (page, target)
        for page in pages
        for target in re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    ]
    assert links
    assert not [f"{p.name}: {t}" for p, t in links if not (p.parent / t).exists()]


def test_decisions_are_numbered_once() -> None:
    numbers = [p.name[:4] for p in (ROOT / "docs/adr").glob("*.md")]
    assert len(numbers) == len(set(numbers))


def test_every_dependency_has_its_line_in_a_decision() -> None:
    project = (ROOT / "pyproject.toml").read_text("utf-8")
    block = project.split("dependencies = [", 1)[1].split("\n]", 1)[0]
    names = re.findall(r'"([a-zA-Z0-9-]+)', block)
    decisions = "\n".join(p.read_text("utf-8").lower() for p in (ROOT / "docs/adr").glob("*.md"))
    assert not [n for n in names if n.lower() not in decisions]
