"""`muster plan roster`: the roster of a station from the benchmark's text format."""

import json
import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import click

if TYPE_CHECKING:
    from muster.planner.stations.solving import Search, Solution

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command()
@click.argument("instance", type=FILE)
@click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), required=True,
              help="Where the roster goes: a grid of comma-separated values.")  # fmt: skip
@click.option("--seconds", default=60.0, show_default=True, help="Time for the search.")
@click.option("--threads", default=2, show_default=True, type=click.IntRange(1, 64))
@click.option("--json", "as_json", is_flag=True, help="One JSON document for machines.")
def roster(instance: Path, output: Path, seconds: float, threads: int, *, as_json: bool) -> None:
    """Roster the crew of a station from INSTANCE; Ctrl-C keeps the best roster so far."""
    from muster.kernel.errors import MusterError
    from muster.planner.stations.reading import read_instance
    from muster.planner.stations.roster import write_roster
    from muster.planner.stations.solving import Search

    try:
        problem = read_instance(_text(instance))
        search = Search(problem, seconds, threads)
        with _progress(search):
            solution = search.run()
    except MusterError as error:
        _refuse(str(error))
    output.write_text(write_roster(problem, solution.roster), "utf-8")
    told = figures(solution)
    click.echo(json.dumps(told) if as_json else "\n".join(_lines(told)))


def figures(solution: "Solution") -> dict[str, Any]:
    """What `--json` prints: costs whole, gap a share, seconds to two places, memory in MB."""
    return {
        "cost": solution.cost,
        "bound": solution.bound,
        "gap": round(solution.gap, 6),
        "parts": solution.verdict.parts,
        "seconds": round(solution.seconds, 2),
        "incumbents": [
            {"cost": each.cost, "bound": each.bound, "seconds": round(each.seconds, 2)}
            for each in solution.incumbents
        ],
        "peak_memory_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024,
    }


def _lines(told: dict[str, Any]) -> Iterator[str]:
    yield f"cost {told['cost']}, bound {told['bound']}, gap {told['gap']:.2%}"
    yield ", ".join(f"{part.replace('_', ' ')} {cost}" for part, cost in told["parts"].items())
    yield f"{told['seconds']} s, {told['peak_memory_mb']} MB"


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8-sig")
    except UnicodeDecodeError:
        _refuse(f"{file.name} is not text in UTF-8; save it again as UTF-8")


@contextmanager
def _progress(search: "Search") -> Iterator[None]:
    """Cost, bound, gap and time while it searches, if somebody looks at a terminal."""
    if not sys.stderr.isatty():
        yield
        return
    import time

    from rich.console import Console
    from rich.live import Live

    started = time.monotonic()

    def line() -> str:
        spent = f"{time.monotonic() - started:.0f} of {search.seconds:.0f} s"
        if not search.incumbents:
            return f"no roster yet · {spent}"
        now = search.incumbents[-1]
        return f"cost {now.cost} · bound {now.bound} · gap {now.gap:.2%} · {spent}"

    with Live(get_renderable=line, console=Console(stderr=True), transient=True):
        yield


def _refuse(reason: str) -> NoReturn:
    click.echo(reason, err=True)
    sys.exit(2)
