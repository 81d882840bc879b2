"""The front-line roles of the policy in force, for forms and filters."""

from collections.abc import Mapping

from django.conf import settings
from django.http import QueryDict

from muster import policies
from muster.policies.model import Role, ZoneLevel
from muster.web import fields


def roles() -> tuple[Role, ...]:
    """Every role, in the policy's order."""
    return policies.load(settings.MUSTER_POLICY).roles


def role(key: str) -> Role | None:
    """One role by its key."""
    return next((r for r in roles() if r.key == key), None)


def levels() -> tuple[ZoneLevel, ...]:
    """Every zone level, the strictest first."""
    return tuple(sorted(policies.load(settings.MUSTER_POLICY).levels, key=lambda x: -x.rank))


def need_of(data: QueryDict) -> Mapping[str, int]:
    """Role → heads from fields called ``need-<role>``; what is left empty is not needed."""
    need = {r.key: fields.number(data, f"need-{r.key}", 0) for r in roles()}
    return {key: count for key, count in need.items() if count}
