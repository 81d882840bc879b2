"""`muster plan solve`, `check`, `repair`, `explain`, `generate`: a whole city's week as files.

Nothing is stored but the file that `-o` names. Exit status 2 with a clear message when a file
cannot be taken, 1 when a plan breaks a rule.
"""

import json
import resource
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from muster.planner.city.checker import Judgement
    from muster.planner.city.explain import PostExplained, ShiftExplained
    from muster.planner.city.incumbent import Incumbent

FILE = click.Path(exists=True, dir_okay=False, path_type=Path)
MADE = click.Path(dir_okay=False, writable=True, path_type=Path)
as_json_option = click.option("--json", "as_json", is_flag=True, help="One JSON document.")


@contextmanager
def _refusing() -> Iterator[None]:
    """A file that cannot be taken ends the command with its message and status 2."""
    from muster.kernel.errors import Invalid

    try:
        yield
    except Invalid as problem:
        click.echo(str(problem), err=True)
        raise SystemExit(2) from problem


@contextmanager
def _stopping() -> Iterator[threading.Event]:
    """Ctrl-C asks the search to end with its best plan; a second one ends the command."""
    stop = threading.Event()
    before = signal.getsignal(signal.SIGINT)

    def asked(*_: object) -> None:
        stop.set()
        signal.signal(signal.SIGINT, before)

    signal.signal(signal.SIGINT, asked)
    try:
        yield stop
    finally:
        signal.signal(signal.SIGINT, before)


@contextmanager
def _progress(seconds: float) -> Iterator[Callable[["Incumbent"], None] | None]:
    """Incumbent, bound and gap on a terminal; nothing elsewhere."""
    from rich.console import Console

    console = Console(stderr=True)
    if not console.is_terminal:
        yield None
        return
    with console.status("…") as status:

        def show(now: "Incumbent") -> None:
            status.update(
                f"{now.seconds:.1f} / {seconds:g} s   cost {now.cost:,.0f}   "
                f"bound {now.bound:,.0f}   gap {now.gap:.2%}"
            )

        yield show


def _peak_mb() -> float:
    """The most memory this process has held, MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _show(figures: dict[str, Any], *, as_json: bool, lines: list[str]) -> None:
    click.echo(json.dumps(figures, ensure_ascii=False) if as_json else "\n".join(lines))


def _judged(judgement: "Judgement") -> list[str]:
    """The judgement for people."""
    parts = ", ".join(f"{name} {cost:,.1f}" for name, cost in judgement.parts.items())
    lines = [
        f"cost {judgement.cost:,.1f}: {parts}",
        f"without shortage {judgement.soft:,.1f}; {judgement.shifts:,} shifts",
        f"{judgement.short_of_minimum:,} people short of the minimum",
        f"{judgement.short_of_required:,} people short of the required",
    ]
    for each in judgement.broken:
        first = "; ".join(
            f"person {b.person}, line {b.line}, slot {b.slot}" for b in each.examples[:3]
        )
        lines.append(f"BROKEN {each.name}: {each.count:,} times ({first})")
    return lines


@click.command()
@click.argument("problem", type=FILE)
@click.option("-o", "--output", type=MADE, required=True, help="Where the plan goes (.npz).")
@click.option("--seconds", default=60.0, show_default=True, help="Time for the search.")
@click.option("--threads", default=2, show_default=True, help="How many work at once.")
@click.option("--ray", is_flag=True, help="Share the work over a Ray cluster (RAY_ADDRESS).")
@as_json_option
def solve(
    problem: Path, output: Path, seconds: float, threads: int, *, ray: bool, as_json: bool
) -> None:
    """Plan the week of PROBLEM; Ctrl-C writes the best plan so far."""
    from muster.planner.city.files import load_problem, load_rules, save_plan
    from muster.planner.city.rules.solving import solve_with
    from muster.planner.city.solving import solve as search

    with _refusing():
        city = load_problem(problem)
        rules = load_rules(problem, city)
    if ray and rules:
        raise click.UsageError("--ray knows no rules beyond the format; leave it out")
    with _refusing(), _stopping() as stop, _progress(seconds) as report:
        if rules:
            solved = solve_with(city, rules, seconds, threads=threads, report=report, stop=stop)
        else:
            solved = search(city, seconds, threads, report, stop, cluster=ray)
    save_plan(output, city, solved.assignment)
    figures = {**solved.to_json(), "peak_memory_mb": _peak_mb()}
    bound = f"bound {solved.bound:,.1f}, gap {solved.gap:.2%}" if solved.bound else "no bound"
    gap = f"{bound}, {solved.seconds:.1f} s"
    _show(figures, as_json=as_json, lines=[*_judged(solved.judgement), gap])


@click.command()
@click.argument("problem", type=FILE)
@click.argument("plan", type=FILE)
@click.option("--since", default=0, show_default=True, help="First slot that is judged.")
@as_json_option
def check(problem: Path, plan: Path, since: int, *, as_json: bool) -> None:
    """Judge PLAN by every rule and cost of PROBLEM; exit status 1 if it breaks a rule."""
    from muster.planner.city.files import load_plan, load_problem, load_rules
    from muster.planner.city.rules.judging import judge_with
    from muster.planner.city.rules.model import no_rules

    with _refusing():
        city = load_problem(problem)
        rules = load_rules(problem, city) or no_rules(city)
        assignment = load_plan(plan, city)
    started = time.perf_counter()
    judgement = judge_with(city, rules, assignment, since)
    figures = {**judgement.to_json(), "seconds": time.perf_counter() - started}
    _show({**figures, "peak_memory_mb": _peak_mb()}, as_json=as_json, lines=_judged(judgement))
    sys.exit(0 if judgement.legal else 1)


@click.command()
@click.option("--people", type=click.IntRange(1), required=True, help="How many volunteers.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another city.")
@click.option("--rules", is_flag=True, help="With a share of each rule beyond the format.")
@click.option("-o", "--output", type=MADE, required=True, help="Where it goes (.npz).")
def generate(people: int, seed: int, output: Path, *, rules: bool) -> None:
    """Invent a city's week."""
    from muster.planner.city.files import save_problem
    from muster.planner.city.generate import generate as invent
    from muster.planner.city.rules.generate import generate_rules

    city = invent(people, seed)
    save_problem(output, city, generate_rules(city, seed) if rules else None)
    click.echo(f"{city.people:,} people, {city.compounds:,} compounds, {city.lines:,} lines")


@click.command()
@click.argument("problem", type=FILE)
@click.argument("plan", type=FILE)
@click.argument("events", type=FILE)
@click.option("-o", "--output", type=MADE, required=True, help="Where the new plan goes (.npz).")
@click.option("--after", type=MADE, help="Also write the problem as it is after the events.")
@click.option("--chains/--direct", default=True, help="May people who serve elsewhere be moved?")
@click.option(
    "--fewest",
    type=click.FloatRange(0.1),
    metavar="SECONDS",
    help="Small cities: also search so long for the fewest people whose week must change.",
)
@as_json_option
def repair(
    problem: Path, plan: Path, events: Path, output: Path, after: Path | None, *,
    chains: bool, fewest: float | None, as_json: bool,
) -> None:  # fmt: skip
    """Mend PLAN after EVENTS (JSON: from_slot, sealed, unavailable, lines); the past stays."""
    from muster.planner.city.event import apply, load_events
    from muster.planner.city.files import (
        load_plan,
        load_problem,
        load_rules,
        save_plan,
        save_problem,
    )
    from muster.planner.city.repair import fewest_changes
    from muster.planner.city.rules.model import no_rules
    from muster.planner.city.rules.repairing import repair_with as mend
    from muster.planner.city.rules.repairing import rules_after

    with _refusing():
        city = load_problem(problem)
        rules = load_rules(problem, city)
        if fewest and rules:
            raise click.UsageError("--fewest knows no rules beyond the format; leave it out")
        old = load_plan(plan, city)
        now = apply(city, old, load_events(events))
        left = rules_after(now.problem, rules or no_rules(city))
        mended = mend(now.problem, left, old, now.since, holes=now.holes, chains=chains)
    save_plan(output, now.problem, mended.assignment)
    if after:
        save_problem(after, now.problem, left if rules else None)
    lines = [
        f"{mended.dropped:,} assignments dropped, {mended.holes:,} holes, {mended.filled:,} filled",
        f"{mended.moved:,} other shifts moved, {mended.told:,} people told, {mended.seconds:.2f} s",
    ]
    figures = mended.to_json()
    if fewest:
        least = fewest_changes(now.problem, old, now.since, mended.assignment, fewest)
        figures["fewest"] = {"changed": least.changed, "least": least.least}
        lines.append(
            f"{mended.changed:,} people with another week; {least.changed:,} would do as well, "
            f"fewer than {least.least:,} not"
        )
    _show(
        {**figures, "peak_memory_mb": _peak_mb()},
        as_json=as_json,
        lines=[*_judged(mended.judgement), *lines],
    )


class Cell(click.ParamType[tuple[int, int]]):
    """LINE:SLOT."""

    name = "LINE:SLOT"

    def convert(self, value: Any, param: Any, ctx: Any) -> tuple[int, int]:
        line, colon, slot = str(value).partition(":")
        if not (colon and line.isdigit() and slot.isdigit()):
            self.fail(f"{value!r} is not LINE:SLOT, two whole numbers", param, ctx)
        return int(line), int(slot)


@click.command()
@click.argument("problem", type=FILE)
@click.argument("plan", type=FILE)
@click.option("--post", type=Cell(), help="Why is this post short, what would fill it?")
@click.option("--person", type=int, help="Why was this person sent there?")
@as_json_option
def explain(
    problem: Path, plan: Path, post: tuple[int, int] | None, person: int | None, *, as_json: bool
) -> None:
    """Explain a post or a person of PLAN."""
    from muster.planner.city.files import load_plan, load_problem, load_rules
    from muster.planner.city.rules.explaining import explain_person_with, explain_post_with
    from muster.planner.city.rules.model import no_rules

    if (post is None) == (person is None):
        raise click.UsageError("name either --post or --person")
    with _refusing():
        city = load_problem(problem)
        rules = load_rules(problem, city) or no_rules(city)
        assignment = load_plan(plan, city)
        if post:
            found = explain_post_with(city, rules, assignment, *post)
            _show(found.to_json(), as_json=as_json, lines=_of_post(found))
            return
        shifts = explain_person_with(city, rules, assignment, int(person or 0))
    figures = {"person": person, "shifts": [shift.to_json() for shift in shifts]}
    _show(figures, as_json=as_json, lines=[_of_shift(shift) for shift in shifts])


def _of_post(post: "PostExplained") -> list[str]:
    lines = [
        f"line {post.line}, slot {post.slot}: {len(post.present)} of {post.required} people",
        f"{post.minimum} needed",
    ]
    lines += [f"  {count:,} {bar.replace('_', ' ')}" for bar, count in post.bars.items()]
    for each in post.remedies:
        given = each.gives_up
        more = f", gives up line {given[0]} slot {given[1]}" if given else ""
        lines.append(f"would come: person {each.person}, {each.km:.1f} km ({each.change}{more})")
    return lines


def _of_shift(shift: "ShiftExplained") -> str:
    other = "nothing else" if shift.instead < 0 else f"else line {shift.instead}"
    return (
        f"slot {shift.slot}: line {shift.line}, {shift.km:.1f} km; saves {shift.saves:,.1f}, "
        f"gain {shift.gain:,.1f}; {other} {shift.instead_gain:,.1f}"
    )


COMMANDS: tuple[click.Command, ...] = (solve, check, repair, explain, generate)
