"""A chain given back: numbered anew, one entry a line, fit to paste into the group, without phones.

Needs keep their amounts, head counts their figures; cancelled entries and placeholders go; doubtful
ones end in （?） so that the neighbours themselves can mend them.
"""

import re

from muster.intake.chains.model import Chain, Entry, Flag, Kind
from muster.intake.speech.phones import read_phones
from muster.intake.speech.slate import Slate

_DAYS = dict(
    zip(
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun", "today", "tomorrow", "day_after"],
        ["周一", "周二", "周三", "周四", "周五", "周六", "周日", "今天", "明天", "后天"],
        strict=True,
    )
)
_PARTS = {
    "am": "上午",
    "noon": "中午",
    "pm": "下午",
    "evening": "晚上",
    "night": "夜里",
    "daytime": "白天",
    "allday": "全天",
    "anytime": "随时",
    "after_work": "下班后",
}
_SIDES = frozenset("东西南北中")
_LONG_NUMBER = re.compile(r"\d{7,}")


def clean_chain(chain: Chain) -> str:
    """The chain as text to paste. No telephone or identity number is in it, wherever it stood."""
    lines = ["#接龙", *([_without_numbers(chain.title)] if chain.title else [])]
    if chain.example:
        lines.append(f"例 {_without_numbers(chain.example)}")
    lines.append("")
    live = [e for e in chain.entries if not (e.is_placeholder or e.cancelled)]
    lines += [f"{n}. {_line(e, chain.kind)}".rstrip() for n, e in enumerate(live, 1)]
    return "\n".join(lines) + "\n"


def _line(entry: Entry, kind: Kind) -> str:
    fields = [entry.name or "", *entry.others, _house(entry)]
    if kind is Kind.SIGNUP:
        fields += _signup(entry)
    elif kind is Kind.NEEDS:
        fields += [
            f"{i.name}{_spec(i.spec)}{_figure(i.quantity)}{i.unit or ''}" for i in entry.items
        ]
    else:
        fields += _count(entry)
    if entry.note:
        fields.append(f"（{_without_numbers(entry.note)}）")
    if {Flag.AMBIGUOUS, Flag.UNPARSED} & set(entry.flags):
        fields.append("（?）")
    return " ".join(f for f in fields if f)


def _signup(entry: Entry) -> list[str]:
    times = []
    for slot in entry.availability:
        days = "、".join(_DAYS.get(d, d) for d in slot.days or ())
        clock = f"{slot.start or ''}-{slot.end or ''}" if slot.start or slot.end else ""
        times.append(days + (_PARTS[slot.part] if slot.part else "") + clock)
    more = entry.people - 1 - len(entry.others)
    return [*times, f"{entry.people}人" if more > 0 else "", entry.org or ""]


def _count(entry: Entry) -> list[str]:
    if entry.present is None:
        return [f"{entry.expected}人"] if entry.expected is not None else []
    expected = entry.expected if entry.expected is not None else "?"
    return [f"{entry.present}/{expected}"]


def _house(entry: Entry) -> str:
    house = entry.house
    if not house:
        return ""
    if house.area and not (house.unit or house.room) and house.building:
        return f"{house.area}{house.building}号{'楼' if house.area[-1] not in '街巷路排' else ''}"
    area = house.area or ""
    if house.building and house.unit and house.room and house.unit not in _SIDES:
        return f"{area}{house.building}-{house.unit}-{house.room}"
    building = f"{house.building}号楼" if house.building else ""
    unit = f"{house.unit}单元" if house.unit else ""
    return f"{area}{building}{unit}{house.room or ''}"


def _spec(spec: str | None) -> str:
    return f"({spec})" if spec else ""


def _figure(number: float | None) -> str:
    return "" if number is None else f"{number:g}"


def _without_numbers(text: str) -> str:
    slate = Slate(text)
    read_phones(slate)
    kept = (slate.text[a:b] for a, b, _ in slate.rest())
    return _LONG_NUMBER.sub("…", "".join(kept)).strip()
