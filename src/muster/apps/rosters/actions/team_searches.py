"""A group split into teams as a job: begun, watched, stopped, begun again. The split is the
result."""

from collections.abc import Collection
from uuid import UUID

from django.conf import settings
from procrastinate.contrib.django import app

from muster import policies
from muster.apps.audit.actions import act_as, as_system, current_actor, write_line
from muster.apps.calls.queries.groups import people_signed_up
from muster.apps.people.queries.access import require
from muster.apps.people.queries.bodies import teams_of
from muster.apps.people.queries.organisations import names_of
from muster.apps.rosters.actions.teams import locked, put, save
from muster.apps.rosters.actions.watching import (
    OPEN,
    concluded,
    refuse_overtaken,
    sender_of,
    watched,
)
from muster.apps.rosters.errors import GroupTooLarge, SplitAccepted, SplitNotFound, SplitRefused
from muster.apps.rosters.models import TeamSearch, TeamSeat, TeamSplit
from muster.apps.rosters.queries.teams import NO_TEAM, faces_of, view_of
from muster.kernel import clock
from muster.planner.teams.splitting import Split, split
from muster.protocols.access import Verb

type CodeRange = tuple[int, int]


def propose_teams(
    *, area: int, places: CodeRange | None, unit: int | None, teams: int,
    also: Collection[UUID] = (), seconds: float | None = None,
) -> TeamSplit:  # fmt: skip
    """A proposal without teams yet, and a job that splits who signed up into `teams` (0: as many as
    the policy says). Who is in a team at work is left out, unless named in `also`.

    area: 12-digit code the teams belong to; places, unit: see `people_signed_up`; seconds: of the
    search, by the policy where nobody says. Raises `NotAllowed`, `GroupTooLarge`, `SplitRefused`.
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
    made = TeamSplit.objects.create(
        area=area, unit=unit, teams=wanted, made_at=clock.now(),
        title=names_of({unit}).get(unit, "") if unit else "", made_by=current_actor().name,
    )  # fmt: skip
    TeamSeat.objects.bulk_create(
        [TeamSeat(split=made, person_id=face.id, team=NO_TEAM) for face in faces], batch_size=1000
    )
    write_line(action="teams_proposed", area=area, subject=made.id, people=len(faces), teams=wanted)
    _begin(made, seconds)
    return made


def split_again(*, split: UUID, seconds: float | None = None) -> TeamSearch:
    """Search once more; who is pinned stays, pairs are kept, a pinned leader leads on.

    Raises `SplitNotFound`, `NotAllowed`, `SplitAccepted`, `SearchUnderWay`.
    """
    view = locked(split)
    write_line(action="teams_split_again", area=view.split.area, subject=split)
    return _begin(view.split, seconds)


def stop_team_search(*, split: UUID) -> None:
    """End the search soon; the best teams so far are kept. Raises `SplitNotFound`, `NotAllowed`."""
    found = TeamSplit.objects.filter(id=split).first()
    if found is None:
        raise SplitNotFound
    require(Verb.FORM_TEAMS, place=found.area, unit=found.unit)
    searches = TeamSearch.objects.filter(split=found, state__in=OPEN)
    if searches.update(state=TeamSearch.State.STOPPING):
        write_line(action="team_search_stopped", area=found.area, subject=split)


def _begin(split: TeamSplit, seconds: float | None) -> TeamSearch:
    now = clock.now()
    search = TeamSearch.objects.create(
        split=split, area=split.area, account=current_actor().account, created_at=now, told_at=now,
        seconds=seconds or policies.load(settings.MUSTER_POLICY).teams.seconds,
    )  # fmt: skip
    app.configure_task("rosters.teams", queue="planning").defer(search_id=str(search.id))
    return search


def run_team_search(*, search: UUID) -> str:
    """The job: search, say how far it is, write the best teams down; the state it ends in."""
    with as_system("search"):
        rows = TeamSearch.objects.filter(id=search, state__in=OPEN).select_related("split")
        found = rows.first()
        if found is None:
            return "gone"
        group = view_of(found.split).group
        sender = sender_of(found)

    def work() -> None:
        best = watched(found, lambda watch: split(group, found.seconds, watch))
        with act_as(sender):
            _finish(found, best)

    return concluded(found, work)


def _finish(search: TeamSearch, best: Split) -> None:
    """Put everybody into his team; after the first search there is nothing to take back."""
    require(Verb.FORM_TEAMS, place=search.area, unit=search.split.unit)
    found = TeamSplit.objects.select_for_update().get(id=search.split_id)
    if found.state == TeamSplit.State.ACCEPTED:
        raise SplitAccepted(reason="")
    refuse_overtaken(search)
    with as_system("search"):
        view = view_of(found)
        leader = list(best.leader)
        for at, seat in enumerate(view.seats):
            if seat.leads and seat.pinned:
                leader[seat.team] = at
        seats = enumerate(view.seats)
        changes = {at: (best.team[at], at in leader, seat.pinned) for at, seat in seats}
        if view.pending:
            for at, (team, leads, _) in changes.items():
                view.seats[at].team, view.seats[at].leads = team, leads
            save(view.seats)
            moved = len(changes)
        else:
            moved = put(view, changes)
        TeamSplit.objects.filter(id=found.id).update(bound=best.bound)
        TeamSearch.objects.filter(id=search.id).update(
            state=TeamSearch.State.DONE, cost=best.cost, bound=best.bound, told_at=clock.now()
        )
    write_line(action="teams_found", area=found.area, subject=found.id, moved=moved)
