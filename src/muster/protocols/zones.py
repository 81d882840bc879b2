"""Zones: which level holds at a place at a moment, who may serve where, what still bars lifting.

Places are plain numbers in a tree: a path runs from the root to the place itself. A zone is a list
of notice items, each naming one place, in or excluded, from an effective minute. Sealing a building
inside a controlled estate, or a whole street but the airport, needs nothing else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from muster.policies import Policy
from muster.policies.model import LiftCondition
from muster.protocols.decisions import Decision, allow, refuse

Path = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class PlaceFact:
    """A place with its ancestors, root first, itself last."""

    id: int
    path: Path
    kind: str


@dataclass(frozen=True, slots=True)
class Notice:
    """A numbered notice. With `replaces`, from `effective_at` on only its own items and those of
    later notices hold: the city's habit of listing everything anew."""

    order_number: int
    effective_at: datetime
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class ZoneItem:
    """One line of a notice: the place and all below it is at `level` from `effective_at` up to
    `ended_at`; `excluded` takes it out again. `replaces`: its notice lists everything anew."""

    order_number: int
    place_id: int
    level: str
    excluded: bool
    effective_at: datetime
    ended_at: datetime | None = None
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class ZoneDecision:
    """The level at a place, the item that decided and the reason: ``named`` (the place itself is in
    the notice), ``inside`` (a place around it is), ``excluded``, ``not_in_any_zone``."""

    level: str | None
    because: ZoneItem | None
    reason: str


OPEN = ZoneDecision(None, None, "not_in_any_zone")


def standing(
    items: Iterable[ZoneItem], at: datetime, notices: Iterable[Notice] = ()
) -> tuple[ZoneItem, ...]:
    """The items that hold at `at`: in force, and not overtaken by a later notice that relists.

    `notices` is needed only for a relisting notice that has no items of its own (all lifted).
    """
    started = [item for item in items if item.effective_at <= at]
    last = max((item.order_number for item in started if item.replaces), default=0)
    heads = (n.order_number for n in notices if n.replaces and n.effective_at <= at)
    last = max(last, max(heads, default=0))
    return tuple(
        item
        for item in started
        if item.order_number >= last and (item.ended_at is None or at < item.ended_at)
    )


def level_at(
    path: Sequence[int], items: Iterable[ZoneItem], at: datetime, notices: Iterable[Notice] = ()
) -> ZoneDecision:
    """The level at the place at the end of `path`: the most specific place that is named wins;
    among items for one place the later notice does, then an exclusion over a level."""
    return level_among(path, standing(items, at, notices))


def level_among(path: Sequence[int], held: Iterable[ZoneItem]) -> ZoneDecision:
    """As `level_at`, over items already reduced by `standing`: for many places at one moment."""
    depth = {place: index for index, place in enumerate(path)}
    best = max(
        (item for item in held if item.place_id in depth),
        key=lambda item: (depth[item.place_id], item.order_number, item.excluded),
        default=None,
    )
    if best is None:
        return OPEN
    if best.excluded:
        return ZoneDecision(None, best, "excluded")
    return ZoneDecision(best.level, best, "named" if best.place_id == path[-1] else "inside")


def may_serve(
    policy: Policy,
    home: ZoneDecision,
    home_path: Sequence[int],
    post: ZoneDecision,
    post_path: Sequence[int],
    *,
    enters_sealed: bool = False,
) -> Decision:
    """Whether somebody who lives at `home_path` may stand at `post_path`.

    Who lives in a place that holds its people serves inside that place only; nobody from outside
    enters a sealed place, except a role that the policy lets in (`enters_sealed`, sampling teams).
    Reasons: ``home_open``, ``inside_own_zone``, ``enters_in_suit``; ``home_sealed_post_outside``,
    ``post_sealed_home_outside``. `home_path` and `post_path` are as for `level_at`.
    """
    if _holds(policy, home) and home.because is not None:
        inside = home.because.place_id in post_path
        if not inside:
            return refuse("home_sealed_post_outside", level=home.level, place=home.because.place_id)
    if _closed(policy, post) and post.because is not None:
        if post.because.place_id in home_path:
            return allow("inside_own_zone", level=post.level)
        if not enters_sealed:
            return refuse("post_sealed_home_outside", level=post.level, place=post.because.place_id)
        return allow("enters_in_suit", level=post.level)
    return allow("inside_own_zone" if _holds(policy, home) else "home_open")


def bounds(policy: Policy, decision: ZoneDecision) -> tuple[int | None, int | None]:
    """The place that the people there may not leave and the place that nobody from outside enters:
    a planner's `Place.held_in` and `Place.closed_in`."""
    if decision.because is None:
        return None, None
    place = decision.because.place_id
    return (
        place if _holds(policy, decision) else None,
        place if _closed(policy, decision) else None,
    )


def _holds(policy: Policy, decision: ZoneDecision) -> bool:
    return decision.level is not None and policy.level(decision.level).serve_inside_only


def _closed(policy: Policy, decision: ZoneDecision) -> bool:
    return decision.level is not None and policy.level(decision.level).closed_to_outside


def level_after_positive(policy: Policy, level: str | None) -> str | None:
    """The level a place takes when a positive is found in it; itself when nothing is stricter."""
    if level is None:
        return max(policy.levels, key=lambda each: each.rank).key
    return policy.level(level).upgrade_on_positive or level


def rhythm(policy: Policy, level: str) -> tuple[tuple[int, str], ...]:
    """Days of the level's test rhythm as ``(day, kind)``, day 1 being the day of sealing; `kind` is
    ``nucleic`` or ``antigen``."""
    rule = policy.level(level)
    days = [(day, "nucleic") for day in rule.test_days] + [
        (day, "antigen") for day in rule.antigen_days
    ]
    return tuple(sorted(days))


@dataclass(frozen=True, slots=True)
class LiftFacts:
    """What is known of a zone when its lift is asked for. ``None`` means it never happened, except
    `last_round_at`: no full round was finished. `last_round_clean` says what the last one found.
    `last_contact_at` is the last exposure or transfer of a close contact, whichever is later."""

    sealed_at: datetime
    last_case_at: datetime | None
    last_contact_at: datetime | None
    contacts_negative: bool
    last_round_at: datetime | None
    last_round_clean: bool
    other_zones_open: int = 0


@dataclass(frozen=True, slots=True)
class LiftAnswer:
    """One condition with its outcome; `earliest` is when its clock runs out, if a clock is what
    fails."""

    condition: LiftCondition
    holds: bool
    reason_code: str
    earliest: datetime | None = None


def lift_check(
    policy: Policy, level: str, facts: LiftFacts, at: datetime
) -> tuple[LiftAnswer, ...]:
    """Every condition of the level with its answer, in the policy's order; all must hold."""
    return tuple(_answer(condition, facts, at) for condition in policy.level(level).lift)


def _answer(condition: LiftCondition, facts: LiftFacts, at: datetime) -> LiftAnswer:
    span = timedelta(days=condition.days)
    match condition.key:
        case "no_new_case":
            return _clock(condition, facts.last_case_at or facts.sealed_at, span, at, "new_case")
        case "contacts_clear":
            if not facts.contacts_negative:
                return LiftAnswer(condition, False, "contact_not_negative")
            if facts.last_contact_at is None:
                return LiftAnswer(condition, True, "holds")
            return _clock(condition, facts.last_contact_at, span, at, "contact_too_recent")
        case "clean_round":
            return _clean_round(condition, facts, span, at)
        case _:
            count = facts.other_zones_open
            return LiftAnswer(condition, count == 0, "zones_still_open" if count else "holds")


def _clock(
    condition: LiftCondition, since: datetime, span: timedelta, at: datetime, reason: str
) -> LiftAnswer:
    earliest = since + span
    if at >= earliest:
        return LiftAnswer(condition, True, "holds")
    return LiftAnswer(condition, False, reason, earliest)


def _clean_round(
    condition: LiftCondition, facts: LiftFacts, span: timedelta, at: datetime
) -> LiftAnswer:
    if facts.last_round_at is None:
        return LiftAnswer(condition, False, "no_full_round")
    if not facts.last_round_clean:
        return LiftAnswer(condition, False, "round_not_clean")
    fresh = at - span <= facts.last_round_at <= at
    return LiftAnswer(condition, fresh, "holds" if fresh else "round_too_old")
