"""How many people one entry signs up: +1, 2人, 夫妇, 一家三口, 和老公, 代妈妈报.

Source: SCHEMA A5."""

import re
from dataclasses import dataclass

from muster.intake.names import is_real_name
from muster.intake.speech.numerals import whole
from muster.intake.speech.slate import Slate
from muster.intake.writing import HAN, words

RELATIVES = words(
    """
    老公 老婆 爱人 丈夫 妻子 儿子 女儿 儿媳 女婿 爸爸 妈妈 我爸 我妈 公公 婆婆 姐姐 妹妹 哥哥
    弟弟 孩子
    """
)
_KIN = "|".join(RELATIVES)
_N = "(?:\\d{1,2}|[一二三四五六七八九十两])"
_PROXY = re.compile(
    r"(?P<more>也|再|还|顺便)*(?:代|替|帮|给)(?P<who>[^\s,;、。\x00()]{1,8}?)(?P<also>也|再|还|顺便)*报"
    r"(?:名|上|了|一个|1个|一下|个)*"
)
_FAMILY = re.compile(rf"(?:我们?)?一家(?P<n>{_N})口人?")
_PAIR = re.compile("夫妇俩?|夫妻俩?|我们俩|我们两个|两口子|俩人")
_SAID = re.compile(
    rf"(?:我们|一共|共)?(?<![\d./*满第])(?<!\d-)(?P<n>{_N})(?:个人|人|位)(?![数员份工民家类均体次行])"
)
_PLUS = re.compile(r"\+\s?(?P<n>\d{1,2}|[一二三四五六七八九两])(?![\d.])(?:人|个人|位)?")
_WITH = re.compile(
    rf"(?:我?(?:和|跟|与|带上|带着|带|同)\s?[我她他]?(?:的|家)?(?:{_KIN})|(?<![{HAN}])我俩)(?:一起)?"
)
_BRACKET = re.compile(rf"\s?[(\[【](?:{_KIN}|[:,、 ])*(?P<name>[{HAN}·]{{2,4}})[^)\]】]*[)\]】]")
_HINT = re.compile("[人位+夫俩口和跟与带同代替帮给]")
_NAME_BEFORE = re.compile(rf"[{HAN}A-Za-z0-9·~.]")


@dataclass(frozen=True, slots=True)
class Companions:
    """`people` as said, or None; `plus` counts on top of the name (+N); `doubtful`: a person has to
    settle it. `poster`: a proxy sign-up, whose name is the poster's."""

    people: int | None = None
    plus: int | None = None
    doubtful: bool = False

    def total(self, *, named: bool, others: int) -> int:
        if self.people is not None:
            return self.people
        if self.plus is not None:
            return self.plus + (1 if named else 0)
        return 1 + others


def read_companions(slate: Slate) -> Companions:
    """Take every count of people; a proxy sign-up is kept for the note and always doubtful."""
    view = slate.view
    if not _HINT.search(view):
        return Companions()
    proxy = _PROXY.search(view)
    if proxy:
        slate.keep(*proxy.span())
        more = proxy["more"] or proxy["also"] or re.search("[也再还]|顺便", proxy["who"])
        return Companions(people=2 if more else 1, doubtful=True)
    plus, doubtful = _plus(slate)
    people = _said(slate)
    if people is not None:
        return Companions(people=people, doubtful=doubtful and plus is None)
    return Companions(plus=plus, doubtful=doubtful)


def _said(slate: Slate) -> int | None:
    answers: list[int] = []
    for pattern, fixed in ((_FAMILY, None), (_SAID, None), (_PAIR, 2), (_WITH, 2)):
        for match in slate.finditer(pattern):
            count = fixed or whole(match["n"])
            if count is not None:
                answers.append(count)
                slate.take(*match.span())
    return answers[0] if answers else None


def _plus(slate: Slate) -> tuple[int | None, bool]:
    match = _PLUS.search(slate.view)
    if not match:
        return None, False
    slate.take(*match.span())
    behind = _BRACKET.match(slate.view, match.end())
    return whole(match["n"]), not (behind and is_real_name(behind["name"]))
