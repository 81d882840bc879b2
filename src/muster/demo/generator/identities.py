"""Invented names, numbers and phones.

Telephone numbers have ``0000`` in the place of the region, which no operator gives out; identity
numbers have serials from 900, which registers hardly reach, and a valid check digit.
"""

from datetime import date, timedelta
from random import Random

from muster.demo.generator.model import Identity
from muster.kernel.resident_id import check_digit

# Share of the commonest surnames, per thousand of the people named here.
_SURNAMES = (
    "王73 李72 张68 刘54 陈45 杨31 赵23 黄22 吴20 周20 徐15 孙15 马13 朱12 胡12 郭12 何11 "
    "林11 高10 罗9 郑9 梁9 宋8 谢8 韩8 唐8 冯7 于7 董7 萧6 程6 曹6 袁6 邓6 许6 傅5 沈5 "
    "曾5 彭5 吕5 苏5 卢5 蒋5 蔡5 贾9 丁4 魏4 薛6 叶4 阎6 余4 潘4 杜4 戴4 夏4 钟3 汪3 田4 "
    "任6 姜3 范4 方3 石4 姚3 谭3 廖3 邹3 熊3 金3 陆3 郝7 孔3 白5 崔4 康4 毛3 邱3 秦4 江3 "
    "史4 顾2 侯4 邵3 孟3 龙2 万3 段5 雷3 钱2 汤2 尹3 黎2 易2 常4 武5 乔4 贺3 赖2 龚2 文2 "
    "欧阳2 司马1 上官1"
)
_MALE = "伟强磊军勇杰涛斌波辉刚健明亮建国志文华平海鹏飞超浩宇轩俊峰龙晨博瑞泽恒毅凯旭东林森家豪天佑"
_FEMALE = "芳娜敏静丽艳娟霞秀英玲桂兰萍红梅燕婷雪琳慧颖佳倩怡欣悦雨涵梓诗瑶晓月莉洁丹凤春香玉淑珍"
_LATIN = ("Anna Kowalska", "John Miller", "Maria Silva", "Kenji Mori", "Li Na Park", "Omar Said")
_AREAS = (
    *(140106, 140107, 140109, 140181, 140311, 140502, 140702, 140902, 141002, 141102),
    *(130102, 410102, 410502, 610102, 370102, 510104, 320102, 420102),
)
_PHONES = 700_000
_PHONE_STEP = 386_989  # coprime to _PHONES: every number once before any comes again
LOCAL_AREA = 140105


class Inventor:
    """Makes identities, each phone and each number once."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        entries = [(e.rstrip("0123456789"), e.lstrip("".join(_han(e)))) for e in _SURNAMES.split()]
        self._surnames = [surname for surname, _ in entries]
        self._cumulative: list[int] = []
        total = 0
        for _, weight in entries:
            total += int(weight)
            self._cumulative.append(total)
        self._serials: dict[tuple[int, date, str], int] = {}
        self._phones = rng.randrange(_PHONES)

    def surname(self) -> str:
        """By frequency."""
        return self._rng.choices(self._surnames, cum_weights=self._cumulative)[0]

    def name(self, sex: str, surname: str | None = None) -> str:
        """A full name; four in five given names have two characters."""
        pool = _MALE if sex == "男" else _FEMALE
        length = 2 if self._rng.random() < 0.8 else 1
        given = "".join(self._rng.choice(pool) for _ in range(length))
        return (surname or self.surname()) + given

    def phone(self) -> str:
        """Eleven digits that nobody has: ``1[3-9]d 0000 dddd``."""
        self._phones = (self._phones + _PHONE_STEP) % _PHONES
        head, tail = divmod(self._phones, 10_000)
        return f"1{3 + head // 10}{head % 10}0000{tail:04d}"

    def born(self, on: date, youngest: int, oldest: int) -> date:
        """A birthday of somebody aged `youngest` to `oldest` full years at `on`."""
        days = self._rng.randrange(youngest * 366, (oldest + 1) * 365)
        return on - timedelta(days=days)

    def id_number(self, born: date, sex: str, area: int) -> str:
        """A synthetic number that is given out once."""
        key = (area, born, sex)
        used = self._serials.get(key, 0)
        self._serials[key] = used + 1
        serial = (900 + 2 * used) % 1000 + (1 if sex == "男" else 0)
        first = f"{area}{born:%Y%m%d}{serial:03d}"
        return first + check_digit(first)

    def area(self) -> int:
        """An area code from elsewhere."""
        return self._rng.choice(_AREAS)

    def adult(self, born: date, *, area: int = LOCAL_AREA, surname: str | None = None) -> Identity:
        """Somebody with an identity card and a phone."""
        sex = self._rng.choice("男女")
        number = self.id_number(born, sex, area)
        return Identity(self.name(sex, surname), sex, born, "id_card", number, (self.phone(),))

    def foreigner(self, born: date) -> Identity:
        """Somebody with a passport or a permit of Hong Kong, Macao or Taiwan."""
        draw, digits = self._rng.random(), self._rng.randrange
        sex = self._rng.choice("男女")
        phones = (self.phone(),)
        if draw < 0.4:
            name = self._rng.choice(_LATIN)
            return Identity(name, sex, born, "passport", f"E{digits(10**8):08d}", phones)
        if draw < 0.75:
            number = f"{'HM'[draw > 0.6]}{digits(10**8):08d}"
            return Identity(self.name(sex), sex, born, "hk_macao", number, phones)
        return Identity(self.name(sex), sex, born, "taiwan", f"{digits(10**8):08d}", phones)


def _han(text: str) -> str:
    return "".join(character for character in text if not character.isdigit())
