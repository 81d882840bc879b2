"""`muster round plan` and `muster round simulate`: a testing round as files.

Nothing is stored but the file that `-o` names. Exit status 2 with a clear message when a file or an
option cannot be taken.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from muster.rounds.plan import RoundPlan
    from muster.rounds.rehearsing import Scenario

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MADE = click.Path(dir_okay=False, writable=True, path_type=Path)
NOTES = {
    "too_long": "the calls take {hours} h; {tables} tables would do",
    "no_coordinates": "{community}: coordinates are missing, buildings are taken in their order",
    "site_added": "{community}: {sites} sites, so that each has room",
    "site_crowded": "{community}: a site serves {people} people, more than the norm",
}


class At(click.ParamType[time]):
    """HH or HH:MM."""

    name = "HH"

    def convert(self, value: Any, param: Any, ctx: Any) -> time:
        hour, _, minute = str(value).partition(":")
        try:
            return time(int(hour), int(minute or 0))
        except ValueError:
            self.fail(f"{value!r} is no time of day; write HH or HH:MM", param, ctx)


class TableAt(click.ParamType[tuple[int, time]]):
    """TABLE@HH."""

    name = "TABLE@HH"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, time]:
        table, at, when = str(value).partition("@")
        if not (at and table.isdigit()):
            self.fail(f"{value!r} is not TABLE@HH, such as 5@20 or 5@20:30", param, ctx)
        return int(table), At().convert(when, param, ctx)


@contextmanager
def _refusing() -> Iterator[None]:
    from muster.kernel.errors import Invalid

    try:
        yield
    except Invalid as problem:
        click.echo(str(problem), err=True)
        raise SystemExit(2) from problem


@click.group()
def command() -> None:
    """Plan a testing round and rehearse it."""


@command.command()
@click.argument("area", type=FILE)
@click.option("-o", "--output", type=MADE, required=True, help="Where the plan goes (JSON).")
def plan(area: Path, output: Path) -> None:
    """Plan the round of AREA (JSON); the shortage first."""
    from muster.rounds.files import read_area, write_plan
    from muster.rounds.planning import plan_round

    with _refusing():
        made = plan_round(read_area(area.read_bytes()))
    output.write_text(write_plan(made) + "\n", "utf-8")
    click.echo("\n".join(_of_plan(made)))


def _of_plan(made: "RoundPlan") -> list[str]:
    lines = [
        f"short {post.short} {post.role}"
        + (f", {post.short_of_minimum} of them needed to open" if post.short_of_minimum else "")
        for post in made.shortage
    ]
    lines += [NOTES[note.code].format(**note.values) for note in made.notes]
    lines.append(
        f"{made.residents:,} residents, {len(made.sites)} sites, {made.tables} tables, "
        f"{made.home_teams} home teams for {sum(h.people for h in made.home)} people"
    )
    supplies = made.supplies
    lines.append(f"{supplies.tubes:,} tubes, {supplies.swabs:,} swabs, {supplies.suits} suits")
    lines += [
        f"site {site.name}: {len(site.tables)} tables from number {site.tables[0].number}, "
        f"{site.people:,} people, opens {_clock(made, site.opens)}"
        for site in made.sites
    ]
    last = made.last_call
    lines.append(f"{len(made.calls)} calls, from {_clock(made, 0)} to {_clock(made, last)}")
    return lines


def _clock(made: "RoundPlan", minutes: float) -> str:
    return (made.starts_at + timedelta(minutes=minutes)).strftime("%H:%M")


def _minutes(starts: datetime, at: time) -> float:
    """Minutes from the start of a round to the next `at`."""
    then = starts.replace(hour=at.hour, minute=at.minute, second=0, microsecond=0)
    if then < starts:
        then += timedelta(days=1)
    return (then - starts).total_seconds() / 60


@command.command()
@click.argument("plan", type=FILE)
@click.option("--runs", type=click.IntRange(1), default=200, show_default=True, help="How often.")
@click.option("--seed", default=0, show_default=True, help="Another seed, another chance.")
@click.option("--recorders", default=0, help="So many recorders more (+2) or fewer (-2).")
@click.option("--no-show", type=click.FloatRange(0, 0.95), help="The share that does not come.")
@click.option("--rain", type=At(), help="It rains for an hour from HH on.")
@click.option("--fail", type=TableAt(), multiple=True, help="This table fails at HH.")
@click.option("--json", "as_json", is_flag=True, help="One JSON document.")
def simulate(
    plan: Path, *, runs: int, seed: int, recorders: int, no_show: float | None, rain: time | None,
    fail: tuple[tuple[int, time], ...], as_json: bool,
) -> None:  # fmt: skip
    """Rehearse PLAN: when it ends, who waits, where it chokes, what would help."""
    from muster.rounds.files import read_plan
    from muster.rounds.rehearsing import Changes, as_staffed, what_if
    from muster.simulate.round import Trouble

    with _refusing():
        made = read_plan(plan.read_bytes())
        wet = _minutes(made.starts_at, rain) if rain else None
        trouble = Trouble(
            fails=tuple((table, _minutes(made.starts_at, at)) for table, at in fail),
            rain=None if wet is None else (wet, wet + 60),
        )
        changes = Changes(as_staffed(made), recorders, no_show, trouble)
        found = what_if(made, changes, runs=runs, seed=seed)
    if as_json:
        document = {"plan": made.name, "scenarios": [each.to_json() for each in found]}
        click.echo(json.dumps(document, ensure_ascii=False))
    else:
        _show(made, found)


def _show(made: "RoundPlan", found: list["Scenario"]) -> None:
    from rich.console import Console
    from rich.table import Table

    console = Console()
    table = Table(title=made.name, title_justify="left")
    for heading in (
        "",
        "tables",
        "finish",
        "mean wait",
        "9 in 10 wait less",
        "longest",
        "chokes at",
    ):
        table.add_column(heading, justify="left" if heading in {"", "chokes at"} else "right")
    for each in found:
        table.add_row(each.key.replace("_", " "), str(each.tables), *_row(made, each))
    console.print(table)
    for each in found:
        if each.rehearsed and each.rehearsed.crowded:
            key, sites = each.key.replace("_", " "), ", ".join(each.rehearsed.crowded)
            console.print(f"{key}: no room for the line at {sites}", style="red")
    first = found[0].rehearsed
    if first is None:
        return
    tables = Table(title="tables", title_justify="left")
    for heading in ("table", "site", "people", "finish", "recorder", "sampler", "longest line"):
        tables.add_column(heading, justify="left" if heading == "site" else "right")
    for one in first.tables:
        tables.add_row(
            str(one.number), one.site, f"{one.people.median:.0f}", _clock(made, one.finish.median),
            f"{one.recorder_busy.median:.0%}", f"{one.sampler_busy.median:.0%}",
            f"{one.longest_line.median:.0f} (≤ {one.longest_line.high:.0f})",
        )  # fmt: skip
    console.print(tables)
    console.print(f"{first.runs} runs; medians, ≤ 95 of 100 runs", style="dim")


def _row(made: "RoundPlan", each: "Scenario") -> list[str]:
    done = each.rehearsed
    if done is None:
        return ["no table can open", "", "", "", ""]
    return [
        f"{_clock(made, done.finish.median)} (≤ {_clock(made, done.finish.high)})",
        f"{done.wait.median:.0f} min",
        f"{done.wait_high.median:.0f} min",
        f"{done.longest.median:.0f} min",
        f"table {done.choke.table}, {done.choke.stage}, {done.choke.minutes:.1f} min",
    ]
