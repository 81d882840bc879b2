"""Chinese first, and no string left behind: every text that a person may read is in the catalogue,
translated, and nothing stands in a template outside of it."""

import importlib
import inspect
import io
import pkgutil
import re
from collections.abc import Iterator
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from django.utils.translation import template as translation_template

import muster
from muster.kernel.errors import MusterError

SRC = Path(muster.__file__).parent
PO = SRC / "locale" / "zh_Hans" / "LC_MESSAGES" / "django.po"
KEYWORDS = {
    "gettext": None, "gettext_lazy": None, "gettext_noop": None, "_": None,
    "ngettext": (1, 2), "ngettext_lazy": (1, 2), "pgettext": ((1, "c"), 2),
}  # fmt: skip
Message = str | tuple[str, str]


def templates() -> list[Path]:
    return sorted((SRC / "web" / "templates").rglob("*.html"))


def of_python() -> Iterator[Message]:
    for path in sorted(SRC.rglob("*.py")):
        if "migrations" in path.parts:
            continue
        with path.open("rb") as source:
            for _, message, _, _ in extract("python", source, keywords=KEYWORDS):
                yield message


def of_templates() -> Iterator[Message]:
    for path in templates():
        code = translation_template.templatize(path.read_text("utf-8"), origin=str(path))
        with io.BytesIO(code.encode()) as source:
            for _, message, _, _ in extract("python", source, keywords=KEYWORDS):
                yield message


def of_errors() -> Iterator[str]:
    for module in pkgutil.walk_packages(muster.__path__, "muster."):
        if "errors" in module.name or module.name.startswith("muster.web"):
            importlib.import_module(module.name)
    importlib.import_module("muster.protocols.phones")
    importlib.import_module("muster.protocols.identity")
    importlib.import_module("muster.project.distribution")

    def below(kind: type[MusterError]) -> Iterator[type[MusterError]]:
        yield kind
        for child in kind.__subclasses__():
            yield from below(child)

    for kind in below(MusterError):
        if kind.__module__.startswith("muster."):
            yield " ".join(inspect.cleandoc(kind.__doc__ or "").split())


def of_data() -> Iterator[str]:
    """Column headings and field names that are translated where they are used."""
    from muster.web import fields

    yield from fields.LABELS.values()
    for path in sorted((SRC / "web").rglob("*.py")):
        for block in re.findall(r"heads = \(([^)]*)\)|for x in \(([^)]*)\)", path.read_text()):
            yield from re.findall(r'"([^"]+)"', "".join(block))


@cache
def wanted() -> frozenset[Message]:
    every = [*of_python(), *of_templates(), *of_errors(), *of_data()]
    return frozenset(m for m in every if m)


@cache
def catalogue() -> Catalog:
    with PO.open("rb") as source:
        return pofile.read_po(source, locale="zh_Hans")


def first(message: Message) -> str:
    return message if isinstance(message, str) else message[0]


def test_everything_is_translated() -> None:
    missing = []
    for message in wanted():
        known = catalogue().get(message if isinstance(message, str) else first(message))
        text = known.string if known else ""
        if not (text if isinstance(text, str) else all(text)):
            missing.append(first(message))
    assert not missing, f"{len(missing)} without Chinese: {sorted(missing)}"


def test_nothing_in_the_catalogue_is_stale() -> None:
    known = {first(m) for m in wanted()}
    stale = [first(m.id) for m in catalogue() if m.id and first(m.id) not in known]
    assert not stale


def test_the_same_fields_are_filled_in() -> None:
    field = re.compile(r"%\(\w+\)s|\{\w*\}")
    wrong = []
    for message in catalogue():
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        allowed = {f for i in ids for f in field.findall(i)}
        wrong += [t for t in texts if set(field.findall(t)) - allowed]
    assert not wrong


class Texts(HTMLParser):
    """Text nodes and spoken attributes of a template without its tags, outside `translate="no"`."""

    VOID = frozenset({"input", "br", "img", "meta", "link", "hr", "wbr"})
    SPOKEN = frozenset({"aria-label", "placeholder", "title", "alt", "data-confirm"})

    def __init__(self) -> None:
        super().__init__()
        self.stack: list[bool] = []
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        silent = ("translate", "no") in attrs or tag in ("script", "style")
        if not any(self.stack):
            self.found += [v for k, v in attrs if k in self.SPOKEN and v]
        if tag not in self.VOID:
            self.stack.append(silent)

    def handle_endtag(self, tag: str) -> None:
        if self.stack and tag not in self.VOID:
            self.stack.pop()

    def handle_data(self, data: str) -> None:
        if not any(self.stack):
            self.found.append(data)


WORD = re.compile(r"[A-Za-z]{2,}|[一-鿿]")


@pytest.mark.parametrize("path", templates(), ids=lambda p: p.stem)
def test_no_raw_text_in_a_template(path: Path) -> None:
    text = path.read_text("utf-8")
    text = re.sub(r"{%\s*blocktranslate.*?endblocktranslate\s*%}", "", text, flags=re.S)
    text = re.sub(r"{% block (main|body)_class %}.*?{% endblock %}", "", text)
    text = re.sub(r"{%.*?%}|{{.*?}}|{#.*?#}", "", text, flags=re.S)
    parser = Texts()
    parser.feed(text)
    assert not [t.strip() for t in parser.found if WORD.search(t)]
