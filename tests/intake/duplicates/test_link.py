"""The same person twice: blocking, comparing, weights, clusters.

Covers muster.intake.duplicates.blocking, muster.intake.duplicates.comparing,
muster.intake.duplicates.fields, muster.intake.duplicates.spelling,
muster.intake.duplicates.weights,
muster.intake.duplicates.linking, muster.intake.duplicates.sheets,
muster.intake.duplicates.clusters.
"""

import random

import numpy as np
import pytest

from muster.intake.duplicates import PEOPLE, Compare, Linkage, Merges, Verdict, clusters, link
from muster.intake.duplicates.blocking import block, coded, joined
from muster.intake.duplicates.comparing import (
    CLOSE,
    DIFFERENT,
    EQUAL,
    NEAR,
    UNKNOWN,
    column,
    compare,
    sound,
)
from muster.intake.duplicates.spelling import door, identity, phone
from muster.intake.duplicates.weights import rarity
from tests.support.registers import Habits, Person, again, one_file, spelt, town, two_files

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
    found = block([coded(["a", "a", "b", None, "a"]), coded(["x", "x", None, None, "y"])])
    pairs = list(zip(found.left.tolist(), found.right.tolist(), strict=True))
    assert pairs == [(0, 1), (0, 4), (1, 4)]
    assert found.by.tolist() == [[True, True, True], [True, False, False]]
    assert block([coded(["a"] * 10)], largest=9).left.size == 0
    across = block([coded(["a", "b", "a", "b"])], split=2)
    assert list(zip(across.left.tolist(), across.right.tolist(), strict=True)) == [(0, 2), (1, 3)]


@pytest.mark.parametrize(
    ("how", "one", "other", "level"),
    [
        (Compare.NAME, "王静", "王 静", EQUAL),
        (Compare.NAME, "劉麗", "刘丽", EQUAL),
        (Compare.NAME, "王静", "王婧", CLOSE),
        (Compare.NAME, "陈静", "程进", CLOSE),
        (Compare.NAME, "王小静", "李小静", NEAR),
        (Compare.NAME, "王小静", "张王小静", NEAR),
        (Compare.NAME, "王静", "李强", DIFFERENT),
        (Compare.NAME, "王静", "小静", UNKNOWN),
        (Compare.PHONE, "13800130001", "+86 138-0013-0001", EQUAL),
        (Compare.PHONE, "13800130001", "13800130010", CLOSE),
        (Compare.PHONE, "13800130001", "13911112222", DIFFERENT),
        (Compare.IDENTITY, "140101199003074210", "140101900307421", EQUAL),
        (Compare.IDENTITY, "140101199003074210", "140101199003047210", CLOSE),
        (Compare.DOOR, "香槟花园3-2-501", "香槟花园三号楼二单元五零一", EQUAL),
        (Compare.CODE, "1908", "1980", CLOSE),
        (Compare.CODE, "19085", "19806", NEAR),
        (Compare.DATE, "19900307", "19900308", CLOSE),
        (Compare.DATE, "19900307", "19900703", NEAR),
        (Compare.TEXT, "andrew", "andrwe", CLOSE),
        (Compare.TEXT, "andrew", "zoe", DIFFERENT),
        (Compare.CODE, "", "1", UNKNOWN),
    ],
)
def test_levels(how: Compare, one: str, other: str, level: int) -> None:
    pair = np.array([0]), np.array([1])
    assert compare(column([one, other], how), *pair).tolist() == [level]


def test_sounds_forgive_what_ears_confuse() -> None:
    assert sound("陈静") == sound("程进")
    assert sound("Li") == "Li"


def test_agreeing_on_a_rare_name_says_more() -> None:
    bits = rarity(coded(["王芳"] * 9 + ["令狐冲"]))
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


def test_a_step_is_taken_back_and_stays_so() -> None:
    merges = Merges(4)
    assert merges.merge(1, 0)
    assert merges.merge(1, 2)
    assert merges.groups() == [[0, 1, 2], [3]]
    assert merges.undo(2, 1)
    assert merges.groups() == [[0, 1], [2], [3]]
    assert not merges.merge(2, 1)
    assert not merges.undo(0, 3)
    assert merges.groups() == [[0, 1], [2], [3]]


def test_three_parts_make_one_code() -> None:
    parts = [coded(["a", "a", "b", None]), coded(["x", "x", "x", "x"]), coded(["1", "1", "1", "1"])]
    codes = joined(parts)
    assert codes[0] == codes[1] != codes[2]
    assert codes[3] == -1


def test_one_spelling_for_numbers_and_doors() -> None:
    assert phone("86-138 0013 0001") == "13800130001"
    assert phone("138****0001") == "138****0001"
    assert identity("140101900307421") == identity("14010119900307421X")
    assert identity("E1234567") == "e1234567"
    chance = random.Random(3)
    assert {door(spelt("香槟花园12-2-501", chance)) for _ in range(60)} == {"香槟花园12-2-501"}
    assert door("村口老槐树旁") == "村口老槐树旁"


def found(linkage: Linkage, at_least: float) -> set[tuple[int, int]]:
    return {(p.left, p.right) for p in linkage.pairs(at_least)}


def grade(pairs: set[tuple[int, int]], truth: set[tuple[int, int]]) -> tuple[float, float]:
    right = len(pairs & truth)
    return right / max(1, len(pairs)), right / len(truth)


def test_a_town_written_twice_is_linked() -> None:
    left, right, truth = two_files(6000, random.Random(8))
    linkage = link(left, right)
    precision, recall = grade(found(linkage, 0.5), truth)
    assert precision > 0.99
    assert recall > 0.96
    assert grade(found(linkage, 0.98), truth)[0] > 0.998


def test_one_register_with_double_entries() -> None:
    people, truth = one_file(6000, random.Random(9))
    linkage = link(people)
    precision, recall = grade(found(linkage, 0.5), truth)
    assert precision > 0.985
    assert recall > 0.95


@pytest.mark.parametrize(
    "habit", ["homophone", "traditional", "office_phone", "phone_slip", "id_slip", "old_id"]
)
def test_one_bad_habit_alone_hides_nobody(habit: str) -> None:
    nothing = dict.fromkeys(Habits.__dataclass_fields__, 0.0)
    left, _, _ = two_files(2000, random.Random(2))
    chance = random.Random(3)
    right: list[Person] = [again(p, chance, Habits(**nothing | {habit: 1.0})) for p in left[:300]]
    pairs = found(link(left, right), 0.5)
    assert grade(pairs, {(i, i) for i in range(300)})[1] > 0.99


def test_common_names_do_not_flood() -> None:
    crowd = town(3000, random.Random(6))
    for person in crowd:
        person["name"] = "王芳"
    linkage = link(crowd)
    assert linkage.left.size < 20_000
    assert sum(p.verdict is Verdict.SURE for p in linkage.pairs()) < 60


def test_twins_are_two() -> None:
    crowd = town(2000, random.Random(7))
    twins: list[Person] = []
    for at, person in enumerate(crowd[:100]):
        name = person["name"] or ""
        one = {**person, "name": name[0] + "子涵", "id_number": None}
        twins += [one, {**one, "name": name[0] + "子轩", "phone": f"1390000{at:04d}"}]
    sure = [p for p in link([*crowd[100:], *twins]).pairs() if p.verdict is Verdict.SURE]
    assert not [p for p in sure if p.left >= 1900]
