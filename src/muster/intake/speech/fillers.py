"""Words that are never a remark by themselves. Source: SCHEMA A10, note."""

import re
from functools import lru_cache

from muster.intake.writing import words

FILLERS = words(
    """
    报名 报名参加 我报名 参加 参与 可以 都可以 可 都行 也行 行 能来 我来 来 加我 算我一个 收到
    已报名 报 志愿者 有空 有时间 没问题 方便 在 在家 想做 想 能 会 也 都 电话 联系电话 手机
    手机号 号码 联系方式 房号 住 住址 地址 同号 微信同号 备用 无 姓名 昵称 单位 时间 特长 岗位
    意向 好的 谢谢 辛苦了 再加 要 需要 麻烦 帮忙 的 和 与 及 是 改为 改成 改到 更正 改 tel 个
    位 人 家 一个 家里 原来 一起 带 可做 做 到 至 后 前 以后 年 是否党员 政治面貌 都能 均可 我
    """
)
_FILLER = re.compile(
    "(?:" + "|".join(sorted(map(re.escape, FILLERS), key=len, reverse=True)) + ")+", re.IGNORECASE
)
_ENDS = re.compile("(?:报名参加|报名|参加|可以|都行|也行|能来|我来|收到|有空|有时间|没问题)$")
_STARTS = re.compile("^(?:我是|我叫|本人|我家|算上)(?=..)")


@lru_cache(maxsize=4096)
def is_filler(word: str) -> bool:
    """The word (simplified, without punctuation) is a chain of fillers."""
    return _FILLER.fullmatch(word) is not None


def trim_fillers(word: str) -> tuple[int, int]:
    """Where the word begins and ends without a polite start or end: 李明报名 → 李明."""
    start = _STARTS.match(word)
    end = _ENDS.search(word)
    return (start.end() if start else 0), (end.start() if end else len(word))
