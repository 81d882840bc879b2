"""Who an entry names. Source: SCHEMA A5.

In a sign-up a real name anywhere wins, else the first word left is a nickname. In needs and head
counts only what looks like a person is one; everything else is goods or a remark.
"""

import re
from dataclasses import dataclass

from muster.intake.names import KIN_ENDINGS, is_familiar, is_real_name, is_titled
from muster.intake.speech.companions import RELATIVES
from muster.intake.speech.employers import read_employer
from muster.intake.speech.fillers import is_filler, trim_fillers
from muster.intake.speech.quantities import AMOUNT
from muster.intake.speech.slate import BLANK, Slate
from muster.intake.speech.times import read_times
from muster.intake.speech.trades import read_party, read_trades
from muster.intake.writing import HAN, is_emoji, says_something, simplify, words

_EDGE = rf"\s,;|/、。()\[\]{{}}<>《》“”\"‘’【】—–:!?{BLANK}\-"
_WORD = re.compile(rf"[^{_EDGE}]+")
_SPACED = re.compile(rf"\s*(?P<name>[{HAN}][ ]+[{HAN}])(?=[{_EDGE}]|$)")
_JOINED = re.compile("[和与跟及&+]")
_KIN = re.compile("^(?:" + "|".join(RELATIVES) + ")(?=..)")
_HAN_RUN = re.compile(rf"[{HAN}·•]+")
_MEASURE = re.compile(AMOUNT, re.IGNORECASE)
_BEFORE_GOODS = re.compile(rf"\s?(?:[(\[][^)\]]*[)\]]\s?)?(?:各|、|装|{AMOUNT})")
_AMOUNT_FIRST = re.compile(rf"[\s,](?:{AMOUNT})(?=[{HAN}])(?!的)")
# Goods and remarks that look like a surname with a given name, 小 with a name, or end like kin.
NOT_PERSONS = frozenset(
    words(
        """
        白菜 白糖 白酒 白醋 白面 白萝卜 黄瓜 黄豆 黄酒 黄油 黄桃 牛奶 牛肉 牛腩 牛油果 马铃薯 毛豆
        毛巾 毛肚 金针菇 金桔 陈醋 陈皮 方便面 包子 包菜 麦片 龙眼 车厘子 温度计 鲍鱼 康师傅
        安慕希 鲁花 金龙鱼 石榴 梅干菜 苗条 常温奶 冷冻肉 路由器 酸奶 豆奶 奶奶 鲜奶 纯奶 老干妈
        小米 小葱 小白菜 小油菜 小番茄 小米椒 小苏打 小麦粉 小面包 小孩 小时 小区 小朋友 小宝宝
        小心 小便 老抽 老人 老家 老年人 老伴 老陈醋 阿胶 阿姨 大妈 大姐 大爷 大哥 保姆 甘草 柏子
        芦柑 夏凉被 柴鸡蛋 柴米油 卫生纸 卫生巾 葛根 项链 单子 全家 安神药 安眠药 金嗓子 柴胡 党参
        汤圆 汤料 苏打水 苏打 范围 高粱米 游泳圈 石斛 邮票 花生 凌晨 冷饮 冷冻 车票 米 米粉 于
        施肥 管子 安全套 景观 鱼 麦芽 苹果 梅子 梅菜 梅花 柳橙 葛粉
        """
    )
)


@dataclass(frozen=True, slots=True)
class Found:
    start: int
    end: int
    name: str


def guard_nickname(slate: Slate) -> None:
    """Close the first word to the readers of times and trades, unless what remains of it without
    them is a real name or nothing (今年必破130, 早上不起床, 李大夫 are nicknames)."""
    for match in _WORD.finditer(slate.plain.replace(BLANK, " ")):
        start, end = match.span()
        free = slate.view[start:end].strip(BLANK)
        if not _says(free):
            continue
        if is_real_name(free) and free[0] not in "周週":  # 周一鸣 begins like a day
            return
        rest = _without_words(slate.excerpt(start, end))
        if rest and (is_real_name(free) or not all(is_real_name(w) for w in rest)):
            slate.guard(start, end)
        return


def _without_words(word: Slate) -> list[str]:
    """What remains of a word when times and trades are taken out; nothing if it holds none."""
    before = word.view
    read_times(word)
    read_trades(word)
    if word.view == before:
        return []
    read_party(word)
    read_employer(word)
    return [w for w in _words(word.view) if not is_filler(w)]


def read_persons(slate: Slate) -> list[Found]:
    """Take every real name, in order."""
    found: list[Found] = []
    spaced = _SPACED.match(slate.open)
    if spaced and not is_filler(spaced["name"].replace(" ", "")):
        start, end = spaced.span("name")
        found.append(_taken(slate, start, end, slate.written(start, end).replace(" ", "")))
    for match in _WORD.finditer(slate.open):
        for start, end in _real_spans(match[0]):
            at = match.start()
            found.append(_taken(slate, at + start, at + end, slate.written(at + start, at + end)))
    return [_household(slate, f) for f in found]


def read_nickname(slate: Slate) -> str | None:
    """Take the first word left that is not polite noise, or None."""
    for match in _WORD.finditer(slate.open):
        word = match[0]
        if not any(c.isalnum() or is_emoji(c) for c in word) or is_filler(word):
            continue
        if not _says(word) and found_sign(word):
            continue
        slate.take(*match.span())
        return slate.written(*match.span())
    return None


def found_sign(word: str) -> bool:
    """Only selectors and joiners, no picture."""
    return not any(is_emoji(c) and c not in "\u200d\ufe0f\ufe0e\u20e3" for c in word)


def read_customer(slate: Slate, *, goods: bool) -> Found | None:
    """Take the person of an order or a head count: a real name, a title, 老秦, a word with an
    emoji. With `goods`, a word directly before an amount is no person."""
    view = slate.view
    for match in _WORD.finditer(view):
        word = match[0]
        spoken = "".join(c for c in word if not is_emoji(c))
        if simplify(spoken) in NOT_PERSONS or is_filler(spoken):
            continue
        if goods and _is_goods(view, match, spoken):
            continue
        name = _customer(word, spoken, first=match.start() == 0)
        if name:
            start = match.start() + word.index(name)
            end = match.end() if word.endswith("家") else start + len(name)
            slate.take(match.start(), max(end, match.end() if name == spoken else end))
            return Found(start, end, slate.written(start, start + len(name)))
    return None


def _is_goods(view: str, match: re.Match[str], spoken: str) -> bool:
    """A word before an amount is what is wanted; a real name before 2斤葡萄 is who wants it."""
    if _MEASURE.search(match[0]):
        return True
    if not _BEFORE_GOODS.match(view, match.end()):
        return False
    return not (is_real_name(spoken) and _AMOUNT_FIRST.match(view, match.end()))


def _customer(word: str, spoken: str, *, first: bool) -> str | None:
    bare = spoken[:-1] if spoken.endswith("家") and len(spoken) > 2 else spoken
    if spoken in word and is_real_name(bare):
        return bare
    if spoken != word and any(c.isalnum() for c in spoken):
        return word
    if is_titled(bare) or is_familiar(bare):
        return bare
    return word if first and not spoken else None


def _taken(slate: Slate, start: int, end: int, name: str) -> Found:
    slate.take(start, end)
    return Found(start, end, name)


def _household(slate: Slate, found: Found) -> Found:
    """X家 after a real name X is X."""
    name = found.name
    if name.endswith("家") and is_real_name(name[:-1]):
        return Found(found.start, found.end, name[:-1])
    return found


def _real_spans(word: str) -> list[tuple[int, int]]:
    """Real names in a word without separators: the word itself, joined by 和, behind a relative,
    or beside an emoji."""
    start, end = trim_fillers(word)
    core = word[start:end]
    if is_real_name(core):
        return [(start, end)]
    pieces = [(m.start(), m.end()) for m in _HAN_RUN.finditer(word)]
    if len(pieces) == 1 and pieces[0] == (0, len(word)):
        return _joined_spans(word)
    if any(c.isascii() and c.isalnum() for c in word):
        return _joined_spans(word)
    spans = []
    for a, b in pieces:
        spans += [(a + x, a + y) for x, y in _real_spans(word[a:b])]
    return spans


def _joined_spans(word: str) -> list[tuple[int, int]]:
    kin = _KIN.match(word)
    if kin and is_real_name(word[kin.end() :]):
        return [(kin.end(), len(word))]
    if len(word) > 3 and word.endswith("家") and is_real_name(word[:-1]):
        return [(0, len(word))]
    spans, at = [], 0
    for piece in _JOINED.split(word):
        if not is_real_name(piece):
            return []
        spans.append((at, at + len(piece)))
        at += len(piece) + 1
    return spans if len(spans) > 1 else []


def _words(view: str) -> list[str]:
    spoken = "".join(" " if is_emoji(c) else c for c in view)
    return [w for w in _WORD.findall(spoken) if says_something(w)]


def _says(text: str) -> bool:
    return any(c.isalnum() or is_emoji(c) for c in text)


__all__ = [
    "KIN_ENDINGS",
    "Found",
    "guard_nickname",
    "read_customer",
    "read_nickname",
    "read_persons",
]
