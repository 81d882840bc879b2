"""What people say about the entry itself: cancelled, unsure, the same as above, changed to, labels.

Source: SCHEMA A10.
"""

import re
from dataclasses import dataclass

from muster.intake.speech.slate import BLANK, Slate
from muster.intake.writing import HAN

_STOP = rf"[^\s,;。、!?()\[\]{BLANK}]"
_UNSURE = re.compile(rf"看情况|不确定|时间(?:待定|不定)|(?:不一定|可能|也许){_STOP}*|时间不一定")
_NOT_CANCELLED = re.compile(rf"取消(?!了)(?=[{HAN}]){_STOP}*")
_CANCELLED = re.compile(
    rf"已?经?取消了?(?![{HAN}])|已?退出了?(?![{HAN}])|已退了?(?![{HAN}])|(?<![^\s,;。、!?()\[\]{BLANK}\-:])退了?(?![^\s,;。、!?()\[\]{BLANK}\-])"
    r"|作废|不要了|[来去]不了了?|不[去来]了|❌|取消(?=了)"
)
_CANCEL_HINT = re.compile("[消退废了❌]")
_REFERENCE = re.compile(
    r"(?P<what>地址|住址|房号|时间)?[: ]?"
    r"(?:(?:同|和|跟|与)\s?(?P<no>\d{1,3})\s?(?:号(?![楼院])(?:一样|相同)?|一样|相同)"
    r"|同楼上|同上(?:户)?|同前|[和跟与](?:上面|楼上|前面)的?一样)"
)
_SAID_HINT = re.compile("[看确间一能许同样改更]")
_CORRECTION = re.compile(r"(?:房号|住址|地址|电话|手机号?|时间)?(?:改为|改成|改到|更正为?)\s?:?")
_STAMP = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s+\d{1,2}:\d{2}(?::\d{2})?")
_LINK = re.compile(r"https?://[^\s\u4e00-\u9fff]+")
_REMARK = re.compile(r"备注\s*[: ]\s*(?P<text>[^\n]*)")

_LABELS = (
    "楼栋房号 收货地址 可服务时间 可值班时间 意向岗位 岗位意向 政治面貌 工作单位 联系方式 联系电话 "
    "联系人 收件人 姓名 昵称 房号 住址 地址 电话 手机号码 手机号 手机 时间 特长 单位 需要 需求 tel"
)
_LABEL = "|".join(_LABELS.split())
_LABELLED = re.compile(
    rf"(?P<label>{_LABEL})(?:\s*:\s*|(?=[\d+{BLANK}]))|(?:(?<=[\s,;、。()\[\]\-{BLANK}])|^)(?P<label2>{_LABEL})\s+",
    re.IGNORECASE,
)
_HINT = re.compile("[联收姓昵房住地电手时特单需意岗政工可楼tT]")
_VALUE = re.compile(rf"(?P<one>[{HAN}] +[{HAN}])(?![{HAN}])|[^\s,;、。()\[\]|/{BLANK}]+")
NAME_LABELS = ("姓名", "联系人", "收件人", "昵称")
EMPLOYER_LABELS = ("单位", "工作单位")


@dataclass(frozen=True, slots=True)
class Reference:
    """The same as the entry before (`no` None) or as entry `no`. `what`: "house", "times" or None
    (bare: whatever is missing)."""

    no: int | None
    what: str | None


@dataclass(frozen=True, slots=True)
class Phrases:
    doubtful: bool
    cancelled: bool
    references: tuple[Reference, ...]
    corrections: tuple[int, ...]


def read_phrases(slate: Slate) -> Phrases:
    """Take what is said about the entry itself; an unsure phrase is kept for the note."""
    if not _SAID_HINT.search(slate.view):
        return Phrases(False, _cancelled(slate), (), ())
    references = tuple(_references(slate))
    doubtful = False
    for match in slate.finditer(_UNSURE):
        slate.keep(*match.span())
        doubtful = True
    corrections = []
    for match in slate.finditer(_CORRECTION):
        corrections.append(match.start())
        slate.take(*match.span())
    return Phrases(doubtful, _cancelled(slate), references, tuple(corrections))


def set_aside(slate: Slate) -> None:
    """Timestamps of exports are nothing; links and remarks go to the note unread."""
    for match in slate.finditer(_STAMP):
        slate.take(*match.span())
    for match in slate.finditer(_LINK):
        slate.keep(*match.span())
    for match in slate.finditer(_REMARK):
        slate.take(match.start(), match.start("text"))
        slate.keep(*match.span("text"))


def read_labels(slate: Slate) -> dict[str, str]:
    """Take the labels; the values of a name's and an employer's label too: label → value."""
    values: dict[str, str] = {}
    if not _HINT.search(slate.view):
        return values
    spans = []
    for match in slate.finditer(_LABELLED):
        spans.append((match["label"] or match["label2"], match.end()))
        slate.take(*match.span())
    for label, at in spans:
        if label in NAME_LABELS or label in EMPLOYER_LABELS:
            value = _VALUE.match(slate.view, at)
            if value and label not in values and value[0] not in {"无", "没有"}:
                slate.take(*value.span())
                values[label] = slate.written(*value.span())
    return values


def _references(slate: Slate) -> list[Reference]:
    found = []
    for match in slate.finditer(_REFERENCE):
        what = {"时间": "times", None: None}.get(match["what"], "house")
        found.append(Reference(int(match["no"]) if match["no"] else None, what))
        slate.take(*match.span())
    return found


def _cancelled(slate: Slate) -> bool:
    if not _CANCEL_HINT.search(slate.view):
        return False
    for match in slate.finditer(_NOT_CANCELLED):
        slate.keep(*match.span())
    cancelled = False
    for match in slate.finditer(_CANCELLED):
        slate.take(*match.span())
        cancelled = True
    return cancelled
