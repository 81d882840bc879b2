"""The neighbours' sign-up as pasted from the group chat: a chain (接龙) with its usual faults."""

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from muster.demo.generator.model import DemoCity, Neighbour

_WHEN = {"all": "全天", "morning": "上午", "afternoon": "下午", "evening": "晚上"}
_SKILLS = {
    "phone_skill": "手机熟",
    "stamina": "有力气",
    "driver": "会开车",
    "medical": "学过医",
    "english": "英语",
}


@dataclass(frozen=True, slots=True)
class ChainEntry:
    """What stands behind a line: `resident` who signed up, ``None`` where nobody did (`kind`
    ``placeholder``). Other kinds: ``plain``, ``again`` (the same person once more), ``nickname``
    (no real name, the house tells), ``plus_one`` (brings somebody unnamed)."""

    number: int
    kind: str
    resident: int | None


@dataclass(frozen=True, slots=True)
class ChainText:
    """The paste and the truth behind it; `people` are the residents who signed up, each once."""

    text: str
    entries: tuple[ChainEntry, ...]
    people: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class _Line:
    """What an entry has to say."""

    name: str
    house: tuple[str, str, str]
    phone: str
    when: str
    extra: str


_STYLES: tuple[Callable[[_Line], str], ...] = (
    lambda x: f"{x.name} {'-'.join(x.house)} {x.phone} {x.when}",
    lambda x: f"{x.name}，{x.house[0]}号楼{x.house[1]}单元{x.house[2]}，{x.phone}，{x.when}",
    lambda x: f"{x.name}{x.phone} {x.house[0]}栋{x.house[1]}单元{x.house[2]}室",
    lambda x: f"{x.name}（{x.when}）{x.house[0]}#{x.house[1]}-{x.house[2]} 电话{x.phone}",
    lambda x: f"{x.name} {'-'.join(x.house)} {x.phone[:3]}-{x.phone[3:7]}-{x.phone[7:]}{x.extra}",
    lambda x: f"{x.name}--{'-'.join(x.house)}--{x.phone}--{x.when}",
    lambda x: f"{'-'.join(x.house)} {x.name} 党员 {x.phone} {x.when}",
    lambda x: f"{x.name}\n{x.house[0]}号楼{x.house[1]}单元{x.house[2]} {x.phone}",
)
_MARKS = (
    *(lambda n: f"{n}. ", lambda n: f"{n}、", lambda n: f"{n}.", lambda n: f"{n}) "),
    *(lambda n: f"（{n}）", lambda n: f"{n}．"),
)
_NICKNAMES = ("向日葵🌻", "豆豆妈", "平安是福", "Crystal🍀", "老班长")
_HEADER = """@所有人 都看一下#接龙
{estates}志愿者报名（今晚就上岗！）
要求：身体健康，听指挥。党员带头💪
例 张三 3-2-501 13800000000 晚上

"""
_TAIL = "\n大家辛苦了！报好名的等电话，先别下楼。\n"


def chain(city: DemoCity, seed: int | None = None) -> ChainText:
    """The sign-up of `city.neighbours` as one paste."""
    rng = Random(f"{city.seed if seed is None else seed}:chain")
    writer = _Writer(city, rng)
    for index, neighbour in enumerate(city.neighbours):
        if index in {9, 40}:
            writer.placeholder()
        if index in {23, 57}:
            writer.skip_number()
        writer.sign(neighbour, index)
        if index in {30, 66}:
            writer.again(city.neighbours[index - 12])
    places = {place.id: place.name for place in city.places}
    head = _HEADER.format(estates="、".join(places[estate] for estate in city.estates))
    people = tuple(neighbour.resident for neighbour in city.neighbours)
    return ChainText(head + "\n".join(writer.lines) + "\n" + _TAIL, tuple(writer.entries), people)


class _Writer:
    """Writes entry after entry and keeps the truth beside it."""

    def __init__(self, city: DemoCity, rng: Random) -> None:
        self._rng = rng
        self._residents = {resident.id: resident for resident in city.residents}
        self._places = {place.id: place for place in city.places}
        self._number = 0
        self.lines: list[str] = []
        self.entries: list[ChainEntry] = []

    def sign(self, neighbour: Neighbour, index: int) -> None:
        """One neighbour in some style; every 17th under a nickname, every 21st with company."""
        line = self._line(neighbour)
        if index % 17 == 16:
            nickname = _NICKNAMES[index // 17 % len(_NICKNAMES)]
            self._write(f"{nickname} {'-'.join(line.house)} {line.phone}", "nickname", neighbour)
        elif index % 21 == 20:
            text = f"{line.name} {'-'.join(line.house)} {line.phone} +1"
            self._write(text, "plus_one", neighbour)
        else:
            self._write(self._rng.choice(_STYLES)(line), "plain", neighbour)

    def again(self, neighbour: Neighbour) -> None:
        """Somebody who was not sure whether it went through."""
        line = self._line(neighbour)
        self._write(f"{line.name} {'-'.join(line.house)} {line.phone}", "again", neighbour)

    def placeholder(self) -> None:
        """A number with nothing behind it."""
        self._write("", "placeholder", None)

    def skip_number(self) -> None:
        """Somebody deleted his line and nobody renumbered."""
        self._number += 1

    def _write(self, text: str, kind: str, neighbour: Neighbour | None) -> None:
        self._number += 1
        mark = self._rng.choice(_MARKS)(self._number)
        self.lines.append(f"{mark}{text}")
        resident = neighbour.resident if neighbour else None
        self.entries.append(ChainEntry(self._number, kind, resident))

    def _line(self, neighbour: Neighbour) -> _Line:
        resident = self._residents[neighbour.resident]
        door = self._places[resident.door]
        unit = self._places[door.parent or 0]
        building = self._places[unit.parent or 0]
        skills = [_SKILLS[skill] for skill in neighbour.skills if skill in _SKILLS]
        return _Line(
            name=resident.who.name,
            house=(building.name.removesuffix("号楼"), unit.name.removesuffix("单元"), door.name),
            phone=resident.who.phones[0],
            when=_WHEN[neighbour.available],
            extra=f" {' '.join(skills)}" if skills else "",
        )
