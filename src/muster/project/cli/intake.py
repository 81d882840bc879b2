"""`muster intake`: pasted chains and sent spreadsheets, read on the command line."""

import json
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Read pasted chains and spreadsheets."""


@command.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
@click.option("--clean", is_flag=True, help="The chains again, fit to paste, without phones.")
def chain(file: Path, *, as_json: bool, clean: bool) -> None:
    """Read the chains (接龙) in FILE: text, WeCom JSON or WeChat XML."""
    from muster.intake.chains import clean_chain, read_chains

    document = read_chains(file.read_bytes(), suffix=file.suffix.lower(), filename=file.name)
    if as_json:
        click.echo(json.dumps(document.to_json(), ensure_ascii=False))
    elif clean:
        click.echo("\n".join(clean_chain(c) for c in document.chains))
    else:
        from muster.intake.listing import list_chains

        list_chains(document)
