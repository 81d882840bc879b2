"""Invented registers with the truth: who stands in them twice, as clerks really write people.

A town is built of households: people of one door share it, often a telephone, a surname and a
generation's character; there are twins, landlords and a community office whose number half the old
people give. `again` writes a person as another clerk did: a homophone, a changed or a married
woman's name, 繁體, a nickname, swapped digits, an old 15-digit ID, a new telephone, a door in
words.
"""

import random
from dataclasses import dataclass

from muster.kernel.resident_id import check_digit

type Person = dict[str, str | None]

# Weighted like a town: 王李张刘陈 are a third of everybody.
SURNAMES = (
    "王王王王王王王李李李李李李李张张张张张张张刘刘刘刘刘陈陈陈陈杨杨杨黄黄赵赵吴吴周周徐徐孙孙马马朱朱胡郭何林高罗"
    "郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蔡蒋余于杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付傅方白邹孟熊秦邱江尹薛"
)
DOUBLE_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "令狐")
GIVEN = (
    "伟伟伟芳芳芳娜娜秀秀敏敏静静静丽丽丽强强磊磊军军洋勇勇艳艳杰杰娟娟涛涛明明超霞霞平平刚桂英英华文辉力建建国玉兰红红春"
    "梅海燕鹏飞宇轩晓佳欣怡子涵浩然博思雨梓萱嘉诺志德福贵荣昌喜凤云珍莲菊香琴仙翠彩巧淑惠慧"
)
# Characters that sound alike, so that an ear or a keyboard takes one for the other.
HOMOPHONES = dict(
    zip(
        "静丽敏英霞伟磊洋杰辉晓佳欣怡涵浩博雨萱嘉志荣喜凤珍莲菊琴翠淑慧燕鹏飞轩建玉兰红春梅海宇",
        "婧莉民瑛侠炜雷阳洁晖小家新宜含皓波语宣佳智容禧奉真连局勤脆舒惠艳朋菲宣健钰岚洪椿玫亥雨",
        strict=True,
    )
)
TRADITIONAL = dict(zip("丽伟军强杨刘陈张黄赵吴", "麗偉軍強楊劉陳張黃趙吳", strict=True))
ESTATES = [
    a + b + c
    for a in ("香槟", "丽景", "翠湖", "金桂", "阳光", "龙城", "桃园", "滨河", "御景", "锦绣")
    for b in ("", "东", "西", "南", "北", "新")
    for c in ("花园", "小区", "家园", "苑", "新村", "公寓", "府")
]
OFFICE = "03510001611"
TURNS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Habits:
    """How often a clerk does each thing, as a share of people."""

    homophone: float = 0.10
    renamed: float = 0.03
    nickname: float = 0.02
    traditional: float = 0.05
    no_phone: float = 0.15
    new_phone: float = 0.08
    office_phone: float = 0.04
    phone_slip: float = 0.06
    no_id: float = 0.35
    old_id: float = 0.10
    id_slip: float = 0.06
    no_birth: float = 0.25
    birth_slip: float = 0.03
    no_door: float = 0.08
    moved: float = 0.04


def _digits(chance: random.Random, count: int) -> str:
    return f"{chance.randrange(10**count):0{count}d}"


def _given(chance: random.Random) -> str:
    return "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2, 2))))


def _birth(chance: random.Random, low: int, high: int) -> str:
    return f"{chance.randint(low, high)}{chance.randint(1, 12):02d}{chance.randint(1, 28):02d}"


def _resident_id(chance: random.Random, born: str) -> str:
    first = f"140{chance.randint(100, 140)}{born}{_digits(chance, 3)}"
    return first + check_digit(first)


def _mobile(chance: random.Random) -> str:
    return f"1{chance.choice('35789')}{_digits(chance, 9)}"


def _surname(chance: random.Random) -> str:
    return chance.choice(DOUBLE_SURNAMES if chance.random() < 0.004 else SURNAMES)


def household(chance: random.Random) -> list[Person]:
    """One to five people behind a door: a couple, children (twins among them), a parent."""
    estate = chance.choice(ESTATES)
    building, unit = chance.randint(1, 30), chance.randint(1, 4)
    door = f"{estate}{building}-{unit}-{chance.randint(1, 26)}0{chance.randint(1, 4)}"
    father, phone = _surname(chance), _mobile(chance)
    size = chance.choice((1, 2, 2, 3, 3, 3, 4, 4, 5))
    adults = [father, _surname(chance)][:size]
    names = [a + _given(chance) for a in adults]
    born = [_birth(chance, 1940, 2000) for _ in adults]
    shared = chance.choice(GIVEN)
    for at in range(size - len(adults)):
        twin = at and chance.random() < 0.02
        names.append(father + shared + chance.choice(GIVEN))
        born.append(born[-1] if twin else _birth(chance, 2001, 2020))
    people: list[Person] = []
    for name, date in zip(names, born, strict=True):
        own = phone if chance.random() < 0.4 else _mobile(chance)
        number = _resident_id(chance, date)
        people.append(
            {"name": name, "phone": own, "id_number": number, "door": door, "birth_date": date}
        )
    return people


def town(size: int, chance: random.Random) -> list[Person]:
    """`size` different people in households."""
    people: list[Person] = []
    while len(people) < size:
        people += household(chance)
    people = people[:size]
    chance.shuffle(people)
    return people


def slipped(value: str, chance: random.Random) -> str:
    """Two digits swapped, or one wrong."""
    at = chance.randrange(len(value) - 1)
    if chance.random() < 0.5 and value[at] != value[at + 1]:
        return value[:at] + value[at + 1] + value[at] + value[at + 2 :]
    wrong = chance.choice("0123456789".replace(value[at], ""))
    return value[:at] + wrong + value[at + 1 :]


def _said(number: str) -> str:
    if len(number) < 3:
        value = int(number)
        tens = ("" if value < 20 else TURNS[value // 10]) + "十" if value > 9 else ""
        return tens + (TURNS[value % 10] if value % 10 else "")
    return "".join(TURNS[int(d)] for d in number)


def spelt(door: str, chance: random.Random) -> str:
    """A door in one of the ways people write it; `door` is 香槟花园3-2-501."""
    at = next(i for i, c in enumerate(door) if c.isdigit())
    estate, (building, unit, room) = door[:at], door[at:].split("-")
    return estate + chance.choice(
        (
            f"{building}-{unit}-{room}",
            f"{building}号楼{unit}单元{room}",
            f"{building}号楼{unit}单元{room}室",
            f"{building}栋{unit}单元{room}",
            f"{building}#{unit}-{room}",
            f"{building}幢{unit}单元 {room}",
            f"{building}－{unit}－{room}",
            f"{_said(building)}号楼{_said(unit)}单元{_said(room)}",
        )
    )


def _renamed(name: str, chance: random.Random) -> str:
    """A child takes the mother's surname, a married woman puts the husband's first, a new name."""
    kind = chance.random()
    if kind < 0.4:
        return chance.choice(SURNAMES) + name[1:]
    if kind < 0.6:
        return chance.choice(SURNAMES) + name
    return name[0] + _given(chance)


def _name(name: str, chance: random.Random, habits: Habits) -> str:
    if chance.random() < habits.renamed:
        name = _renamed(name, chance)
    if chance.random() < habits.homophone:
        name = name[0] + "".join(HOMOPHONES.get(c, c) for c in name[1:])
    if chance.random() < habits.traditional:
        name = "".join(TRADITIONAL.get(c, c) for c in name)
    if chance.random() < habits.nickname:
        name = chance.choice(("小" + name[-1], "老" + name[0], name[-1] * 2))
    return f"{name[0]} {name[1]}" if len(name) == 2 and chance.random() < 0.2 else name


def again(one: Person, chance: random.Random, habits: Habits | None = None) -> Person:
    """The same person as another clerk wrote them."""
    habits = habits or Habits()
    roll = chance.random
    number, born = one["id_number"] or "", one["birth_date"] or ""
    if roll() < habits.id_slip:
        number = slipped(number, chance)
    if roll() < habits.old_id and number[6:8] == "19":
        number = number[:6] + number[8:17]
    if roll() < habits.birth_slip:
        born = born[:4] + (born[6:] + born[4:6] if born[6:] <= "12" else slipped(born[4:], chance))
    door = (household(chance)[0] if roll() < habits.moved else one)["door"] or ""
    return {
        "name": _name(one["name"] or "", chance, habits),
        "phone": _phone(one["phone"] or "", chance, habits),
        "id_number": None if roll() < habits.no_id else number,
        "door": None if roll() < habits.no_door else spelt(door, chance),
        "birth_date": None if roll() < habits.no_birth else born,
    }


def _phone(phone: str, chance: random.Random, habits: Habits) -> str | None:
    roll = chance.random
    if roll() < habits.no_phone:
        return None
    if roll() < habits.office_phone:
        return OFFICE
    if roll() < habits.new_phone:
        phone = _mobile(chance)
    return slipped(phone, chance) if roll() < habits.phone_slip else phone


def two_files(
    size: int, chance: random.Random, *, shared: float = 0.3
) -> tuple[list[Person], list[Person], set[tuple[int, int]]]:
    """Two files of `size`; a share of the second are people of the first, written again; and their
    true pairs (position in the first, position in the second)."""
    everybody = town(2 * size - round(shared * size), chance)
    left, new = everybody[:size], everybody[size:]
    chosen = chance.sample(range(size), size - len(new))
    right = [again(left[i], chance) for i in chosen]
    return left, [*right, *new], {(i, j) for j, i in enumerate(chosen)}


def one_file(
    size: int, chance: random.Random, *, twice: float = 0.15
) -> tuple[list[Person], set[tuple[int, int]]]:
    """One file of `size` in which a share of the rows is somebody a second time."""
    doubled = round(twice * size)
    people = town(size - doubled, chance)
    chosen = chance.sample(range(len(people)), doubled)
    truth = {(i, len(people) + j) for j, i in enumerate(chosen)}
    return [*people, *(again(people[i], chance) for i in chosen)], truth
