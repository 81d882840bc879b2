"""The same person twice: blocking, comparing, weights, clusters.

Covers muster.intake.duplicates.blocking, muster.intake.duplicates.comparing,
muster.intake.duplicates.fields, muster.intake.duplicates.weights,
muster.intake.duplicates.linking, muster.intake.duplicates.sheets,
muster.intake.duplicates.clusters.
"""

import random

import numpy as np
import pytest

from muster.intake.duplicates import PEOPLE, Compare, Verdict, clusters, link
from muster.intake.duplicates.blocking import block
from muster.intake.duplicates.comparing import DIFFERENT, EQUAL, NEAR, UNKNOWN, compare, sound
from muster.intake.duplicates.weights import rarity

SURNAMES, GIVEN = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗",
    "伟芳娜秀敏静丽强磊军洋勇艳杰娟涛明超霞平",
)


def people(size: int) -> list[dict[str, object]]:
    chance = random.Random(1)
    found: list[dict[str, object]] = []
    for _ in range(size):
        born = f"{chance.randint(1930, 2018)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"
        found.append(
            {
                "name": chance.choice(SURNAMES) + chance.choice(GIVEN) + chance.choice(GIVEN),
                "phone": f"138{chance.randint(0, 99999999):08d}",
                "id_number": f"140101{born}{chance.randint(0, 9999):04d}",
                "door": f"{chance.randint(1, 40)}-{chance.randint(1, 4)}-{chance.randint(1, 30)}01",
                "birth_date": born,
            }
        )
    return found


def test_blocking_gives_each_pair_once() -> None:
    found = block([["a", "a", "b", None, "a"], ["x", "x", None, None, "y"]])
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert pairs == [(0, 1), (0, 4), (1, 4)]
    assert found.by.tolist() == [[True, True, True], [True, False, False]]
    assert block([["a"] * 10], largest=9).left.size == 0
    across = block([["a", "b", "a", "b"]], split=2)
    assert list(zip(across.left.tolist(), across.right.tolist(), strict=True)) == [(0, 2), (1, 3)]


@pytest.mark.parametrize(
    ("how", "one", "other", "level"),
    [
        (Compare.NAME, "王静", "王静", EQUAL),
        (Compare.NAME, "王静", "王婧", NEAR),
        (Compare.NAME, "陈静", "程进", NEAR),
        (Compare.NAME, "王静", "李强", DIFFERENT),
        (Compare.CODE, "13800130001", "13800130010", NEAR),
        (Compare.CODE, "13800130001", "13911112222", DIFFERENT),
        (Compare.DATE, "19900307", "19900703", NEAR),
        (Compare.TEXT, "andrew", "andrwe", NEAR),
        (Compare.TEXT, "andrew", "zoe", DIFFERENT),
        (Compare.CODE, "", "1", UNKNOWN),
    ],
)
def test_levels(how: Compare, one: str, other: str, level: int) -> None:
    pair = np.array([0]), np.array([1])
    assert compare([one, other], *pair, how).tolist() == [level]


def test_sounds_forgive_what_ears_confuse() -> None:
    assert sound("陈静") == sound("程进")
    assert sound("Li") == "Li"


def test_agreeing_on_a_rare_name_says_more() -> None:
    bits = rarity(["王芳"] * 9 + ["令狐冲"])
    assert bits[0] < 0 < bits[9]


def test_two_files_are_linked_with_reasons() -> None:
    left = people(400)
    right = [dict(p) for p in left[:100]]
    for at, record in enumerate(right):
        if at % 3 == 0:
            record["phone"] = None
        if at % 5 == 0:
            record["id_number"] = None
    linkage = link(left, right)
    found = {(p.left, p.right): p for p in linkage.pairs()}
    assert set(found) == {(i, i) for i in range(100)}
    assert all(p.verdict is Verdict.SURE for p in found.values())
    assert set(found[1, 1].reasons) == {f.name for f in PEOPLE}
    assert found[0, 0].reasons["phone"] == 0.0


def test_a_family_with_one_telephone_is_not_one_person() -> None:
    family = people(300)
    for at in range(0, 60, 2):
        family[at + 1]["phone"] = family[at]["phone"]
        family[at + 1]["door"] = family[at]["door"]
    assert not [p for p in link(family).pairs() if p.verdict is Verdict.SURE]


def test_nobody_and_one_person_alone() -> None:
    assert list(link([]).pairs()) == []
    assert list(link(people(1)).pairs()) == []


def test_a_merge_can_be_undone() -> None:
    assert clusters(4, [(0, 1), (1, 2)]) == [[0, 1, 2], [3]]
    assert clusters(4, [(0, 1)]) == [[0, 1], [2], [3]]
    assert clusters(4, [(0, 1), (1, 2)], apart=[(0, 2)]) == [[0, 1], [2], [3]]
