"""Role switch (转岗): may this person take this role tonight, and what is still missing."""

from collections.abc import Iterable
from dataclasses import dataclass

from muster.policies import Policy
from muster.policies.model import Role


@dataclass(frozen=True, slots=True)
class Candidate:
    """What is known of a person who wants a role. `health` is ``ok``, ``symptoms``,
    ``close_contact`` or ``unknown``; `ticked` the checklist keys of that role."""

    skills: frozenset[str]
    qualifications: frozenset[str] = frozenset()
    health: str = "unknown"
    ticked: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class RoleAnswer:
    """All the reasons that stand against it, not only the first: ``qualification_missing``,
    ``health_unknown``, ``health_not_ok``, ``skill_missing``, ``not_ticked``, each with its key."""

    allowed: bool
    reasons: tuple[tuple[str, str], ...]

    def __bool__(self) -> bool:
        return self.allowed


_SKILL_NEEDS = ("phone_skill", "stamina")


def may_take(policy: Policy, role: str, who: Candidate) -> RoleAnswer:
    """Whether `who` may take `role`. Raises `KeyError` for an unknown role."""
    rule = policy.role(role)
    reasons = (*standing_reasons(rule, who), *_unticked(rule, who.ticked))
    return RoleAnswer(not reasons, reasons)


def standing_reasons(rule: Role, who: Candidate) -> tuple[tuple[str, str], ...]:
    """The reasons that ticking a checklist cannot mend."""
    reasons: list[tuple[str, str]] = []
    if rule.qualification and rule.qualification not in who.qualifications:
        reasons.append(("qualification_missing", rule.qualification))
    if "health" in rule.needs and who.health != "ok":
        code = "health_unknown" if who.health == "unknown" else "health_not_ok"
        reasons.append((code, who.health))
    reasons += [
        ("skill_missing", need)
        for need in _SKILL_NEEDS
        if need in rule.needs and need not in who.skills
    ]
    return tuple(reasons)


def mask(policy: Policy, roles: Iterable[str]) -> int:
    """The roles as a bit mask, bit r set for the role whose `bit` is r."""
    return sum(1 << policy.role(role).bit for role in set(roles))


def _unticked(rule: Role, ticked: frozenset[str]) -> tuple[tuple[str, str], ...]:
    return tuple(("not_ticked", line.key) for line in rule.checklist if line.key not in ticked)
