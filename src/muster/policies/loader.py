"""Reads a policy folder into one frozen `Policy`; names file and field of what does not fit."""

import re
import tomllib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import pairwise
from typing import Any

import msgspec

from muster.policies.errors import BadPolicy, UnknownPolicy
from muster.policies.model import Policy

PARTS = (
    "zones",
    "screening",
    "antigen",
    "rhythm",
    "roles",
    "rest",
    "planning",
    "teams",
    "newcomers",
    "retention",
)
_FOLDER = re.compile(r"\d{4}_\d{2}")


def names() -> tuple[str, ...]:
    """The policies that ship with Muster, oldest first, such as ``("2022-04", "2022-06")``."""
    folders = (
        entry.name for entry in files(__package__).iterdir() if _FOLDER.fullmatch(entry.name)
    )
    return tuple(sorted(name.replace("_", "-") for name in folders))


@cache
def load(name: str) -> Policy:
    """The policy called `name`, read once. Raises `UnknownPolicy` and `BadPolicy`."""
    if name not in names():
        raise UnknownPolicy(name=name, known=", ".join(names()))
    return read(name, files(__package__).joinpath(name.replace("-", "_")))


def read(name: str, folder: Traversable) -> Policy:
    """The policy in `folder`. Parts that it lacks come from the policy that it names as `base`."""
    head = _table(name, folder, "policy")
    base = load(head.pop("base")) if "base" in head else None
    parts: dict[str, Any] = {}
    for part in PARTS:
        if base is not None and not folder.joinpath(f"{part}.toml").is_file():
            parts |= _inherited(base, part)
        else:
            parts |= _table(name, folder, part)
    try:
        policy = msgspec.convert({"name": name, **head, **parts}, Policy)
    except msgspec.ValidationError as error:
        raise BadPolicy(name=name, file="*.toml", reason=str(error)) from error
    _check(policy)
    return policy


def _inherited(base: Policy, part: str) -> dict[str, Any]:
    field = "levels" if part == "zones" else part
    return {field: msgspec.to_builtins(getattr(base, field))}


def _table(name: str, folder: Traversable, part: str) -> dict[str, Any]:
    file = folder.joinpath(f"{part}.toml")
    try:
        return tomllib.loads(file.read_text("utf-8"))
    except FileNotFoundError as error:
        raise BadPolicy(name=name, file=file.name, reason="the file is missing") from error
    except tomllib.TOMLDecodeError as error:
        raise BadPolicy(name=name, file=file.name, reason=str(error)) from error


def _check(policy: Policy) -> None:
    """What types alone cannot say: every key that points somewhere points at something."""
    levels, roles = {v.key for v in policy.levels}, {r.key for r in policy.roles}
    for level in policy.levels:
        if level.upgrade_on_positive not in {None, *levels}:
            reason = f"{level.key}.upgrade_on_positive names no level: {level.upgrade_on_positive}"
            raise BadPolicy(name=policy.name, file="zones.toml", reason=reason)
    for crew in policy.screening.crew:
        if crew.role not in roles:
            reason = f"crew.role names no role: {crew.role}"
            raise BadPolicy(name=policy.name, file="screening.toml", reason=reason)
    if len({r.bit for r in policy.roles}) != len(policy.roles):
        raise BadPolicy(name=policy.name, file="roles.toml", reason="two roles share a bit")
    _check_load(policy)
    _check_rhythm(policy)
    _check_antigen(policy)


def _check_antigen(policy: Policy) -> None:
    """Every series has days, rising from 1, and a kit for each; every hour is one of the day."""
    for series in policy.antigen.series:
        days = series.days
        if not days or days[0] < 1 or list(days) != sorted(set(days)) or series.kits_per_person < 1:
            reason = f"{series.key}: days must rise from 1, with a kit each"
            raise BadPolicy(name=policy.name, file="antigen.toml", reason=reason)
    if not 0 <= policy.antigen.late_hour <= 23:
        reason = "antigen.late_hour must be an hour of the day"
        raise BadPolicy(name=policy.name, file="antigen.toml", reason=reason)


def _check_rhythm(policy: Policy) -> None:
    """The last step holds always, and every step comes back after a day at least."""
    steps = policy.rhythm.steps
    if not steps or steps[-1].case_within_rounds or steps[-1].case_within_days:
        reason = "rhythm.steps must end with a step that has no condition"
        raise BadPolicy(name=policy.name, file="rhythm.toml", reason=reason)
    if any(step.every_days < 1 for step in steps):
        reason = "rhythm.steps.every_days must be at least 1"
        raise BadPolicy(name=policy.name, file="rhythm.toml", reason=reason)


def _check_load(policy: Policy) -> None:
    """A further shift never costs less more than the one before: the solver counts on it."""
    steps = [b - a for a, b in pairwise(policy.planning.load)]
    if len(steps) < 1 or steps[0] < 0 or any(b < a for a, b in pairwise(steps)):
        reason = "planning.load must not fall, and must rise more with each shift"
        raise BadPolicy(name=policy.name, file="planning.toml", reason=reason)
