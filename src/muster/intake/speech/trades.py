"""Skills, roles and party membership in plain words. Source: SCHEMA A8.

Longest word first; what a longer word has used is not read again. A negated word ("不会电脑") is
kept for the note.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from muster.intake.speech.slate import Slate

SKILLS: Mapping[str, str] = {
    "medical": (
        "医护人员 医护 医生 护士 医师 药师 乡医 护工 会急救 急救证 医学生 卫校 退休医生 "
        "退休护士 退休大夫"
    ),
    "data_entry": (
        "会录入 会电脑 懂电脑 会用电脑 电脑熟练 会打字 打字快 会Excel 会做表 做过录入 "
        "懂手机 手机熟练"
    ),
    "driver": "会开车 驾照 有驾照 驾驶证 驾龄 司机",
    "vehicle": "有车 私家车 有私家车 面包车 三轮车 电动车 货车 皮卡 自带车 自备车",
    "veteran": (
        "退伍 退伍军人 退伍老兵 退役 退役军人 退役老兵 复员 复员军人 转业军人 老兵 当过兵 参过军"
    ),
    "counselling": "心理咨询 心理咨询师 心理疏导 心理师",
    "language": (
        "英语 会英语 日语 会日语 韩语 会韩语 俄语 会俄语 外语 会外语 翻译 会翻译 手语 会手语"
    ),
    "it": "程序员 会编程 修电脑 会修电脑 懂网络",
    "repair": "电工 水电工 水暖 水暖工 会维修 维修工 修水管 会修水管 焊工",
    "haircut": "理发 会理发 理发师",
    "cooking": "做饭 会做饭 厨师",
    "teaching": "教师 退休教师 辅导作业 可辅导作业 辅导功课 可辅导功课",
    "publicity": "摄影 会摄影 拍视频 会拍视频 写材料 会写材料 写稿 会写稿",
    "social_work": "社工 社工证",
    "legal": "律师 懂法律",
    "strength": "力气大 有力气 能搬重物 身强力壮 体力好",
}
ROLES: Mapping[str, str] = {
    "recorder": "录入 信息录入 数据录入 信息登记 录入员 登记 扫码",
    "guide": "秩序 维持秩序 秩序维护 引导 引导员 疏导 测温 量体温 验码",
    "disinfection": "消杀 消毒",
    "door_to_door": "扫楼 敲门 入户 上门 跑楼",
    "gate": "卡口 门岗 值守 守门 看门 站岗",
    "patrol": "巡逻 巡查",
    "tracing": "流调 排查 电话排查 打电话",
    "carrier": "搬物资 送物资 搬运 搬东西 卸货 卸车 分拣 分装 配送 送菜 派送 跑腿",
    "medicine": "买药 送药 取药",
    "transport": "接送 转运 运送",
    "antigen": "抗原 发抗原",
    "sampling": "采样",
    "any": (
        "服从安排 服从调配 听安排 听从安排 哪里需要去哪里 什么都行 什么都能干 啥都行 "
        "岗位不限 不限岗位"
    ),
}

_SKILL_OF = {w.lower(): code for code, words in SKILLS.items() for w in words.split()}
_ROLE_OF = {w.lower(): code for code, words in ROLES.items() for w in words.split()}
_WORDS = sorted({*_SKILL_OF, *_ROLE_OF}, key=len, reverse=True)
_TAIL = {
    "驾龄": r"(?:\d+|[一二三四五六七八九十]+)?年?",
    "采样": "(?![点台])",
    "驾照": "",
}
_WORD = "|".join(re.escape(w) + _TAIL.get(w, "") for w in _WORDS)
_TRADE = re.compile(
    rf"(?P<neg>别安排|不会|不能|不要|没有|不|没|无|别)?(?:[可想能]以?做?(?:过)?|[ABC][12](?=驾))?(?P<word>{_WORD})",
    re.IGNORECASE,
)
_PARTY = re.compile(
    r"(?P<neg>不是)?(?P<no>非中共党员|非党员|共青团员|入党积极分子|积极分子|群众|团员"
    r"|是否党员[: ]?(?:否|不是))"
    r"|(?P<out>不是)?(?P<yes>是否党员[: ]?是|中共党员|正式党员|预备党员|党员|🚩)"
)
_LEAD = 8  # as far as 不会 or 可以做 may stand before a word
_FIRST = frozenset(w[0] for w in _WORDS) | frozenset(w[0].upper() for w in _WORDS)
_PARTY_HINT = re.compile("[党团众🚩积]")


@dataclass(frozen=True, slots=True)
class Trades:
    """Codes, sorted."""

    skills: tuple[str, ...]
    roles: tuple[str, ...]


def read_trades(slate: Slate) -> Trades:
    """Take every skill and role word; keep the negated ones for the note."""
    view = slate.view
    if _FIRST.isdisjoint(view):
        return Trades((), ())
    skills: set[str] = set()
    roles: set[str] = set()
    at = next(i for i, c in enumerate(view) if c in _FIRST)
    for match in _TRADE.finditer(view, max(0, at - _LEAD)):
        if match["neg"]:
            slate.keep(*match.span())
            continue
        word = match["word"].lower()
        word = "驾龄" if word.startswith("驾龄") else word
        if word in _SKILL_OF:
            skills.add(_SKILL_OF[word])
        else:
            roles.add(_ROLE_OF[word])
        slate.take(*match.span())
    return Trades(tuple(sorted(skills)), tuple(sorted(roles)))


def read_party(slate: Slate) -> bool | None:
    """Take the words on party membership: True, False, or None when nothing was said."""
    view = slate.view
    if not _PARTY_HINT.search(view):
        return None
    answer: bool | None = None
    for match in _PARTY.finditer(view):
        answer = bool(match["yes"]) and not match["out"]
        slate.take(*match.span())
    return answer
