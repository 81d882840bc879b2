"""Why everybody is in his team, as data and in a few words."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from muster.planner.teams.group import Group
from muster.planner.teams.splitting import Split, way


class Because(StrEnum):
    """One reason."""

    PINNED = "pinned"
    LEADS = "leads"
    NEAREST = "nearest"
    NOT_NEAREST = "not_nearest"
    UNIT = "unit"
    BRINGS = "brings"
    TOGETHER = "together"
    APART = "apart"


@dataclass(frozen=True, slots=True)
class Reason:
    """`number`: km of the way, or how many of the unit are there too; `names`: skills, or keys of
    the others of a pair."""

    because: Because
    number: float = 0.0
    names: tuple[str, ...] = ()


def reasons(group: Group, found: Split) -> list[tuple[Reason, ...]]:
    """(people,) the reasons for each, the weightiest first."""
    there = Counter(zip((m.unit for m in group.members), found.team, strict=True))
    return [_of(group, found, i, there[m.unit, found.team[i]]) for i, m in enumerate(group.members)]


def _of(group: Group, found: Split, member: int, known: int) -> tuple[Reason, ...]:
    at, who = found.team[member], group.members[member]
    if who.key in group.pins:
        return (Reason(Because.PINNED),)
    if found.leader[at] == member:
        return (Reason(Because.LEADS),)
    ways = [way(group, member, k) for k in range(len(group.teams))]
    near = Because.NEAREST if ways[at] <= min(ways) else Because.NOT_NEAREST
    needed = tuple(sorted(who.skills & group.teams[at].skills.keys()))
    return tuple(
        reason
        for reason, holds in (
            (Reason(near, ways[at]), True),
            (Reason(Because.UNIT, known - 1, (who.unit,)), who.unit and known > 1),
            (Reason(Because.BRINGS, 0, needed), needed),
            (_paired(Because.TOGETHER, group.together, who.key)),
            (_paired(Because.APART, group.apart, who.key)),
        )
        if holds
    )


def _paired(
    because: Because, pairs: Sequence[tuple[str, str]], key: str
) -> tuple[Reason, tuple[str, ...]]:
    others = tuple(b if a == key else a for a, b in pairs if key in (a, b))
    return Reason(because, 0, others), others


def told(reason: Reason) -> str:
    """A reason in words."""
    names = ", ".join(reason.names)
    return {
        Because.PINNED: "pinned",
        Because.LEADS: "leads",
        Because.NEAREST: f"{reason.number:.1f} km",
        Because.NOT_NEAREST: f"{reason.number:.1f} km, not the nearest",
        Because.UNIT: f"with {reason.number:.0f} of {names}",
        Because.BRINGS: f"brings {names}",
        Because.TOGETHER: f"stays with {names}",
        Because.APART: f"apart from {names}",
    }[reason.because]
