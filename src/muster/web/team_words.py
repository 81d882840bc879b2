"""A split in the words of the people who read it: columns, reasons, rules, contradictions."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from muster.apps.people.queries.organisations import names_of
from muster.apps.rosters.queries.teams import Face, SplitView
from muster.planner.teams.pairs import Contradiction, Kind
from muster.planner.teams.proposing import Why
from muster.planner.teams.reasons import Because, Reason, reasons
from muster.planner.teams.rules import Breach, Rule
from muster.planner.teams.splitting import lacking

if TYPE_CHECKING:
    from muster.apps.rosters.models import TeamSeat

type Words = Mapping[str, str | Promise]

BECAUSE: Words = {
    Because.PINNED: _("pinned"),
    Because.LEADS: _("leads the team"),
    Because.NEAREST: _("the nearest team, {number:.1f} km"),
    Because.NOT_NEAREST: _("{number:.1f} km, not the nearest team"),
    Because.UNIT: _("with {number:.0f} colleagues of {names}"),
    Because.BRINGS: _("brings {names}"),
    Because.TOGETHER: _("stays with {names}"),
    Because.APART: _("apart from {names}"),
}
RULES: Words = {
    Rule.SIZES: _("teams differ by one person at most"),
    Rule.LEADER_ELSEWHERE: _("{who} leads a team: name another leader first"),
    Rule.MAY_NOT_LEAD: _("{who} may not lead"),
    Rule.PINNED: _("{who} is pinned in team {team}"),
    Rule.TOGETHER: _("{who} must stay together"),
    Rule.APART: _("{who} must stay apart"),
}
KINDS: Words = {
    Kind.HIMSELF: _("{who}: choose two people"),
    Kind.STRANGER: _("{who} is not in the group"),
    Kind.TOGETHER_AND_APART: _("{who} must stay apart, but must stay together: {chain}"),
    Kind.PINNED_SAME: _("{who} must stay apart, but both are pinned in team {teams}"),
    Kind.DRAWN_SAME: _("{who} must stay apart, but pins draw both to team {teams}"),
    Kind.PINNED_APART: _("{who} must stay together, but are pinned in teams {teams}"),
    Kind.TOO_MANY: _("{who} must stay together: more than the {most} that a team has"),
}
REFUSED: Words = {
    "too_few": _("Fewer people have signed up than teams are wanted."),
    "no_teams": _("No teams of equal size keep the pins and pairs. Let one go."),
    "no_pair": _("Choose two people of this group."),
}
WHY: Words = {
    Why.LEADS: _("leads a team of the branch"),
    Why.MAY_LEAD: _("no leader of the branch is a party member; may lead"),
    Why.MEMBER: _("no party member of the branch may lead; the first by name"),
}
SKILLS: Words = {
    "medical": _("Medical training"),
    "phone_skill": _("Quick with a phone"),
    "driver": _("Can drive"),
    "stamina": _("Good stamina"),
    "english": _("Speaks English"),
    "psychology": _("Psychology"),
    "loudspeaker": _("Has a loudspeaker"),
}
NAMES: Words = {
    "team": _("Team {n}"),
    "temporary_branch": _("Temporary branch of team {n}"),
    "vanguard_post": _("Vanguard post of team {n}"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in a column, with why he is there and what he does for the branch."""

    face: Face
    seat: TeamSeat
    unit: str
    why: str
    duty: str


@dataclass(frozen=True, slots=True)
class Column:
    """A team. `branch`: what it is to the branch; `lacks`: skills."""

    number: int
    lines: tuple[Line, ...]
    branch: str
    lacks: tuple[tuple[str, int], ...]
    party: int


def columns_of(view: SplitView) -> list[Column]:
    """The teams from left to right, in each the leader first."""
    names = {str(face.id): face.name for face in view.faces}
    units = names_of({face.unit for face in view.faces if face.unit})
    names |= {str(code): name for code, name in units.items()}
    duties, branches = _duties(view), _branches(view)
    short = list(lacking(view.group, view.found.team))
    lines = [
        Line(
            face,
            seat,
            units.get(face.unit or 0, ""),
            _why(why, names, known=face.id in view.located),
            duties.get(i, ""),
        )
        for i, (face, seat, why) in enumerate(
            zip(view.faces, view.seats, reasons(view.group, view.found), strict=True)
        )
    ]
    return [
        Column(
            k + 1,
            tuple(sorted((x for x in lines if x.seat.team == k), key=lambda x: not x.seat.leads)),
            branches[k],
            tuple((skill_name(skill), many) for name, skill, many in short if name == str(k)),
            sum(x.face.party for x in lines if x.seat.team == k),
        )
        for k in range(view.split.teams)
    ]


WAYS = (Because.NEAREST, Because.NOT_NEAREST)


def _why(found: Sequence[Reason], names: Mapping[str, str], *, known: bool) -> str:
    """The reasons of one person, keys of people and bodies by name; nothing about the way of
    somebody whose home is not `known`."""
    parts = [
        str(BECAUSE[each.because]).format(
            number=each.number,
            names=gettext(", ").join(skill_name(names.get(n, n)) for n in each.names),
        )
        if known or each.because not in WAYS
        else gettext("home not on the map")
        for each in found
    ]
    return gettext("; ").join(parts)


def skill_name(key: str) -> str:
    """A skill by its key; what has no words is said as it was written."""
    return str(SKILLS.get(key, key))


def _duties(view: SplitView) -> dict[int, str]:
    """By position: who is secretary, and why; who stands at a vanguard post."""
    found = {
        branch.secretary: gettext("secretary of the branch: {why}").format(why=WHY[branch.why])
        for branch in view.proposal.branches
    }
    for post in view.proposal.posts:
        for i in post.members:
            said = gettext("at the vanguard post")
            found[i] = gettext("; ").join([found[i], said]) if i in found else said
    return found


def _branches(view: SplitView) -> dict[int, str]:
    """By team: has a branch of its own, joins one, or has none."""
    found = dict.fromkeys(view.proposal.alone, gettext("no branch: too few party members"))
    for branch in view.proposal.branches:
        for k in branch.teams:
            own = gettext("temporary branch, {n} party members")
            joins = gettext("joins the branch of team {team}")
            text = own if k == branch.teams[0] else joins
            found[k] = text.format(n=len(branch.members), team=branch.teams[0] + 1)
    return found


def breach_said(view: SplitView, breach: Breach) -> str:
    """A broken rule."""
    who = gettext(" and ").join(view.faces[i].name for i in breach.members)
    return str(RULES[breach.rule]).format(who=who, team=breach.team + 1)


def contradiction_said(faces: Sequence[Face], found: Contradiction) -> str:
    """Why pairs and pins cannot all be kept."""
    names = {str(face.id): face.name for face in faces}
    teams = gettext(", ").join(str(int(k) + 1) for k in found.by if k.isdigit())
    return str(KINDS[found.kind]).format(
        who=gettext(", ").join(names.get(k, k) for k in found.who),
        chain=" – ".join(names.get(k, k) for k in found.by),
        teams=teams,
        most=found.most,
    )
