"""`muster intake`: pasted chains and sent spreadsheets, read on the command line.

Nothing is stored. Exit status 2 with a clear message when a file cannot be taken as a whole.
"""

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import click

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
LARGE = 2_000_000  # bytes from which progress is shown


@click.group()
def command() -> None:
    """Read pasted chains and spreadsheets."""


@command.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
@click.option("--clean", is_flag=True, help="The chains again, fit to paste, without phones.")
def chain(file: Path, *, as_json: bool, clean: bool) -> None:
    """Read the chains (接龙) in FILE: text, WeCom JSON or WeChat XML."""
    from muster.intake.chains import clean_chain, read_chains
    from muster.intake.errors import NotReadable
    from muster.intake.listing import list_chains

    try:
        document = read_chains(file.read_bytes(), suffix=file.suffix.lower(), filename=file.name)
    except NotReadable as problem:
        _refuse(problem)
    if as_json:
        click.echo(json.dumps(document.to_json(), ensure_ascii=False))
        return
    lines = [clean_chain(c) for c in document.chains] if clean else list_chains(document)
    click.echo("\n".join(lines))


@command.command()
@click.argument("file", type=FILE)
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
@click.option("--kind", default="roster", show_default=True, help="What the sheet lists.")
@click.option("--map", "mapping", help='Columns as JSON: {"": {"name": ["B"]}}; "" is any sheet.')
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write a cleaner .xlsx.")
@click.option("--limit", default=64.0, show_default=True, help="Largest file taken, in MB.")
def sheet(
    file: Path, *, as_json: bool, kind: str, mapping: str | None, output: Path | None, limit: float
) -> None:
    """Read the rows of FILE: xlsx, xls, ods, csv or tsv."""
    from muster.intake.listing import list_sheet
    from muster.intake.sheets import check_size, read_sheet
    from muster.kernel.errors import Invalid

    try:
        check_size(file.stat().st_size, filename=file.name, limit_mb=limit)
        document = read_sheet(
            file.read_bytes(),
            filename=file.name,
            kind=kind,
            mapping=json.loads(mapping) if mapping else None,
            progress=_progress(file),
            limit_mb=limit,
        )
    except Invalid as problem:
        _refuse(problem)
    if output:
        from muster.intake.sheets.cleaner import write_cleaner

        output.write_bytes(write_cleaner(document))
    if as_json:
        click.echo(json.dumps(document.to_json(), ensure_ascii=False))
    else:
        click.echo("\n".join(list_sheet(document)))


@command.command()
@click.argument("file", type=FILE)
@click.argument("other", type=FILE, required=False)
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
@click.option("--at-least", default=0.5, show_default=True, help="Lowest probability shown.")
def link(file: Path, other: Path | None, *, as_json: bool, at_least: float) -> None:
    """Find the same person twice in FILE, or in FILE and OTHER: sheets of people."""
    from muster.intake.duplicates.sheets import link_sheets
    from muster.intake.sheets import read_sheet
    from muster.kernel.errors import Invalid

    try:
        files = [f for f in (file, other) if f]
        documents = [read_sheet(f.read_bytes(), filename=f.name) for f in files]
    except Invalid as problem:
        _refuse(problem)
    pairs = [p.to_json() for p in link_sheets(*documents) if p.probability >= at_least]
    if as_json:
        click.echo(json.dumps({"pairs": pairs}, ensure_ascii=False))
        return
    for pair in pairs:
        click.echo(
            f"{pair['probability']:.3f} {pair['verdict']:8} {pair['left']} ~ {pair['right']} "
            f"{pair['reasons']}"
        )


def _progress(file: Path) -> Callable[[int, int], None] | None:
    """A counter on stderr for large files at a terminal."""
    if file.stat().st_size < LARGE or not sys.stderr.isatty():
        return None

    def show(done: int, total: int) -> None:
        end = "\n" if done == total else ""
        click.echo(f"\r{done:>9,} / {total:,} 行 rows{end}", err=True, nl=False)

    return show


def _refuse(problem: Exception) -> NoReturn:
    click.echo(str(problem), err=True)
    raise SystemExit(2)
