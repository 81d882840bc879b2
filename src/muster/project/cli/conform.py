"""`muster conform`: hold a server against the sync protocol."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from muster.kernel.errors import MusterError

if TYPE_CHECKING:
    from muster.conformance import Verdict


@click.command()
@click.argument("url", required=False)
@click.argument("fixture", required=False, type=click.Path(exists=True, path_type=Path))
@click.option("--list", "listing", is_flag=True, help="Only print the cases and why they are.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def command(url: str | None, fixture: Path | None, listing: bool, as_json: bool) -> None:
    """Play the conformance cases of the sync protocol against the server at URL.

    FIXTURE (JSON) says which phones may send and about whom; docs/reference/conformance.md tells
    what it holds. The residents in it are recorded: use a round made for this. Exit status 1 if a
    case failed.
    """
    from muster.conformance import load_cases

    if listing:
        for case in load_cases():
            click.echo(f"{case.name}\n    {case.why}")
        return
    if url is None or fixture is None:
        raise click.UsageError("URL and FIXTURE are needed (or --list)")
    verdicts = list(_played(url.rstrip("/"), fixture, quiet=as_json))
    failed = sum(not v.passed for v in verdicts)
    if as_json:
        told = [{"name": v.case.name, "passed": v.passed, "wrong": v.wrong} for v in verdicts]
        click.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        click.echo(f"{len(verdicts) - failed} passed, {failed} failed")
    sys.exit(1 if failed else 0)


def _played(url: str, fixture: Path, *, quiet: bool) -> "Iterator[Verdict]":
    """Each verdict, told as soon as it is known."""
    from muster.conformance import load_cases, load_fixture, run

    try:
        for verdict in run(url, load_fixture(fixture), load_cases()):
            if not quiet:
                click.echo(f"{'ok  ' if verdict.passed else 'FAIL'} {verdict.case.name}")
                for wrong in verdict.wrong:
                    click.echo(f"       {wrong}")
            yield verdict
    except MusterError as error:
        raise click.ClickException(error.template.format_map(error.data)) from error
