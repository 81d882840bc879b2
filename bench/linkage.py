"""Linkage: finding the same person twice, for speed and for quality.

Our own people are invented with what happens in the field: homophones, swapped digits, shared
telephones, missing numbers, common names. Data sets of others are measured where they lie beside
the repository (or where MUSTER_SHARED says); published scores of peers are shown there.
"""

import csv
import itertools
import os
import random
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

from muster.intake.duplicates import Compare, Field, Linkage, link

SHARED = Path(os.environ.get("MUSTER_SHARED", Path(__file__).parents[2] / "shared"))
SURNAMES = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余"
GIVEN = "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华文辉力建国玉兰红春梅海燕鹏飞宇轩"
HOMOPHONES = dict(zip("静丽敏英霞伟磊洋杰辉", "婧莉民瑛侠炜雷阳洁晖", strict=True))
TEXT = (
    Field("given_name", Compare.TEXT, by_frequency=True),
    Field("surname", Compare.TEXT, by_frequency=True),
    Field("street_number", Compare.CODE),
    Field("address_1", Compare.TEXT),
    Field("suburb", Compare.TEXT),
    Field("postcode", Compare.CODE),
    Field("date_of_birth", Compare.DATE),
    Field("soc_sec_id", Compare.CODE),
)
TEXT_RULES = (
    ("soc_sec_id",),
    ("given_name", "surname"),
    ("date_of_birth",),
    ("postcode", "surname"),
    ("postcode", "given_name"),
    ("address_1",),
    ("suburb", "given_name"),
    ("suburb", "surname"),
)
type Person = dict[str, str | None]
type Figure = tuple[str, float, str, float | None]


def person(chance: random.Random) -> Person:
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    born = f"{chance.randint(1930, 2018)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
    room = f"{chance.randint(1, 30)}0{chance.randint(1, 4)}"
    door = f"{chance.randint(1, 400)}-{chance.randint(1, 4)}-{room}"
    return {
        "name": name,
        "phone": f"1{chance.choice('3578')}{chance.randint(0, 999999999):09d}",
        "id_number": f"140{chance.randint(100, 999)}{born}{chance.randint(0, 9999):04d}",
        "door": door,
        "birth_date": born,
    }


def again(one: Person, chance: random.Random) -> Person:
    """The same person as another clerk wrote them."""
    other = dict(one)
    if chance.random() < 0.2:
        other["name"] = "".join(HOMOPHONES.get(c, c) for c in other["name"] or "")
    for field, missing, slip in (
        ("phone", 0.15, 0.1),
        ("id_number", 0.4, 0.1),
        ("birth_date", 0.3, 0.03),
    ):
        value = other[field] or ""
        if chance.random() < missing:
            other[field] = None
        elif chance.random() < slip:
            at = chance.randrange(len(value) - 1)
            other[field] = value[:at] + value[at + 1] + value[at] + value[at + 2 :]
    if chance.random() < 0.1:
        other["door"] = None
    if chance.random() < 0.05:
        other["phone"] = "13800000000"  # the community office's
    return other


def two_files(
    size: int, chance: random.Random
) -> tuple[list[Person], list[Person], set[tuple[int, int]]]:
    """Two files of `size`; a third of the second are people of the first."""
    left = [person(chance) for _ in range(size)]
    shared = chance.sample(range(size), size // 3)
    right = [again(left[i], chance) for i in shared]
    right += [person(chance) for _ in range(size - len(right))]
    return left, right, {(i, j) for j, i in enumerate(shared)}


def quality(
    linkage: Linkage, truth: set[tuple[int, int]], at_least: float
) -> tuple[float, float, float]:
    """Precision, recall, F1 in per cent."""
    found = {(p.left, p.right) for p in linkage.pairs(at_least)}
    right = len(found & truth)
    precision, recall = right / max(1, len(found)), right / max(1, len(truth))
    return 100 * precision, 100 * recall, 200 * precision * recall / max(1e-9, precision + recall)


def _truth(groups: Sequence[str]) -> set[tuple[int, int]]:
    members: dict[str, list[int]] = defaultdict(list)
    for at, group in enumerate(groups):
        members[group].append(at)
    return {pair for group in members.values() for pair in itertools.combinations(group, 2)}


def febrl(name: str) -> list[Figure]:
    """A FEBRL data set, where it is at hand."""
    path = SHARED / "bench" / "linkage" / f"{name}.csv"
    if not path.exists():
        return []
    with path.open(encoding="utf-8") as file:
        rows = [
            {k.strip(): v.strip() for k, v in row.items()}
            for row in csv.DictReader(file, skipinitialspace=True)
        ]
    truth = _truth([row["rec_id"].split("-")[1] for row in rows])
    linkage = link(rows, fields=TEXT, rules=TEXT_RULES)
    return [(f"FEBRL {name}: F1", quality(linkage, truth, 0.5)[2], "%", None)]


def run(size: int = 100_000) -> list[Figure]:
    """(name, figure, unit, limit) of everything measured."""
    left, right, truth = two_files(size, random.Random(4))
    start = time.perf_counter()
    linkage = link(left, right)
    figures: list[Figure] = [(f"link {size:,} x {size:,}", time.perf_counter() - start, "s", 60)]
    precision, recall, f1 = quality(linkage, truth, 0.5)
    figures += [
        ("our people: precision", precision, "%", None),
        ("our people: recall", recall, "%", None),
        ("our people: F1", f1, "%", None),
        ("our people: sure ones right", quality(linkage, truth, 0.98)[0], "%", None),
    ]
    return [*figures, *febrl("dataset1"), *febrl("dataset2")]


if __name__ == "__main__":
    for name, figure, unit, limit in run():
        print(f"{name:28} {figure:10.2f} {unit:4} limit {limit}")
