"""A group split into teams at the desk: proposed, pinned and paired, searched again."""

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from django.conf import settings

from muster import policies
from muster.apps.audit.actions import current_actor, write_line
from muster.apps.calls.queries.groups import people_signed_up
from muster.apps.people.queries.access import require
from muster.apps.people.queries.bodies import teams_of
from muster.apps.people.queries.organisations import names_of
from muster.apps.rosters.errors import (
    GroupTooLarge,
    SplitAccepted,
    SplitNotFound,
    SplitRefused,
)
from muster.apps.rosters.models import TeamEdit, TeamPair, TeamSeat, TeamSplit
from muster.apps.rosters.queries.teams import (
    SplitView,
    contradictions_of,
    faces_of,
    group_of,
    view_of,
)
from muster.kernel import clock
from muster.planner.teams.errors import BadGroup
from muster.planner.teams.group import Group
from muster.planner.teams.splitting import Split, split
from muster.protocols.access import Verb

type CodeRange = tuple[int, int]


def propose_teams(
    *, area: int, places: CodeRange | None, unit: int | None, teams: int,
    also: Collection[UUID] = (),
) -> TeamSplit:  # fmt: skip
    """Split who signed up into `teams` teams (0: as many as the policy says). Who is in a team at
    work is left out, unless named in `also`.

    area: 12-digit code the teams belong to; places, unit: see `people_signed_up`. Raises
    `NotAllowed`, `GroupTooLarge`, `SplitRefused`.
    """
    require(Verb.FORM_TEAMS, place=area, unit=unit)
    group = people_signed_up(places, unit)
    taken = set(teams_of(group)) - set(also)
    faces = faces_of([person for person in group if person not in taken])
    rules = policies.load(settings.MUSTER_POLICY).teams
    wanted = teams or max(1, round(len(faces) / rules.team_people))
    if len(faces) > rules.most_people or wanted > rules.most_teams:
        raise GroupTooLarge(
            people=len(faces), teams=wanted,
            most_people=rules.most_people, most_teams=rules.most_teams,
        )  # fmt: skip
    if len(faces) < max(1, wanted):
        raise SplitRefused(reason="too_few", against=())
    found = _searched(group_of(faces, wanted))
    made = TeamSplit.objects.create(
        area=area, unit=unit, teams=wanted, bound=found.bound, made_at=clock.now(),
        title=names_of({unit}).get(unit, "") if unit else "", made_by=current_actor().name,
    )  # fmt: skip
    TeamSeat.objects.bulk_create(
        [
            TeamSeat(split=made, person_id=face.id, team=found.team[i], leads=i in found.leader)
            for i, face in enumerate(faces)
        ],
        batch_size=1000,
    )
    write_line(action="teams_proposed", area=area, subject=made.id, people=len(faces), teams=wanted)
    return made


def _searched(group: Group) -> Split:
    try:
        return split(group, policies.load(settings.MUSTER_POLICY).teams.seconds)
    except BadGroup as error:
        raise SplitRefused(reason="no_teams", against=()) from error


def split_again(*, split: UUID) -> TeamSplit:
    """Search once more; who is pinned stays, pairs are kept, a pinned leader leads on.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`, `SplitRefused`.
    """
    view = locked(split)
    found = _searched(view.group)
    leader = list(found.leader)
    for at, seat in enumerate(view.seats):
        if seat.leads and seat.pinned:
            leader[seat.team] = at
    changes = {
        at: (found.team[at], at in leader, seat.pinned) for at, seat in enumerate(view.seats)
    }
    changed = put(view, changes)
    TeamSplit.objects.filter(id=split).update(bound=found.bound)
    write_line(action="teams_split_again", area=view.split.area, subject=split, moved=changed)
    return view.split


def pair_people(*, split: UUID, one: UUID, other: UUID, apart: bool) -> TeamPair:
    """Two of the group must stay together, or apart, from the next search and in changes by hand.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`, `SplitRefused` with each contradiction.
    """
    view = locked(split)
    if one == other or not {one, other} <= {face.id for face in view.faces}:
        raise SplitRefused(reason="no_pair", against=())
    made = TeamPair.objects.create(split=view.split, one_id=one, other_id=other, apart=apart)
    keep_free(view.split)
    _remember(made, made=True)
    write_line(action="teams_paired", area=view.split.area, subject=split, apart=apart)
    return made


def keep_free(split: TeamSplit) -> None:
    """Raises `SplitRefused` with every contradiction of its pairs and pins as they stand now."""
    against = tuple(contradictions_of(split))
    if against:
        raise SplitRefused(reason=", ".join(each.kind for each in against), against=against)


def unpair_people(*, pair: UUID) -> TeamSplit:
    """Let two people go their ways again. Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`."""
    found = TeamPair.objects.select_related("split").filter(id=pair).first()
    if found is None:
        raise SplitNotFound
    view = locked(found.split_id)
    _remember(found, made=False)
    found.delete()
    write_line(action="teams_unpaired", area=view.split.area, subject=view.split.id)
    return view.split


def _remember(pair: TeamPair, *, made: bool) -> None:
    said = {"id": str(pair.id), "one": str(pair.one_id), "other": str(pair.other_id),
            "apart": pair.apart, "made": made}  # fmt: skip
    TeamEdit.objects.create(split_id=pair.split_id, before={"pair": said}, done_at=clock.now())


def locked(split: UUID) -> SplitView:
    """A draft that nobody else changes meanwhile. Raises `SplitNotFound`, `NotAllowed`,
    `SplitAccepted`."""
    found = TeamSplit.objects.select_for_update().filter(id=split).first()
    if found is None:
        raise SplitNotFound
    require(Verb.FORM_TEAMS, place=found.area, unit=found.unit)
    if found.state == TeamSplit.State.ACCEPTED:
        raise SplitAccepted(reason="")
    return view_of(found)


def put(view: SplitView, changes: Mapping[int, tuple[int, bool, bool]]) -> int:
    """Give seats, by position, another team, lead and pin; remember what they had. How many.

    Raises `SplitRefused` when pins then contradict the pairs."""
    before, touched = {}, []
    for at, (team, leads, pinned) in changes.items():
        seat = view.seats[at]
        if (seat.team, seat.leads, seat.pinned) != (team, leads, pinned):
            before[str(seat.id)] = [seat.team, seat.leads, seat.pinned]
            seat.team, seat.leads, seat.pinned = team, leads, pinned
            touched.append(seat)
    if touched:
        TeamEdit.objects.create(split=view.split, before=before, done_at=clock.now())
        save(touched)
        keep_free(view.split)
    return len(touched)


def save(seats: Sequence[TeamSeat]) -> None:
    """Write seats that have changed."""
    TeamSeat.objects.bulk_update(seats, ["team", "leads", "pinned"], batch_size=500)
