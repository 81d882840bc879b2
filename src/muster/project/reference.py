"""The reference pages that are made from the code: `python -m muster.project.reference`.

A test holds the pages in `docs/reference/` to what this makes, so that they cannot lie.
"""

import importlib
import os
import pkgutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from muster.kernel.errors import MusterError

ASIDE = {"migrations", "settings", "wsgi"}
"""Modules that define no errors and do something when they are imported."""
PAGES = Path(__file__).parents[3] / "docs" / "reference"


def access() -> str:
    """Who may do what."""
    from muster.protocols.access import matrix  # noqa: PLC0415 -- pages are made one at a time

    return f"# Who may do what, how far\n\n```\n{matrix()}```\n"


def figures() -> str:
    """Every figure with its definition."""
    from muster.apps.dashboards.queries import FIGURES  # noqa: PLC0415

    lines = [
        "# Figures",
        "",
        "| key | unit | 中文 | English | 口径 | definition |",
        "|---|---|---|---|---|---|",
    ]
    lines += [
        f"| `{f.key}` | {f.unit} | {f.zh} | {f.en} | {f.definition_zh} | {f.definition_en} |"
        for f in FIGURES.values()
    ]
    return "\n".join(lines) + "\n"


def error_classes() -> Iterator["type[MusterError]"]:
    """Every error of ours, with all modules that define one imported."""
    import muster  # noqa: PLC0415
    from muster.kernel.errors import MusterError  # noqa: PLC0415

    for module in pkgutil.walk_packages(muster.__path__, "muster."):
        if not ASIDE & set(module.name.split(".")):
            importlib.import_module(module.name)
    waiting: list[type[MusterError]] = [MusterError]
    while waiting:
        waiting += (found := waiting.pop(0)).__subclasses__()
        yield found


def errors() -> str:
    """Every code with its message."""
    lines = ["# Errors", "", "| code | status | message |", "|---|---|---|"]
    from muster.web.problems import status_of  # noqa: PLC0415

    rows = {
        (c.code, " ".join((c.__doc__ or "").split()).replace("|", "\\|"), status_of(c()))
        for c in error_classes()
    }
    lines += [f"| `{code}` | {status} | {text} |" for code, text, status in sorted(rows)]
    return "\n".join(lines) + "\n"


def settings() -> str:
    """The environment."""
    from muster.project import env  # noqa: PLC0415

    table = (env.__doc__ or "").split("\n\n", 1)[1].rstrip()
    return f"# Settings\n\nAll from the environment, read once.\n\n```\n{table}\n```\n"


def commands() -> str:
    """The command line."""
    import click  # noqa: PLC0415

    from muster.project.cli import COMMANDS, main  # noqa: PLC0415

    parts = ["# Commands\n"]
    for name in ["", *COMMANDS]:
        command = main.get_command(click.Context(main), name) if name else main
        assert command is not None  # noqa: S101 -- every listed command resolves
        context = click.Context(command, info_name=f"muster {name}".strip())
        parts.append(f"```\n{command.get_help(context)}\n```\n")
    return "\n".join(parts)


MADE: dict[str, Callable[[], str]] = {
    "access.md": access,
    "commands.md": commands,
    "errors.md": errors,
    "figures.md": figures,
    "settings.md": settings,
}


def main() -> None:
    """Write every page."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "muster.project.settings.dev")
    import django  # noqa: PLC0415

    django.setup()
    for name, make in MADE.items():
        (PAGES / name).write_text(make(), "utf-8")


if __name__ == "__main__":
    main()
