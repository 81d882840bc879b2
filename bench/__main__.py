"""Run every topic, print each figure beside its limit. Never fails because a machine was slow."""

import importlib
import sys

from rich.console import Console
from rich.table import Table

TOPICS = (
    "intake",
    "linkage",
    "night",
    "pages",
    "fanout",
    "sync",
    "lane",
    "growth",
    "faults",
    "surge",
    "city",
    "stations",
    "teams",
    "together",
    "simulate",
    "sites",
)
type Figure = tuple[str, float, str, float | None]

# Figures that should be large; all others should be small.
LARGER_IS_BETTER = {"records/s", "ratio", "F1 %", "%"}


def main() -> None:
    """Each topic is a module with ``run() -> [(name, figure, unit, limit or None)]``."""
    console = Console(width=110)
    if {"-h", "--help"} & set(sys.argv[1:]):
        console.print(f"python -m bench [TOPIC...]: all topics, or of {', '.join(TOPICS)}")
        console.print("python -m bench --small [TOPIC...]: do they still run? Nothing is measured.")
        return
    asked = [word for word in sys.argv[1:] if word in TOPICS]
    if "--small" in sys.argv:
        from bench import small

        small.run(asked)
        return
    for topic in asked or TOPICS:  # words that name no topic are for the topics to read
        table = Table(title=topic, title_justify="left")
        for heading in ("what", "figure", "unit", "limit", "of the limit"):
            table.add_column(heading, justify="left" if heading in ("what", "unit") else "right")
        for name, figure, unit, limit in importlib.import_module(f"bench.{topic}").run():
            ratio = "" if not limit else f"{figure / limit:.2f}"
            goal = "" if limit is None else f"{'≥' if unit in LARGER_IS_BETTER else '≤'} {limit:g}"
            table.add_row(
                name, f"{figure:,.3g}" if figure < 100 else f"{figure:,.0f}", unit, goal, ratio
            )
        console.print(table)


if __name__ == "__main__":
    main()
