"""Amounts of goods: 4斤, 两板, 半斤, 一斤半, ×3, *10根, 两三斤, 若干. Source: SCHEMA A9."""

import re
from dataclasses import dataclass

from muster.intake.speech.numerals import whole
from muster.intake.writing import words

UNITS = words(
    """
    公斤 毫升 kg mg ml 斤 克 g 袋 包 盒 箱 瓶 桶 罐 听 提 板 个 颗 根 条 只 份 把 捆 棵 块 片
    支 管 卷 双 套 件 组 盘 筐 兜 升 L 张 枚 头 付 笼 抽 粒 两
    """
)
# Goods whose own names hold what looks like an amount.
BRANDED = "六个核桃 三只松鼠 四件套 三件套 五件套 七个小矮人 千张 百张"
VAGUE = "若干|一些|少许"

_D = "一二两三四五六七八九"
UNIT = "(?:" + "|".join(re.escape(u) + ("(?![A-Za-z])" if u.isascii() else "") for u in UNITS) + ")"
_NUMBER = r"(?:\d{1,5}(?:\.\d{1,3})?|[零〇一二两三四五六七八九十百]{1,5})"
_NOT_GOODS = r"(?!人|月|小时|钟头|月大|星期|礼拜|元|钱)"
AMOUNT = (
    rf"(?P<lo>[{_D}]|\d{{1,3}}(?:\.\d)?)(?:(?<=[{_D}])|[-~到至])(?P<hi>[{_D}](?=\D)|\d{{1,3}}(?:\.\d)?)(?P<ru>{UNIT})"
    rf"|几(?P<fu>{UNIT})"
    rf"|半(?P<hu>{UNIT})"
    rf"|(?P<n>{_NUMBER})\s?(?P<u>{UNIT}){_NOT_GOODS}(?P<half>半(?!{UNIT}))?"
    rf"|(?P<times>[×✕xX*])\s?(?P<tn>{_NUMBER})(?:\s?(?P<tu>{UNIT})|(?![A-Za-z\d.]))"
    rf"|(?P<vague>{VAGUE})"
)
_AMOUNT = re.compile(AMOUNT, re.IGNORECASE)
HINT = re.compile(
    rf"(?:(?<![\d.报])(?:{_NUMBER}|半)(?:{UNIT}){_NOT_GOODS}|(?<![×*xX])[×*x]\s?\d)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """`number` None with a unit: said as a range; `doubtful` then. None without: 若干."""

    number: float | None
    unit: str | None
    doubtful: bool = False


def read_quantity(match: re.Match[str]) -> Quantity:
    """What a match of AMOUNT says."""
    if match["vague"]:
        return Quantity(None, None)
    if match["ru"] or match["fu"]:
        return Quantity(None, match["ru"] or match["fu"], doubtful=True)
    if match["hu"]:
        return Quantity(0.5, match["hu"])
    if match["times"]:
        return Quantity(_number(match["tn"]), match["tu"])
    number = _number(match["n"])
    return Quantity(number + 0.5 if match["half"] and number is not None else number, match["u"])


def parse_quantity(text: str) -> Quantity | None:
    """The amount that stands at the start of `text`, or None."""
    match = _AMOUNT.match(text)
    return read_quantity(match) if match else None


def _number(text: str) -> float | None:
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        number = float(text)
        return int(number) if number.is_integer() else number
    return whole(text)
