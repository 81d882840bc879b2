"""Linkage: finding the same person twice, for speed and for quality, with Splink beside it.

Our own people are invented with what happens in the field (`tests.support.registers`). Data sets of
others are measured where they lie beside the repository (or where MUSTER_SHARED says), and the
scores that others published for them are shown there. `--million` adds a million people, which
takes a minute; it runs by itself as `python -m bench linkage --million`.
"""

import csv
import itertools
import os
import random
import resource
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.registers import one_file, two_files

from bench.peers import Pairs, splink, truth_of
from muster.intake.duplicates import PEOPLE, PEOPLE_RULES, Compare, Field, Linkage, clusters, link

SHARED = Path(os.environ.get("MUSTER_SHARED", Path(__file__).parents[2] / "shared"))


@dataclass(frozen=True, slots=True)
class Task:
    """What is compared and looked at, and the rules that Splink learns its weights from."""

    fields: Sequence[Field]
    rules: Sequence[tuple[str, ...]]
    training: Sequence[tuple[str, ...]]


FEBRL = (
    Field("given_name", Compare.TEXT, by_frequency=True),
    Field("surname", Compare.TEXT, by_frequency=True),
    Field("street_number", Compare.CODE),
    Field("address_1", Compare.TEXT),
    Field("suburb", Compare.TEXT),
    Field("postcode", Compare.CODE),
    Field("date_of_birth", Compare.DATE),
    Field("soc_sec_id", Compare.CODE),
)
FEBRL_RULES = (
    ("soc_sec_id",),
    ("given_name", "surname"),
    ("date_of_birth",),
    ("postcode", "surname"),
    ("postcode", "given_name"),
    ("address_1",),
    ("suburb", "given_name"),
    ("suburb", "surname"),
)
FAKE = (
    Field("first_name", Compare.TEXT, by_frequency=True),
    Field("surname", Compare.TEXT, by_frequency=True),
    Field("dob", Compare.DATE),
    Field("city", Compare.TEXT, by_frequency=True),
    Field("email", Compare.TEXT),
)
FAKE_RULES = (("email",), ("first_name", "surname"), ("dob",), ("surname", "city"),
              ("first_name", "city"))  # fmt: skip
TASKS = {
    "people": Task(
        PEOPLE,
        PEOPLE_RULES,
        (("id_number",), ("phone", "birth_date"), ("door", "birth_date")),
    ),
    "febrl": Task(FEBRL, FEBRL_RULES, (("soc_sec_id",), ("given_name", "surname"))),
    "fake": Task(FAKE, FAKE_RULES, (("email",), ("first_name", "surname"), ("dob",))),
}
FAKE_FILE = "splink_fake1000/fake_1000_from_splink_demos"
type Figure = tuple[str, float, str, float | None]
type Record = Mapping[str, object]


def quality(found: Pairs, truth: Pairs) -> tuple[float, float, float]:
    """Precision, recall, F1 in per cent."""
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def pairs_of(linkage: Linkage, at_least: float = 0.5) -> Pairs:
    """The pairs of at least this probability."""
    chosen = linkage.probability >= at_least
    return set(zip(linkage.left[chosen].tolist(), linkage.right[chosen].tolist(), strict=True))


def beside(
    name: str,
    records: tuple[Sequence[Record], Sequence[Record] | None],
    truth: Pairs,
    task: Task,
) -> Iterator[Figure]:
    """Ours, then Splink's."""
    start = time.perf_counter()
    ours = pairs_of(link(*records, fields=task.fields, rules=task.rules))
    results = {"ours": (ours, time.perf_counter() - start)}
    peer = splink(*records, task.fields, task.rules, task.training)
    if peer:
        results["Splink"] = peer
    for who, (found, took) in results.items():
        precision, recall, f1 = quality(found, truth)
        yield (f"{name}, {who}: F1", f1, "%", None)
        yield (f"   precision {precision:.2f} %, recall {recall:.2f} %", took, "s", None)
        if records[1] is None:
            grouped = quality(closed(found, len(records[0])), truth)[2]
            yield ("   F1 when pairs are joined to groups", grouped, "%", None)


def closed(pairs: Pairs, size: int) -> Pairs:
    """All pairs inside the groups that the pairs make: one person stands in them all."""
    groups = (g for g in clusters(size, pairs) if len(g) > 1)
    return {pair for group in groups for pair in itertools.combinations(group, 2)}


def rows_of(name: str) -> list[dict[str, str]]:
    """A data set of others, or nothing where it is not at hand."""
    path = SHARED / "bench" / "linkage" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        rows = csv.DictReader(file, skipinitialspace=True)
        return [{k.strip(): (v or "").strip() for k, v in row.items()} for row in rows]


def others() -> Iterator[Figure]:
    """FEBRL 1 and 2, and Splink's own thousand."""
    for name in ("dataset1", "dataset2"):
        rows = rows_of(name)
        if rows:
            truth = truth_of([row["rec_id"].split("-")[1] for row in rows])
            title = f"FEBRL {name[-1]}"
            yield from beside(title, (rows, None), truth, TASKS["febrl"])
    rows = rows_of(FAKE_FILE)
    if rows:
        truth = truth_of([row["cluster"] for row in rows])
        yield from beside("fake1000", (rows, None), truth, TASKS["fake"])


def published() -> Iterator[Figure]:
    """What others published, for data that is like it."""
    for row in rows_of("published_scores"):
        if row["f1"]:
            title = f"published: {row['tool']}, {row['dataset']}"
            yield (title[:70], 100 * float(row["f1"]), "%", None)


def million(size: int = 1_000_000) -> Iterator[Figure]:
    """A million people in one register, a part of them twice; and the memory of it."""
    records, truth = one_file(size, random.Random(4))
    start = time.perf_counter()
    linkage = link(records)
    yield (f"{size:,} people in one register", time.perf_counter() - start, "s", 600)
    yield ("   memory, the people included", _memory(), "MB", None)
    yield from grades(linkage, truth)


def grades(linkage: Linkage, truth: Pairs) -> Iterator[Figure]:
    """How right the pairs at even odds are, and the sure ones."""
    named = zip(("precision", "recall", "F1"), quality(pairs_of(linkage), truth), strict=True)
    yield from ((f"   {name}", figure, "%", None) for name, figure in named)
    sure = quality(pairs_of(linkage, 0.98), truth)[0]
    yield ("   the sure ones that are right", sure, "%", None)


def _memory() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


SIZE, BESIDE = 100_000, 10_000
"""People of each of two lists: of ours alone, and beside the peer."""


def run() -> list[Figure]:
    """(name, figure, unit, limit) of everything measured."""
    if "--million" in sys.argv:
        return list(million())
    left, right, truth = two_files(SIZE, random.Random(4))
    start = time.perf_counter()
    linkage = link(left, right)
    figures: list[Figure] = [
        (f"link {SIZE:,} x {SIZE:,}", time.perf_counter() - start, "s", 60),
        ("   memory, the people included", _memory(), "MB", None),
        *grades(linkage, truth),
    ]
    left, right, truth = two_files(BESIDE, random.Random(5))
    name = f"our people, {BESIDE:,} x {BESIDE:,}"
    figures += beside(name, (left, right), truth, TASKS["people"])
    return [*figures, *others(), *published()]
